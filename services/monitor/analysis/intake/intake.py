"""One article and the memory of what was seen in; clean, single, English reports and what to remember out."""

from schemas import Article, Report
from services.monitor.analysis.intake import copies
from services.monitor.analysis.intake.fingerprints import fingerprint
from services.monitor.analysis.intake.language import language
from services.monitor.analysis.intake.memory import CopyMemory, Row, text_row
from services.monitor.analysis.intake.origins import Origin, Origins
from services.monitor.analysis.intake.parts import Divided, Divider, Part
from services.monitor.analysis.intake.taken import Decision, Desk, Taken
from services.monitor.analysis.intake.versions import (
    Numbered,
    When,
    article_row,
    canceled_row,
    digest,
    event_second,
    number,
    standing,
)
from services.monitor.lexicon.boilerplate import Boilerplate
from services.monitor.lexicon.languages import Identify
from services.monitor.lexicon.publishers import Publishers


class Intake:
    """The whole of deduplication as one pure decision. Deterministic: same article, same memory, same result."""

    def __init__(self, boilerplate: Boilerplate, publishers: Publishers, identify: Identify) -> None:
        self._divider = Divider(boilerplate)
        self._origins = Origins(publishers)
        self._identify = identify
        self._stopwords = boilerplate.stopwords

    def take(self, article: Article, memory: CopyMemory) -> Taken:
        """Never changes the memory. Taken again before `apply`: the same; after it: outcome repeat, nothing to send."""
        if article.status == "withheld":
            return Taken("withheld")
        known = memory.row(f"a:{article.id}")
        if article.status == "canceled":
            return self._cancel(article, known, memory)
        divided = self._divider.divide(article)
        if not divided.parts:
            return Taken("empty", divided=divided)
        return self._read(article, divided, known, memory)

    def _read(self, article: Article, divided: Divided, known: Row | None, memory: CopyMemory) -> Taken:
        digests = [digest(part.title, part.text) for part in divided.parts]
        whole, at = digest(*digests), event_second(article)
        publisher = self._origins.publisher(article.source, article.url)
        where = standing(known, whole, at)
        if where in ("repeat", "outdated") or (where == "new" and memory.same_text(publisher, whole)):
            return Taken("outdated" if where == "outdated" else "repeat", divided=divided)
        when = When(at, memory.stamp(at))
        desk = Desk(article, publisher, known["v"] + 1 if known else 1, number(known, digests), when)
        for part, part_digest, n in zip(divided.parts, digests, desk.numbered.numbers, strict=True):
            desk.add(n, part_digest, *self._decide(part, n, desk, memory))
        row = article_row(known, when, publisher, whole, desk.parts)
        return desk.taken(divided, {f"a:{article.id}": row}, memory)

    def _decide(self, part: Part, n: int, desk: Desk, memory: CopyMemory) -> tuple[Decision, Report | None, Row | None]:
        if n in desk.numbered.same:
            return Decision(n, "en", dropped="unchanged-part"), None, memory.row(desk.key(n))
        spoken = language(part.text, desk.article.language, self._identify, self._stopwords)
        if spoken != "en":
            return Decision(n, spoken, dropped="not-english-part"), None, None
        seen = fingerprint(part.text)
        if seen.digest in desk.digests:
            return Decision(n, spoken, dropped="repeated-part"), None, None
        desk.digests.add(seen.digest)
        verdict = copies.judge(seen, memory, desk.article.id)
        own = self._origins.find(desk.publisher, desk.article.credit, list(part.told))
        origin = Origin(verdict.origin, "group") if verdict.origin else own
        report = desk.report(part, n, verdict, origin.id)
        row = (
            text_row(seen, e=desk.when.stamp, g=verdict.group or report.id, o=origin.id)
            if verdict.kind != "copy"
            else None
        )
        return Decision(n, spoken, origin, verdict), report, row

    def _cancel(self, article: Article, known: Row | None, memory: CopyMemory) -> Taken:
        at = event_second(article)
        if known and known["c"] is not None and at <= known["c"]:
            return Taken("repeat")
        when = When(at, memory.stamp(at))
        publisher = self._origins.publisher(article.source, article.url)
        row = canceled_row(known, when, publisher)
        gone = Numbered((), frozenset(), tuple(int(n) for n in known["n"]) if known else ())
        desk = Desk(article, publisher, row["v"], gone, when)
        return Taken("canceled", desk.canceled(), writes={f"a:{article.id}": row})
