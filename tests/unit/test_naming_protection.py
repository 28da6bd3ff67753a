from gazetteer.naming.memory import MemoryRegister
from tests.naming import SQUARE, answer, ask, grades, outcome, place, text

OLD = place("p1", "永宁路", protected="省级地名保护名录", geometry=SQUARE.line("12"))
REGISTER = MemoryRegister([OLD, place("p2", "澄江路")])


def test_renaming_or_cancelling_a_protected_name_is_refused_without_a_protection_plan() -> None:
    assert grades("N20", ask("橘香路", act="更名", old_name="永宁路", record="p1"), REGISTER) == ["block"]
    assert "省级地名保护名录" in text("N20", ask("永宁路", act="销名", record="p1"), REGISTER)


def test_a_written_protection_plan_lets_the_act_go_on() -> None:
    proposal = ask(
        "永宁路", act="销名", record="p1", reasons={"N20": "保护方案：原址立碑，名称移用于新建公园"}
    )
    assert grades("N20", proposal, REGISTER) == ["inform"]
    assert not answer("N20", proposal, REGISTER).stops


def test_an_unprotected_name_may_be_renamed() -> None:
    assert outcome("N20", ask("橘香路", act="更名", old_name="澄江路", record="p2"), REGISTER) == "passed"
    assert outcome("N20", ask("橘香路"), REGISTER) == "not_applicable"


def test_a_cancellation_is_checked_for_protection_only() -> None:
    for code in ("N01", "N02", "N03", "N04", "N05", "N07", "N12", "N13", "N14", "N15", "N21", "N22"):
        assert outcome(code, ask("永宁", act="销名", record="p1"), REGISTER) == "not_applicable", code


def test_another_name_than_the_planned_one_asks_for_a_reason_by_n22() -> None:
    planned = place("g1", "橘香路", geometry=SQUARE.line("123"))
    register = MemoryRegister(planned=[planned])
    assert grades("N22", ask("永宁路", geometry=SQUARE.line("12")), register) == ["warn"]
    assert outcome("N22", ask("橘香路", geometry=SQUARE.line("123")), register) == "passed"
    assert outcome("N22", ask("永宁路", geometry=SQUARE.line("147")), register) == "passed"


def test_a_name_that_is_planned_elsewhere_asks_for_a_reason() -> None:
    register = MemoryRegister(planned=[place("g1", "橘香路", geometry=SQUARE.line("123"))])
    assert "另一处" in text("N22", ask("橘香路", geometry=SQUARE.line("789")), register)
    assert outcome("N22", ask("橘香路"), register) == "not_checked"


def test_the_plan_is_compared_with_estates_by_area_and_with_points_by_distance() -> None:
    area, point = SQUARE.area("1254"), SQUARE.point("9")
    register = MemoryRegister(
        planned=[place("g1", "橘香苑", "F", geometry=area), place("g2", "澄江桥", "G", geometry=point)]
    )
    assert grades("N22", ask("永宁苑", "F", geometry=area.buffer(-0.0001)), register) == ["warn"]
    assert outcome("N22", ask("永宁苑", "F", geometry=SQUARE.area("5698")), register) == "passed"
    assert grades("N22", ask("永宁桥", "G", geometry=point), register) == ["warn"]


def test_a_township_that_is_no_town_is_told_so_when_it_applies_as_an_old_town_by_n23() -> None:
    assert grades("N23", ask("茅畲乡", "B", feature="township", heritage="千年古镇")) == ["warn"]
    assert outcome("N23", ask("宁溪镇", "B", feature="township", heritage="千年古镇")) == "passed"
    assert outcome("N23", ask("茅畲乡", "B", feature="township", heritage="千年古村落")) == "not_applicable"
