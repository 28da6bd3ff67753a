from dataclasses import replace

import pytest

from gazetteer.naming.check import check
from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.model import NamedPlace, Proposal
from gazetteer.naming.suggest import suggest
from tests.naming import HUANGYAN, SQUARE, ask, place

HILL = place("a1", "九峰山", "A", feature="mountain", geometry=SQUARE.point("5"))
VILLAGE = place("c1", "下洋顾村", "C", feature="village", geometry=SQUARE.point("8"))
ROAD = place("r1", "澄江路", geometry=SQUARE.line("123"))
REGISTER = MemoryRegister([HILL, VILLAGE, ROAD])
PROPOSALS = [
    ask("威尼斯花园广场", "F", geometry=SQUARE.area("1254"), land_area_m2=8000.0),
    ask("澄江路", geometry=SQUARE.line("789"), width_m=14.0),
    ask("一巷", feature="lane", geometry=SQUARE.line("14"), width_m=5.0),
    ask("永宁公园", "D"),
    ask("永宁桥", "G", geometry=SQUARE.point("1")),
]


@pytest.mark.parametrize("proposal", PROPOSALS, ids=[proposal.name for proposal in PROPOSALS])
def test_at_least_three_free_names_are_given_and_no_check_refuses_them(proposal: Proposal) -> None:
    given = suggest(proposal, REGISTER, HUANGYAN)
    assert len({row.name for row in given}) >= 3
    for row in given:
        results = check(replace(proposal, name=row.name), REGISTER, HUANGYAN)
        assert not [f for result in results for f in result.findings if f.severity == "block"]
        assert row.source
        assert row.romanisation.pinyin


def test_names_come_from_the_plan_landforms_villages_and_the_series() -> None:
    plan = [place("g1", "橘井巷", geometry=SQUARE.line("14"))]
    register = MemoryRegister([HILL, VILLAGE, ROAD], planned=plan)
    given = {row.name: row.source for row in suggest(PROPOSALS[2], register, HUANGYAN, count=9)}
    assert {"橘井巷", "九峰巷", "澄江路一巷"} <= set(given)
    assert "地名方案" in given["橘井巷"]


def test_the_next_free_number_of_a_series_is_taken() -> None:
    first = place("r2", "澄江路一巷", geometry=SQUARE.line("36"), feature="lane")
    register = MemoryRegister([HILL, ROAD, first])
    names = [row.name for row in suggest(PROPOSALS[2], register, HUANGYAN, count=9)]
    assert "澄江路二巷" in names
    assert "澄江路一巷" not in names


def test_a_generic_term_that_does_not_fit_is_replaced_by_one_that_does() -> None:
    small = ask("永宁大道", geometry=SQUARE.line("12"), width_m=14.0)
    assert all(row.name.endswith("路") for row in suggest(small, REGISTER, HUANGYAN))


def test_the_same_question_gets_the_same_answer() -> None:
    assert suggest(PROPOSALS[0], REGISTER, HUANGYAN) == suggest(PROPOSALS[0], REGISTER, HUANGYAN)


def test_names_are_found_even_where_the_whole_stock_is_taken() -> None:
    taken: list[NamedPlace] = []
    for i in range(40):
        free = suggest(PROPOSALS[1], MemoryRegister(taken), HUANGYAN, count=5)
        assert len(free) >= 3
        taken += [place(f"t{i}-{j}", row.name) for j, row in enumerate(free)]


def test_nothing_is_suggested_for_a_cancellation() -> None:
    assert suggest(ask("永宁路", act="销名"), REGISTER, HUANGYAN) == []


def test_a_drawing_that_is_at_fault_does_not_hide_every_name_and_stays_in_sight() -> None:
    over = ask("永宁路", geometry=SQUARE.line("123"), width_m=14.0)
    given = suggest(over, REGISTER, HUANGYAN)
    assert len(given) >= 3
    assert all([found.code for found in row.remaining] == ["N18"] for row in given)


def test_a_road_that_goes_on_next_door_is_offered_the_neighbours_name() -> None:
    next_door = place("r9", "橘江路", division="331002001", geometry=SQUARE.line("56"))
    given = suggest(
        ask("永宁路", geometry=SQUARE.line("45"), width_m=14.0), MemoryRegister([next_door]), HUANGYAN
    )
    assert [row.name for row in given] == ["橘江路"]
    assert "相邻政区" in given[0].source
