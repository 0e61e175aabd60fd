"""Articles in; on the terminal, every verdict on each of them: the fastest way to see why newsmon said what it said."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from schemas import Article, Claim, EnrichedReport, PolicyShiftAlert, Report
from services.monitor.analysis.final import final
from services.monitor.analysis.intake.account import account
from services.monitor.offline import Offline
from services.monitor.tools import load_tools
from services.terminal import visible


def explain(articles: Iterable[Article], console: Console) -> None:
    """Print the way of each article through the four agents, then the alerts that stand at the end."""
    run = Offline(load_tools())
    for article in articles:
        before = len(run.enriched.messages)
        decisions = run.decide(article)
        run.feed([article])
        _heading(console, f"{article.source}: {article.title or article.url or article.id}", article)
        for line in account(decisions):
            _line(console, "intake", line)
        for report in run.enriched.messages[before:]:
            _report(console, report, run)
    _heading(console, "alerts that stand", None)
    for alert in final(run.alerts.messages):
        _alert(console, alert)


def _report(console: Console, report: EnrichedReport, run: Offline) -> None:
    _line(console, "report", f"{report.id} {_kind(report)}, origin {report.origin}, {len(report.text)} characters")
    for topic in report.topics:
        _line(console, "topic", f"{topic.code} {topic.name} {topic.score:.2f} ({', '.join(topic.terms[:5])})")
    names = sorted(report.entities, key=lambda entity: -len(entity.mentions))[:12]
    _line(console, "entities", ", ".join(f"{e.name} [{e.id}] ×{len(e.mentions)}" for e in names))
    for verdict in run.tools.reader.read(report).verdicts:
        _line(console, "sentence" if verdict.kept else "dropped", str(verdict))
    for claim in report.claims:
        _line(console, "claim", _claim(claim))


def _kind(report: Report) -> str:
    return f"{report.kind} of {report.copy_of}" if report.copy_of else report.kind


def _claim(claim: Claim) -> str:
    target = claim.target.id if claim.target else "-"
    how = f"{claim.action} ({claim.polarity:+d}), {claim.stage}, {claim.confidence:.2f}: {', '.join(claim.reasons)}"
    return f"{claim.actor.id} → {target} · {claim.instrument}: {how}\n{'':13}“{claim.quote}”"


def _alert(console: Console, alert: PolicyShiftAlert) -> None:
    reasons = ", ".join(alert.reasons)
    _line(console, alert.transition, f"{alert.headline} [{alert.certainty}, {alert.confidence:.2f}: {reasons}]")
    for evidence in alert.evidence:
        _line(console, "", f"“{evidence.quote}” {evidence.source}, {evidence.published_at:%Y-%m-%d}, {evidence.rule}")


def _heading(console: Console, words: str, article: Article | None) -> None:
    when = f" ({article.published_at:%Y-%m-%d %H:%M}Z)" if article else ""
    console.print(Text(f"\n{visible(words)}{when}", "bold"))


def _line(console: Console, what: str, said: str) -> None:
    """Text from outside is never read as markup, nor obeyed by the terminal."""
    console.print(Text.assemble((f"  {what:10} ", "cyan"), visible(said)), soft_wrap=True)
