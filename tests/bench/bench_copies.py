"""Articles in, articles a second out: newsmon's copy memory beside datasketch and rensa, alternating.

`python -m tests.bench.bench_copies [articles] [--write-docs]`. Texts are made up, about 400 words each, every second
one
an edited copy. Each contender looks a text up and then remembers it; CPU time of this process, median of three rounds.
"""

import random
import statistics
import sys
import time

from services.monitor.analysis.intake.copies import judge
from services.monitor.analysis.intake.fingerprints import fingerprint
from services.monitor.analysis.intake.memory import CopyMemory, text_row
from tests.bench.results import publish

ROUNDS = 3


def texts(count):
    rng = random.Random(1)
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(8_000)]
    made = []
    for n in range(count):
        if n % 2:
            made.append(" ".join(rng.choice(words) if rng.random() < 0.05 else word for word in made[-1].split(" ")))
        else:
            made.append(" ".join(rng.choices(words, k=rng.randint(300, 500))))
    return made


def newsmon(articles):
    memory, found = CopyMemory({}), 0
    for n, text in enumerate(articles):
        seen = fingerprint(text)
        verdict = judge(seen, memory, f"a{n}")
        found += verdict.kind != "original"
        if verdict.kind != "copy":
            memory.apply({f"r:a{n}.1": text_row(seen, e=n, g=f"a{n}.1", o="o")})
    return found


def shingles(text):
    words = text.lower().split()
    return [" ".join(words[n : n + 4]) for n in range(len(words) - 3)]


def datasketch(articles):
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=0.5, num_perm=128), 0
    for n, text in enumerate(articles):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        found += bool(index.query(sketch))
        index.insert(n, sketch)
    return found


def rensa(articles):
    from rensa import RMinHash, RMinHashLSH

    index, found = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), 0
    for n, text in enumerate(articles):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(shingles(text))
        found += bool(index.query(sketch))
        index.insert(n, sketch)
    return found


def installed(contender):
    try:
        contender([])
    except ImportError:
        print(f"{contender.__name__}: not installed, skipped")
        return False
    return True


def main():
    articles = texts(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
    contenders = [contender for contender in (newsmon, datasketch, rensa) if installed(contender)]
    seconds = {contender: [] for contender in contenders}
    found = {}
    for _ in range(ROUNDS):
        for contender in contenders:
            start = time.process_time()
            found[contender] = contender(articles)
            seconds[contender].append(time.process_time() - start)
    rows = [row(contender, len(articles), seconds[contender], found[contender]) for contender in contenders]
    publish("copies", rows, title=f"{len(articles)} articles, {ROUNDS} rounds", write="--write-docs" in sys.argv)


def row(contender, articles, spent, found):
    rates = sorted(articles / seconds for seconds in spent)
    return {
        "contender": contender.__name__,
        "articles/s of a core": statistics.median(rates),
        "from ... to": f"{rates[0]:,.0f} to {rates[-1]:,.0f}",
        "copies found": found / (articles // 2),
    }


if __name__ == "__main__":
    main()
