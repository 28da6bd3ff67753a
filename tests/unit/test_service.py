"""The trade's own arithmetic: opening, matching of ledgers, forecast, verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.service.cemeteries.forecast import demand_a_year, forecast, need, spread
from gazetteer.service.cemeteries.ledgers import bridge
from gazetteer.service.cemeteries.matching import LedgerRow, match
from gazetteer.service.cemeteries.overlay import Hit, Rule, concluded
from gazetteer.service.meals.opening import days_words, opening
from gazetteer.service.meals.points import Hours, Point
from gazetteer.service.meals.population import people_words

LUNCH = Hours("中餐", (1, 2, 3, 4, 5), time(10, 30), time(12, 30))
POINT = Point(
    "F1", "示例食堂", "老年食堂", "open", "", "331003001001", "331003001000", "东城街道", "", "", 121.2, 28.6, "未核", False, None,
    30, 2, "", None, True, None, 0, (LUNCH,), (),
)  # fmt: skip
MONDAY = datetime(2026, 11, 23, 11, 0)


@pytest.mark.parametrize(("at", "now", "words"), [
    (MONDAY, True, "正在供应中餐，到 12:30"),
    (datetime(2026, 11, 23, 8, 0), False, "今天 10:30 供应中餐"),
    (datetime(2026, 11, 23, 12, 30), False, "明天 10:30 供应中餐"),
    (datetime(2026, 11, 27, 13, 0), False, "周一 10:30 供应中餐"),
])  # fmt: skip
def test_opening_says_what_is_served_now_or_when_next(at: datetime, now: bool, words: str):
    found = opening(POINT, at)
    assert (found.now, found.words) == (now, words)


def test_a_paused_point_is_never_open():
    assert opening(replace(POINT, state="paused"), MONDAY).words == "暂停供餐"


def test_days_are_said_as_people_say_them():
    assert days_words((1, 2, 3, 4, 5, 6, 7)) == "每天"
    assert days_words((1, 2, 3, 4, 5)) == "周一至周五"
    assert days_words((1, 3)) == "周一、周三"


def test_a_count_below_five_is_not_told():
    assert [people_words(n, 5) for n in (0, 1, 4, 5)] == ["0 人", "少于 5 人", "少于 5 人", "5 人"]


def test_the_districts_need_meets_the_figure_of_the_plan():
    assert demand_a_year(620_000, 0.007) == pytest.approx(4340)
    assert need(620_000, 0.007, 10) == pytest.approx(43_400)
    assert abs(need(620_000, 0.007, 10) - 44_700) / 44_700 < 0.05


def test_the_township_that_runs_out_first_stands_first():
    rows = forecast({"a": 10_000, "b": 10_000, "c": 0}, {"a": 700, "b": 70, "c": 5}, death_rate=0.007)
    assert [(r.town, r.years) for r in rows] == [
        ("b", pytest.approx(1)),
        ("a", pytest.approx(10)),
        ("c", None),
    ]


@given(st.integers(0, 10**6), st.dictionaries(st.text("abcdef", min_size=1), st.floats(0.1, 1e4), min_size=1))
def test_people_spread_over_townships_add_up(total: int, weights: dict[str, float]):
    assert sum(spread(total, weights).values()) == total


def rows(*given: tuple[str, str]) -> list[LedgerRow]:
    return [
        LedgerRow(n, name, "院桥镇", category=category) for n, (name, category) in enumerate(given, start=2)
    ]


def test_every_row_of_both_ledgers_has_exactly_one_state_and_the_bridge_closes():
    one = rows(
        ("后岙公墓", "村公益性公墓"),
        ("前蒋公墓", "村公益性公墓"),
        ("合屿陵园", "经营性公墓"),
        ("东山公墓", "集中埋葬点"),
    )
    other = rows(
        ("后岙公墓", "村公益性公墓"),
        ("前蒋村公益性墓地", "村公益性公墓"),
        ("东山公墓", "乡村公益性墓地"),
        ("海葬纪念园", "节地生态点"),
    )
    found = match(one, other)
    assert sorted(m.one.number for m in found if m.one) == [r.number for r in one]
    assert sorted(m.other.number for m in found if m.other) == [r.number for r in other]
    assert [m.state for m in found] == ["一致", "疑似同处", "仅台账一", "类别不同", "仅台账二"]
    assert bridge(found).closes
    two = [replace(m, state="确认两处") if m.state == "疑似同处" else m for m in found]
    assert bridge(two).closes
    assert bridge(two).minus == {"村公益性公墓": 1, "经营性公墓": 1}


names = st.lists(
    st.tuples(
        st.sampled_from(["后岙公墓", "前蒋公墓", "前蒋墓地", "东山公墓", "东山"]), st.sampled_from("甲乙")
    ),
    max_size=8,
)


@given(names, names)
def test_no_row_is_lost_or_counted_twice_whatever_the_ledgers_hold(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
):
    left, right = rows(*one), rows(*other)
    found = match(left, right)
    assert sorted(m.one.number for m in found if m.one) == [r.number for r in left]
    assert sorted(m.other.number for m in found if m.other) == [r.number for r in right]
    assert bridge(found).closes


RULE = Rule("C1", "耕地", "耕地", "inside", None, "需人工核", "某条例", False, None, None, "")


def test_a_place_is_never_cleared_by_a_rule_that_nobody_has_read():
    assert concluded((Hit(RULE, False, ""),))[0] == "需人工核"
    assert concluded(())[0] == "需人工核"
    assert concluded((Hit(replace(RULE, text_read=True), False, ""),))[0] == "未发现冲突"
    assert concluded((Hit(replace(RULE, text_read=True), None, ""),))[0] == "需人工核"


def test_only_a_rule_that_was_read_forbids():
    assert concluded((Hit(replace(RULE, outcome="禁止"), True, ""),))[0] == "需人工核"
    assert concluded((Hit(replace(RULE, outcome="禁止", text_read=True), True, ""),))[0] == "禁止"
