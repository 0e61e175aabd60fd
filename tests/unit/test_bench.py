"""What the benches' tables are made of: the page has a place for each, samples are sorted, ratios are compared."""

import os
import re
import time
from pathlib import Path

import pytest

from tests.bench import results
from tests.bench.all import BENCHES
from tests.bench.check import worse
from tests.bench.picture import lines
from tests.bench.stages import model
from tests.bench.stored import Stored
from tests.bench.watching import Watched
from tests.bench.where_time_goes import kind_of


def test_the_page_of_figures_has_a_place_for_every_table_that_is_kept() -> None:
    places = re.findall(r"<!-- ([a-z-]+) -->\n", results.PAGE.read_text(encoding="utf-8"))
    assert len(places) == len(set(places))
    assert {path.stem for path in results.RESULTS.glob("*.json")} <= set(places)


def test_every_bench_that_make_runs_exists() -> None:
    assert all((Path(results.__file__).parent / f"{name}.py").exists() for name, *_ in BENCHES)


def test_a_table_is_written_between_its_markers_and_nothing_else_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- a -->\nold\n<!-- /a -->\nafter\n")
    monkeypatch.setattr(results, "PAGE", page)
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    results.keep("a", [{"what": "x", "value": 1234.5, "small": 0.01234, "count": 2000}], title="T")
    results.write_page("a")
    text = page.read_text()
    assert text.startswith("before\n<!-- a -->\n\nT. ")
    assert text.endswith("| x | 1,234 | 0.0123 | 2,000 |\n\n<!-- /a -->\nafter\n")


def test_a_ratio_a_quarter_worse_or_gone_is_named_and_a_better_one_is_not() -> None:
    before = {"a": 1.0, "b": 2.0, "c": 3.0}
    assert worse({"a": 0.8, "b": 1.4}, before) == ["b: was 2.00, now 1.40", "c: was 3.00, now 0.00"]
    assert worse({"a": 5.0, "b": 5.0, "c": 5.0}, before) == []


@pytest.mark.parametrize(
    ("stack", "kind"),
    [
        ("main;load_tools", "(start and rebalance)"),
        ("run;_run_once (asyncio);Intake.take (intake.py:3);clean", "analysis: intake"),
        ("run;_run_once (asyncio);Sender (aiokafka/producer/sender.py:1)", "producer: one request each"),
        ("run;_run_once (asyncio);something else", "event loop, other"),
    ],
)
def test_a_sample_belongs_to_the_first_kind_that_names_a_frame(stack: str, kind: str) -> None:
    assert kind_of(stack) == kind


def test_cpu_between_two_moments_is_read_between_the_looks() -> None:
    watched = Watched(os.getpid())
    watched._looks = [(10.0, 1.0), (11.0, 2.0), (12.0, 2.0)]
    assert watched.cpu(10.5, 11.5) == pytest.approx(0.5)
    assert watched.cpu(0.0, 99.0) == pytest.approx(1.0)


def test_a_busy_process_is_seen_to_work() -> None:
    with Watched(os.getpid()) as watched:
        began, until = time.time(), time.process_time() + 0.3
        while time.process_time() < until:
            pass
    assert watched.cpu(began, time.time()) > 0.1
    assert watched.peak_mb > 10


def test_the_model_needs_ten_times_the_cores_for_ten_times_the_rate() -> None:
    stage = {"messages an article": 1.0, "CPU ms an article": 5.0, "kB written an article": 4.0}
    rows = model([{"stage": name, **stage} for name in ("deduplicate", "extract")], 2.0, 300.0)
    small, large = (row["cores, deduplicate"] for row in rows[:2])
    assert large == pytest.approx(100 * small)
    assert small == pytest.approx(10 * 0.006 / 0.6)


def test_stored_rows_know_their_bytes() -> None:
    rows = Stored()
    rows["a"], rows["b"], rows["a"] = {"x": 1}, [1, 2], {}
    assert dict(rows) == {"a": {}, "b": [1, 2]}
    del rows["b"]
    assert rows.bytes == len("{}")


def test_a_picture_has_a_line_per_curve() -> None:
    picture = lines({"a": [(1, 2), (10, 3)], "b": [(1, 0), (10, 1)]}, title="T")
    assert picture.count("<polyline") == 2
