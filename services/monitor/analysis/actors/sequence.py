"""Folded text and its hits in; what stands at a hit and how neighbouring hits belong together, out."""

import re
from dataclasses import dataclass

from services.monitor.analysis.actors.aliases import Hit
from services.monitor.analysis.actors.names import NAMING
from services.monitor.analysis.actors.vocabulary import Vocabulary
from services.monitor.lexicon.actors import Title

_OWNED = re.compile(r"'s? |'s?-| ")
_OF = re.compile(r" of (the )?")
_IN = re.compile(r" in (the )?")
_PLACED = {"officials", "government", "parliament", "lawmakers", "central-bank"}
"""Bodies that sit where they govern: "officials in Beijing" are China's, "soldiers in Kabul" need not be Afghan."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """The hits of one text, in order. An index past the end is a place where nothing stands."""

    plain: str
    hits: list[Hit]
    vocabulary: Vocabulary

    def at(self, place: int) -> Hit | None:
        """The hit there."""
        return self.hits[place] if 0 <= place < len(self.hits) else None

    def gap(self, place: int) -> str:
        """What stands between this hit and the next; a newline, which is no gap, when one of them is missing."""
        before, after = self.at(place), self.at(place + 1)
        return self.plain[before.end : after.start] if before and after else "\n"

    def owner(self, place: int) -> str | None:
        """The party that a name stands for."""
        hit = self.at(place)
        entry = hit and hit.get(*NAMING)
        if not entry:
            return None
        if entry.kind == "region":
            return entry.key.partition(" ")[0]
        return self.vocabulary.bodies[entry.key].party if entry.kind == "body" else entry.key

    def region(self, place: int) -> bool:
        """Whether a place of a state stands there, which its government does not."""
        hit = self.at(place)
        entry = hit.get(*NAMING) if hit else None
        return entry is not None and entry.kind == "region"

    def title(self, place: int) -> Title | None:
        """The title there."""
        hit = self.at(place)
        entry = hit and not hit.get("blocked") and hit.get("title")
        return self.vocabulary.titles[entry.key] if entry else None

    def office(self, owner_at: int, title: Title) -> str:
        """The office that a title means: the president or governor of a body is the body's head."""
        hit = self.at(owner_at)
        entry = hit and hit.get("body")
        head = self.vocabulary.bodies[entry.key].head if entry else ""
        return head if head and title.office in {"president", "head-of-body"} else title.office

    def effect(self, place: int) -> str | None:
        """The effect of the prefix there."""
        hit = self.at(place)
        entry = hit and hit.get("prefix")
        return self.vocabulary.prefixes[entry.key].effect if entry else None

    def honorific(self, place: int) -> bool:
        """Whether Mr, Sir or the like stands there, directly before the next hit."""
        return self.effect(place) == "honorific" and self.gap(place) == " "

    def named_after(self, place: int) -> int | None:
        """The hit of a person's name directly after the title here, past an honorific."""
        title = self.title(place)
        if title is None or title.role not in {"office", "opposition"}:
            return None
        named = place + 2 if self.gap(place) == " " and self.honorific(place + 1) else place + 1
        hit = self.at(named)
        return named if hit and self.gap(named - 1) == " " and hit.get("person", "current", "surname") else None

    def title_after(self, place: int) -> int | None:
        """The title that this hit owns: directly after it, or after 's and words such as "new"."""
        if not _OWNED.fullmatch(self.gap(place)):
            return None
        found = place + 1
        while self.effect(found) and self.gap(found) in {" ", ", ", "-", ""}:
            found += 1
        title, owner = self.title(found), self.hits[place]
        bodyless = title is not None and title.needs == "body" and not owner.get("body", "organisation")
        return found if title and not bodyless else None

    def owner_after(self, place: int) -> str | None:
        """The party that a title names after "of", or after "in" for those who sit where they govern."""
        hit, title = self.at(place + 1), self.title(place)
        demonym = hit and hit.get("demonym", "people") and not hit.get("state")
        owner = None if demonym else self.owner(place + 1)
        gap = self.gap(place)
        seated = title is not None and title.office in _PLACED and _IN.fullmatch(gap)
        return owner if _OF.fullmatch(gap) or seated else None

    def effects(self, start: int, end: int) -> set[str]:
        """Effects of the prefixes within hits[start:end] and directly before them."""
        found = {effect for place in range(start, end) if (effect := self.effect(place))}
        place = start - 1
        while (effect := self.effect(place)) and self.gap(place) in {" ", "", "-"}:
            found.add(effect)
            place -= 1
        return found
