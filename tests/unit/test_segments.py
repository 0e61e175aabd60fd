"""Where a page of several items is cut."""

import time

import pytest

from services.monitor.analysis.intake.segments import find_cuts
from services.monitor.lexicon.boilerplate import load_boilerplate

FLOOD = """Thirteen people have been killed in the state of Texas after heavy rain caused flash flooding overnight.
Officials have also said that more than twenty girls are missing from a summer camp beside the Guadalupe river.
Rescue crews searched the valley by helicopter, and the county judge confirmed dozens of water rescues there.
Rain of up to ten inches fell on the hills above the river in a few hours, and more rain is forecast for the valley."""

BANK = """The Bank of England has raised interest rates for the third time this year as inflation stays above target.
Seven of the nine members of its committee voted for the rise of a quarter of a point, and two for no change in rates.
Andrew Bailey, the governor, said that prices would keep rising until the spring and that rates might have to follow.
Mr Bailey added that banks were strong enough, although mortgage lenders warned that rates would hurt borrowers."""

PAUSE = """Washington has paused deliveries of air defence missiles to Kyiv while the Pentagon reviews its stocks.
Two officials familiar with the review said that missiles in Poland would not be handed to Kyiv for now.
The missiles had been promised by the previous administration, and Kyiv has asked for more of them every month.
A spokesman for the Pentagon said that the review would take some weeks and that other deliveries would go on."""


@pytest.fixture(scope="module")
def boilerplate():
    return load_boilerplate()


def starts(text, boilerplate):
    return [cut.line for cut in find_cuts(text.split("\n"), boilerplate) if cut.cut]


def test_a_page_of_three_items_is_cut_in_three(boilerplate):
    assert starts(f"{FLOOD}\n{BANK}\n{PAUSE}", boilerplate) == [4, 8]


def test_a_headline_belongs_to_the_item_below_it(boilerplate):
    assert starts(f"{FLOOD}\nInterest rates rise for the third time\n{BANK}", boilerplate) == [4]


@pytest.mark.parametrize("item", [FLOOD, BANK, PAUSE])
def test_a_single_item_is_not_cut(boilerplate, item):
    assert starts(item, boilerplate) == []


def test_a_crosshead_within_an_item_is_no_beginning(boilerplate):
    lines = BANK.split("\n")
    assert starts("\n".join([*lines[:3], "Strong banks", *lines[3:]]), boilerplate) == []


def test_each_place_shows_its_evidence(boilerplate):
    cuts = find_cuts(f"{FLOOD}\n{BANK}".split("\n"), boilerplate)
    chosen = next(cut for cut in cuts if cut.cut)
    assert dict(chosen.evidence)["depth"] > 0.5
    assert [cut.line for cut in cuts] == list(range(1, 8))


@pytest.mark.parametrize("lines", [[], ["One line."], ["One line.", "Two lines."]])
def test_short_pages_are_one_item(boilerplate, lines):
    assert find_cuts(lines, boilerplate) == ()


def test_time_grows_in_line_with_the_number_of_lines(boilerplate):
    def seconds(times):
        lines = f"{FLOOD}\n{BANK}\n{PAUSE}".split("\n") * times
        start = time.process_time()
        find_cuts(lines, boilerplate)
        return time.process_time() - start

    small, large = min(seconds(20) for _ in range(2)), seconds(200)
    assert large < 0.05 + 10 * 3.5 * small
