"""Curves in, an SVG out: x logarithmic, y from zero."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 900, 400, 60, 230, 40, 40
COLOURS = ("#4e79a7", "#f28e2b", "#e15759", "#59a14f", "#b07aa1")
Curve = Sequence[tuple[float, float]]


def lines(curves: Mapping[str, Curve], *, title: str) -> str:
    """One line per curve, with its name beside it."""
    points = [point for curve in curves.values() for point in curve]
    first, last = min(x for x, _ in points), max(x for x, _ in points)
    most = max(y for _, y in points) * 1.1 or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        share = math.log(x / first) / (math.log(last / first) or 1.0)
        return (
            round(LEFT + share * (WIDTH - LEFT - RIGHT), 1),
            round(HEIGHT - BOTTOM - y / most * (HEIGHT - BOTTOM - TOP), 1),
        )

    rows = [f'<text x="{LEFT}" y="22">{title}</text>']
    sizes = sorted({x for x, _ in points})
    rows += [f'<text x="{place(x, 0)[0] - 20}" y="{HEIGHT - 12}">{x:,.0f}</text>' for x in sizes]
    for step in range(5):
        value = most * step / 4
        y = place(first, value)[1]
        rows.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ccc"/><text x="5" y="{y}">{value:.2g}</text>')
    for number, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{x},{y}" for x, y in (place(*point) for point in curve))
        rows.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        rows.append(f'<text x="{WIDTH - RIGHT + 15}" y="{TOP + 22 * number}" fill="{colour}">{name}</text>')
    style = 'font-family="sans-serif" font-size="13" style="background:#fff"'
    body = "\n".join(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {style}>\n{body}\n</svg>\n'
