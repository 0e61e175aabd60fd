"""Knowledge as data, with origin and licence. `load()` reads it once, validated and frozen."""

from dataclasses import dataclass

from services.monitor.lexicon.actors import Actors, load_actors
from services.monitor.lexicon.boilerplate import Boilerplate, load_boilerplate
from services.monitor.lexicon.languages import Identify, load_identifier
from services.monitor.lexicon.ledger import LedgerRules, load_ledger
from services.monitor.lexicon.policy import Policy, load_policy
from services.monitor.lexicon.publishers import Publishers, load_publishers
from services.monitor.lexicon.topics import TopicLexicon, load_topics


@dataclass(frozen=True)
class Lexicon:
    """Everything newsmon knows before it reads."""

    actors: Actors
    policy: Policy
    ledger: LedgerRules
    boilerplate: Boilerplate
    publishers: Publishers
    topics: TopicLexicon
    identify: Identify


def load() -> Lexicon:
    """Read and check every list. Raises pydantic.ValidationError naming the entry that is wrong."""
    return Lexicon(
        actors=load_actors(),
        policy=load_policy(),
        ledger=load_ledger(),
        boilerplate=load_boilerplate(),
        publishers=load_publishers(),
        topics=load_topics(),
        identify=load_identifier(),
    )
