"""A report in; who has been named before a sentence, so that pronouns and "the government" can be resolved, out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Party
from services.monitor.analysis.actors.gazetteer import ActorMention, OpenMention
from services.monitor.analysis.claims.named import Named, named
from services.monitor.analysis.claims.sentences import Sentence

_ACTING = frozenset(
    {"state", "capital", "organisation", "government", "seat", "ministry", "legislature", "office", "person"}
)
_BODIES = _ACTING - {"person"}
_WINDOW = 4
_HELD = frozenset({"government", "ministry", "legislature", "office", "seat"})
_LEDE = 3
_FAR = 40


@dataclass(frozen=True, slots=True)
class Guess:
    """A party taken from context; `strong`: nobody else was near."""

    mention: ActorMention
    strong: bool


class Context:
    """The named actors of one report, sentence by sentence; the title stands before the first."""

    def __init__(self, title: str, rows: Sequence[Named], title_mentions: tuple[ActorMention, ...]) -> None:
        self._rows = rows
        self._title = title_mentions
        self.title = title
        self._leaders = _leaders(rows)
        self._counts = Counter(m.party.id for row in rows for m in row.mentions if m.role != "person")
        self._counts.update({m.party.id: 3 for m in title_mentions if m.role != "person"})
        self._parties = {m.party.id: m.party for ms in (title_mentions, *(row.mentions for row in rows[::-1]))
                         for m in ms[::-1]}  # fmt: skip

    def row(self, index: int) -> Named:
        """What the sentence of this number names."""
        return self._rows[index]

    def rows(self, most: int) -> Sequence[Named]:
        """What the first sentences name."""
        return self._rows[:most]

    def headline(self, opens: Sequence[OpenMention]) -> "Context":
        """The title as a report of its own."""
        whole = Sentence(0, len(self.title), self.title, line=True)
        return Context("", [named(whole, self._title, opens, first=True)], ())

    def before(self, index: int) -> list[tuple[ActorMention, ...]]:
        """Official mentions of the sentences before, nearest first, the title last."""
        near = [self._rows[i].mentions for i in range(index - 1, max(-1, index - 1 - _WINDOW), -1)]
        return [tuple(m for m in row if acting(m)) for row in (*near, self._title)]

    def around(self, index: int) -> list[tuple[ActorMention, ...]]:
        """All mentions of the sentences before, nearest first, the title last."""
        return [*(self._rows[i].mentions for i in range(index - 1, max(-1, index - 1 - _WINDOW), -1)), self._title]

    def person(self, index: int) -> Guess | None:
        """Who "he" or "she" is, going back sentence by sentence; None if a stranger was named last."""
        for back, i in enumerate(range(index - 1, max(-1, index - 1 - _WINDOW), -1)):
            row = self._rows[i]
            people = [m for m in row.mentions if m.role in {"person", "office", "opposition"}]
            if people and not acting(people[0]):
                return None
            if people:
                alone = len({m.party.id for m in people}) == 1 and not row.stranger
                return Guess(people[0], strong=back <= 1 and alone)
            if row.stranger:
                return None
        people = [m for m in self._title if m.role == "person"]
        return Guess(people[0], strong=False) if people else None

    def body(self, index: int, *, office: str = "", collective: bool = False) -> Guess | None:
        """Who "it", "the government" or "the defence secretary" is."""
        rows = self.before(index)
        if office:
            for row in rows:
                for mention in row:
                    if mention.speaker is not None and mention.speaker.office == office:
                        return Guess(mention, strong=True)
        near = next((row for row in rows[:2] if row), ())
        if collective and near:
            return Guess(near[0], strong=len({m.party.id for m in near}) == 1)
        return self._leading(rows) or self._leaders[index]

    def _leading(self, rows: Sequence[tuple[ActorMention, ...]]) -> Guess | None:
        """The party named most, the nearest sentences and the title counting more."""
        votes: Counter[str] = Counter()
        best: dict[str, ActorMention] = {}
        for place, row in enumerate(rows):
            weight = {0: 4, 1: 2}.get(place, 1) if place < len(rows) - 1 else 3
            for order, mention in enumerate(row):
                votes[mention.party.id] += weight + (2 if order == 0 else 0)
                best.setdefault(mention.party.id, mention)
        if not votes:
            return None
        ranked = votes.most_common(2)
        strong = len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]
        return Guess(best[ranked[0][0]], strong)

    def introduced(self, name: str) -> bool:
        """Some sentence gives the name an office: "Foreign secretary Ann Example", later "Example"."""
        return any(
            name in (called or "").split()
            for row in self._rows
            for called in (
                *(m.name for m in row.opens if m.official),
                *(m.speaker.name for m in row.mentions if m.speaker and acting(m)),
            )
        )

    def namesake(self, index: int, word: str) -> ActorMention | None:
        """The last one called so: "the Trump administration" before "the administration"."""
        for row in self._rows[max(0, index - _FAR) : index][::-1]:
            for mention in row.mentions[::-1]:
                if acting(mention) and mention.role in _HELD and mention.text.lower().endswith(word):
                    return mention
        return next((m for m in self._title if acting(m) and m.role in _HELD and m.text.lower().endswith(word)), None)

    def leads(self, key: str, index: int) -> bool:
        """The title or the first sentences of this item name the party."""
        first = index - self._rows[index].depth
        rows = (self._title, *(row.mentions for row in self._rows[first : first + _LEDE]))
        return any(m.party.id == key for mentions in rows for m in mentions)

    def party(self, key: str) -> Party | None:
        """The party of an id that the report names."""
        return self._parties.get(key)

    def parties(self) -> Counter[str]:
        """How often each party is named in the report, the title three times; its politicians do not count."""
        return self._counts.copy()


def _leaders(rows: Sequence[Named]) -> list[Guess | None]:
    """For each sentence the party named most before it, the first named among equals; strong with two thirds."""
    counts: dict[str, int] = {}
    firsts: dict[str, tuple[int, ActorMention]] = {}
    found: list[Guess | None] = []
    best, total = "", 0
    for row in rows:
        found.append(Guess(firsts[best][1], strong=counts[best] * 3 >= total * 2) if best else None)
        for mention in (m for m in row.mentions if acting(m)):
            key, total = mention.party.id, total + 1
            counts[key] = counts.get(key, 0) + 1
            firsts.setdefault(key, (-len(firsts), mention))
            if not best or (counts[key], firsts[key][0]) > (counts[best], firsts[best][0]):
                best = key
    return found


def acting(mention: ActorMention) -> bool:
    """May commit its party. A government named after a former head is still the government."""
    return (mention.official and mention.role in _ACTING) or mention.role == "government"
