"""The list of nonstandard addresses, and misspelt texts with their right answers."""

from __future__ import annotations

from collections import Counter

import pytest

from gazetteer.sample import District, division_rows, door_rows, draw
from gazetteer.sample.case import Case
from gazetteer.sample.cases_form import hanzi
from gazetteer.sample.envelope import Written, written
from gazetteer.sample.messy import ALL_KINDS, perturb
from gazetteer.sample.messy_kinds import IMPOSSIBLE
from gazetteer.sample.nonstandard import nonstandard


@pytest.fixture(scope="module")
def district() -> District:
    return draw()


@pytest.fixture(scope="module")
def cases(district: District) -> list[Case]:
    return nonstandard(district)


@pytest.fixture(scope="module")
def doors(district: District) -> list[Written]:
    return list(written(door_rows(district), division_rows(district, nation=True)))


def test_each_of_the_38_defect_types_comes_several_times(cases: list[Case]) -> None:
    times = Counter(code for case in cases for code in case.defects)
    assert set(times) == {f"A{n:02d}" for n in range(1, 39)}
    assert min(times.values()) >= 4
    assert 280 <= len(cases) <= 360


def test_right_answers_are_doors_of_the_register(district: District, cases: list[Case]) -> None:
    known = {row.code for row in door_rows(district)}
    for case in cases:
        if case.level == "door":
            assert case.code in known and case.standard.startswith("黄岩区")
        if case.expected == "退回":
            assert not case.code and case.level != "door"


def test_the_written_text_differs_from_the_standard_unless_the_point_is_wrong(cases: list[Case]) -> None:
    assert all(case.text != case.standard for case in cases if case.lon is None and case.code)


def test_impossible_numbers_are_not_listed(district: District, cases: list[Case]) -> None:
    standard = {district.standard(at) for at in range(len(district.doors))}
    refused = [case for case in cases if case.expected == "退回"]
    assert refused and not [case for case in refused if case.text in standard]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (110, "一百一十"),
        (118, "一百一十八"),
        (105, "一百零五"),
        (2006, "二千零六"),
        (300, "三百"),
    ],
)
def test_numbers_are_written_as_chinese_numerals(number: int, said: str) -> None:
    assert hanzi(number) == said


def test_misspelt_texts_come_with_the_code_of_the_right_door(doors: list[Written]) -> None:
    rows = list(perturb(doors[::5], seed=3, times=2))
    assert {kind for _, kind, _ in rows} == set(ALL_KINDS)
    codes = {door.code for door in doors}
    assert all((truth in codes) != (kind in IMPOSSIBLE) for _, kind, truth in rows)


def test_misspelling_is_the_same_for_the_same_seed(doors: list[Written]) -> None:
    some = doors[:400]
    assert list(perturb(some, seed=1)) == list(perturb(some, seed=1)) != list(perturb(some, seed=2))


def test_an_unknown_kind_is_said_in_words(doors: list[Written]) -> None:
    with pytest.raises(ValueError, match="未知的扰动种类"):
        list(perturb(doors[:2], kinds=["upside_down"]))
