"""CPU time a stage takes for texts of growing size: the table, and the picture docs/pictures/growth.svg.

`python -m tests.growth` measures everything (some minutes); tests/unit/test_growth.py asserts that it stays linear.
"""

import gc
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from services.monitor.analysis.actors.entities import entities
from services.monitor.analysis.claims.reader import Reader
from services.monitor.analysis.claims.sentences import sentences
from services.monitor.analysis.intake.copies import judge
from services.monitor.analysis.intake.fingerprints import fingerprint
from services.monitor.analysis.intake.intake import Intake
from services.monitor.analysis.intake.language import language
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.lexicon import load
from services.monitor.tools import Tools, load_tools
from tests.builders import WHEN, a_report, an_article
from tests.hostile import TEXTS

Stage = Callable[[str], object]
KB = 1000


def stages(tools: Tools) -> Mapping[str, Stage]:
    """Everything that looks at a text, by name."""
    lexicon, gazetteer = load(), tools.understanding._gazetteer
    return {
        "intake": lambda text: fresh_intake(tools.intake, text),
        "fingerprint": lambda text: judge(fingerprint(text), CopyMemory({}), "a"),
        "language": lambda text: language(text, None, lexicon.identify, lexicon.boilerplate.stopwords),
        "topics": lambda text: tools.topics.classify("", text),
        "names": lambda text: gazetteer.find(text, WHEN),
        "entities": lambda text: entities(text, gazetteer.find(text, WHEN), spans(text)),
        "sentences": sentences,
        "context": lambda text: tools.reader._context(a_report(text), sentences(text)),
        "claims": lambda text: fresh_reader(tools.reader).read(a_report(text)),
    }


def fresh_intake(intake: Intake, text: str) -> object:
    """With an empty memory."""
    return intake.take(an_article(text), CopyMemory({}))


def fresh_reader(reader: Reader) -> Reader:
    """With nothing memoised."""
    reader._parser._memo.clear()
    return reader


def spans(text: str) -> list[tuple[int, int, str]]:
    """As if the recogniser saw a person or a place every 40 characters."""
    return [(at, at + 12, ("PERSON", "GPE", "ORG")[at % 3]) for at in range(0, len(text) - 12, 40)]


def seconds(stage: Stage, text: str, *, times: int = 1) -> float:
    """CPU seconds of one call, the least of `times`. The collector rests: it walks the whole lexicon when it likes."""
    gc.collect()
    gc.disable()
    try:
        return min(_timed(stage, text) for _ in range(times))
    finally:
        gc.enable()


def _timed(stage: Stage, text: str) -> float:
    began = time.process_time()
    stage(text)
    return time.process_time() - began


SIZES = (1, 10, 100, 1000)
BUDGET = 40.0  # seconds; a stage that would need more for the next size is not asked


def curve(stage: Stage, make: Callable[[int], str]) -> list[float]:
    """Milliseconds per kB for each of SIZES, as far as the budget goes."""
    found: list[float] = []
    for size in SIZES:
        if found and found[-1] * size / KB > BUDGET:
            break
        found.append(seconds(stage, make(size * KB)) * KB / size)
    return found


def main() -> None:
    """Print the table in Markdown, and draw it."""
    drawn: dict[str, list[float]] = {}
    print(f"| stage | text | {' | '.join(f'{size} kB' for size in SIZES)} |\n|---|---|{'---|' * len(SIZES)}")
    for name, stage in stages(load_tools()).items():
        stage(TEXTS["news"](3000))
        curves = {text: curve(stage, make) for text, make in TEXTS.items()}
        worst = max(curves, key=lambda text: curves[text][-1])
        for text in ("news", worst):
            cells = [f"{ms:.3f}" for ms in curves[text]] + ["-"] * (len(SIZES) - len(curves[text]))
            print(f"| {name} | {text} | {' | '.join(cells)} |", flush=True)
        drawn |= {f"{name}: news": curves["news"], f"{name}: {worst}": curves[worst]}
    PICTURE.write_text(svg(drawn), encoding="utf-8")


PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "growth.svg"
WIDTH, HEIGHT, LEFT, TOP = 900, 520, 60, 40
COLOURS = ("#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#b6992d", "#b07aa1", "#d37295", "#9c755f", "#79706e")


def svg(curves: Mapping[str, list[float]]) -> str:
    """ms per kB against size, both logarithmic: a flat line is linear growth. News thin, the worst text thick."""
    rows = [f'<text x="{LEFT}" y="20">CPU ms per kB of text: flat is linear (thin: news, thick: the worst text)</text>']
    for at, size in enumerate(SIZES):
        rows.append(f'<text x="{_x(at) - 15}" y="{HEIGHT - 10}">{size} kB</text>')
    for power in range(-3, 3):
        y = _y(10.0**power)
        rows.append(
            f'<path d="M{LEFT} {y}H{_x(len(SIZES) - 1)}" stroke="#ccc"/><text x="5" y="{y}">{10.0**power:g}</text>'
        )
    for number, (name, values) in enumerate(curves.items()):
        colour, thick = COLOURS[number // 2 % len(COLOURS)], 1 + 1.5 * (number % 2)
        points = " ".join(f"{_x(at)},{_y(value)}" for at, value in enumerate(values))
        rows.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{thick}"/>')
        rows.append(f'<text x="{WIDTH - 250}" y="{TOP + 22 * number}" fill="{colour}">{name}</text>')
    style = 'font-family="sans-serif" font-size="13" style="background:#fff"'
    body = "\n".join(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {style}>\n{body}\n</svg>\n'


def _x(at: int) -> float:
    return LEFT + at * (WIDTH - 330 - LEFT) / (len(SIZES) - 1)


def _y(value: float) -> float:
    return round(HEIGHT - 40 - (math.log10(max(value, 0.001)) + 3) * (HEIGHT - 40 - TOP) / 5, 1)


if __name__ == "__main__":
    main()
