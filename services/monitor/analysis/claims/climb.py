"""The head of an instrument in a parsed sentence in; what is done to it and under which conditions out.

The climb walks from the instrument towards the root of the tree. Nouns and verbs on the way are operators
("a pause", "lifted"), carriers ("a package of", "the decision to"), or moods ("may", "called for", "if").
"""

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from services.monitor.lexicon.acts import Acts
from services.monitor.lexicon.measures import Measures
from services.monitor.lexicon.sayings import Said


@dataclass(slots=True)
class Op:
    """One thing done on the way up. kind: verb, noun, realise, invert, hurdle, ceiling, law, predicate."""

    token: Token
    action: str
    polarity: int
    kind: str
    rest: tuple[str, ...] = ()


@dataclass(slots=True)
class Gate:
    """One word about factuality. factor 0: the claim falls."""

    name: str
    factor: float
    word: str = ""


@dataclass(slots=True)
class Path:
    """What one climb saw, from the instrument outwards."""

    head: Token
    ops: list[Op] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    verbs: list[Token] = field(default_factory=list)
    nouns: list[Token] = field(default_factory=list)
    carriers: list[Token] = field(default_factory=list)
    sayers: list[Token] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    def fall(self, name: str, word: Token | str) -> None:
        """Close the claim: a gate with factor 0."""
        self.gates.append(Gate(name, 0.0, word if isinstance(word, str) else word.text))

    def weaken(self, name: str, factor: float, word: Token | str = "") -> None:
        """Lower the confidence, once per gate."""
        if all(gate.name != name for gate in self.gates):
            self.gates.append(Gate(name, factor, word if isinstance(word, str) else word.text))

    @property
    def fallen(self) -> bool:
        """Some gate closed."""
        return any(gate.factor == 0 for gate in self.gates)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the climb needs to know beside the tree."""

    acts: Acts
    slug: str
    kind: str
    scope: str
    hit_kind: str
    span: tuple[int, int]
    headline: bool
    opens: bool
    day: date
    depth: int
    measures: Measures
    heads: frozenset[int] = frozenset()
    carried: tuple[int, str, int] | None = None
    recalled: tuple[str, int] | None = None
    said: Said | None = None

    def spoken(self, token: Token) -> bool:
        """The token is a word of the saying that is being read: it is part of what is said, no gate to it."""
        return self.said is not None and self.said.hit.start <= token.idx < self.said.hit.end

    @property
    def ruled(self) -> bool:
        """The subject of the saying is not who decides."""
        return self.said is not None and self.said.saying.ruled
