"""Settings in, the loaded knowledge and models out: what the agents think with. Loaded once, on request."""

from dataclasses import dataclass

from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.reader import Reader
from services.monitor.analysis.intake.intake import Intake
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.topics.model import TopicModel
from services.monitor.analysis.understanding import NameSpans, Understanding
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon import load
from services.monitor.names import load_names


@dataclass(frozen=True)
class Tools:
    """One of each; safe to share between agents of one process."""

    intake: Intake
    topics: TopicModel
    reader: Reader
    understanding: Understanding
    knowledge: Knowledge


def load_tools(*, named_entities: bool = True) -> Tools:
    """Read the lexicon and the language model (about a second)."""
    lexicon = load()
    gazetteer = Gazetteer(lexicon.actors)
    reader = Reader(load_reader_nlp(), gazetteer, lexicon.policy)
    names: NameSpans | None = load_names() if named_entities else None
    return Tools(
        intake=Intake(lexicon.boilerplate, lexicon.publishers, lexicon.identify),
        topics=TopicModel(lexicon.topics),
        reader=reader,
        understanding=Understanding(reader, gazetteer, names),
        knowledge=Knowledge(lexicon.policy, lexicon.ledger),
    )
