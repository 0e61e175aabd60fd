"""The dashboards are what their code says, and pass the rules of grafana/dashboard-linter, ported.

The linter is a Go program that cannot be fetched here (docs: github.com/grafana/dashboard-linter, docs/rules).
Added to its rules: only series that exist, no panel over another, the JSON is what Grafana's types can hold.
"""

import json
import re

import promql_parser as promql
import pytest

from tests.deploy.boards import NAMES, Query, board, panels, parsed, queries, rendered
from tests.deploy.names import named, nodes, selectors, series

QUERIES = list(queries())
UNITS = {"short", "percentunit", "s", "mps", "bytes", "dateTimeFromNow"}
"""The ids of Grafana's units that we use (packages/grafana-data/src/valueFormats/categories.ts)."""

RATES = ("rate", "irate", "increase")
COUNTED = ("_total", "_bucket", "_sum", "_count")

each_board = pytest.mark.parametrize("name", NAMES)
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.board}: {q.panel}")


def test_the_files_are_what_their_code_writes():
    for path, text in rendered().items():
        assert path.read_text(encoding="utf-8") == text, "run: python -m tools.dashboards.build"


@each_board
def test_grafanas_types_hold_all_of_it(name):
    assert parsed(json.dumps(board(name))) == board(name)


def test_a_misspelt_key_would_be_noticed():
    wrong = board("worker") | {"tiltle": "x"}
    assert parsed(json.dumps(wrong)) != wrong


@each_board
def test_the_board_cannot_be_edited_and_is_known_by_its_uid(name):
    made = board(name)
    assert made["editable"] is False
    assert made["uid"] == f"newsmon-{name}"
    assert made["title"].startswith("newsmon · ")
    assert made["description"]


@each_board
def test_the_variables_are_those_every_board_has(name):
    source, *choices = board(name)["templating"]["list"]
    assert (source["type"], source["name"], source["label"], source["query"]) == (
        "datasource", "datasource", "Data source", "prometheus")  # fmt: skip
    assert [choice["name"] for choice in choices] == ["job", "instance"]
    for choice in choices:
        assert choice["label"] == choice["name"]
        assert choice["datasource"]["uid"] == "$datasource"
        assert re.fullmatch(r"label_values\(.+, (job|instance)\)", choice["query"])
        assert choice["multi"], choice["name"]
        assert choice["includeAll"]
        assert (choice["allValue"], choice["refresh"]) == (".+", 2)


@each_board
def test_every_panel_says_what_it_shows_and_in_which_unit(name):
    titles = [panel["title"] for panel in panels(name)]
    assert len(titles) == len(set(titles))
    for panel in panels(name):
        assert panel["title"], panel
        assert panel["description"].endswith("."), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS, panel["title"]
        assert panel["datasource"]["uid"] == "$datasource", panel["title"]
        assert panel["targets"], panel["title"]


@each_board
def test_no_panel_lies_over_another(name):
    taken = set()
    for panel in board(name)["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not taken & cells, panel["title"]
        taken |= cells


@each_query
def test_the_query_parses_and_names_only_series_that_exist(query: Query):
    assert named(query.plain())
    assert named(query.plain()) <= series()


@each_query
def test_every_selector_keeps_to_the_chosen_job_and_instance(query: Query):
    for selector in selectors(query.plain(job="$job").replace(".+", "$instance")):
        chosen = {(m.name, str(m.op), m.value) for m in selector.matchers.matchers}
        assert {("job", "MatchOp.Re", "$job"), ("instance", "MatchOp.Re", "$instance")} <= chosen, selector.name


@each_query
def test_rates_use_grafanas_interval_and_only_single_numbers_the_whole_range(query: Query):
    allowed = {"$__rate_interval", "$__range"} if query.instant else {"$__rate_interval"}
    assert set(re.findall(r"\[([^\]]+)\]", query.expression)) <= allowed


@each_query
def test_counters_stand_only_inside_a_rate(query: Query):
    tree = list(nodes(promql.parse(query.plain())))
    rated = [n.args[0].vector_selector for n in tree if isinstance(n, promql.Call) and n.func.name in RATES]
    bare = [n for n in tree if isinstance(n, promql.VectorSelector) and n.name.endswith(COUNTED)]
    assert sorted(map(str, bare)) == sorted(map(str, rated))


@each_query
def test_the_same_query_is_not_asked_under_two_titles(query: Query):
    assert [q.expression for q in QUERIES].count(query.expression) == 1
