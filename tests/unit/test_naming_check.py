import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from gazetteer.naming.check import check, stopping
from gazetteer.naming.memory import MemoryRegister, base_divisions
from gazetteer.naming.model import CATEGORIES, Proposal
from gazetteer.naming.reading import read
from gazetteer.naming.romanise import romanise
from gazetteer.naming.suggest import suggest
from tests.naming import DAY, HUANGYAN, SQUARE, ask, place

REGISTER = MemoryRegister(
    [
        place("r1", "永宁路", geometry=SQUARE.line("123")),
        place("r2", "永宁路二巷", geometry=SQUARE.line("25")),
        place("f1", "梅开苑", "F", geometry=SQUARE.area("4587")),
        place("old", "旧街路", state="销名"),
    ],
    base_divisions("331003"),
    {"黄岩城区": SQUARE.area("1397")},
    [place("g1", "橘香路", geometry=SQUARE.line("789"))],
)
PIECES = st.sampled_from(
    ["永宁", "路", "东", "一", "二巷", "花园", "广场", "黄岩", "第", "号", "十", "A", "1", "·", " ", "畲"]
)
NAMES = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=8).map("".join))
SHAPES = st.sampled_from(
    [
        None,
        SQUARE.point("5"),
        SQUARE.line("14"),
        SQUARE.lines("12", "89"),
        SQUARE.area("1254"),
        SQUARE.line("12").buffer(0).boundary,
    ]
)


def test_every_check_is_reported_in_order_with_profile_and_day() -> None:
    results = check(ask("永宁路"), REGISTER, HUANGYAN)
    assert [result.code for result in results] == [f"N{i:02d}" for i in range(1, 24)]
    assert {(result.profile, result.day) for result in results} == {(HUANGYAN.version, DAY)}
    assert all(
        result.note for result in results if result.outcome in ("not_applicable", "not_checked", "off")
    )
    assert all(bool(result.findings) == (result.outcome == "found") for result in results)


def test_every_finding_says_what_was_seen_what_to_do_and_by_which_rule() -> None:
    proposal = ask(
        "威尼斯绿城花园广场A座", "F", geometry=SQUARE.area("1254"), land_area_m2=100.0, open_rate=0.0
    )
    findings = [found for result in check(proposal, REGISTER, HUANGYAN) for found in result.findings]
    assert len(findings) >= 4
    assert all(found.evidence and found.remedy and found.source and found.where for found in findings)


def test_a_good_name_is_not_stopped() -> None:
    proposal = ask("橘颂路", geometry=SQUARE.line("456"), width_m=14.0)
    assert stopping(check(proposal, REGISTER, HUANGYAN)) == []


def test_an_estate_name_is_refused_by_company_place_and_size_and_passes_when_revised() -> None:
    site = SQUARE.area("1254")
    refused = ask(
        "路桥绿城大厦", "F", geometry=site, applicant="绿城置业有限公司", storeys=6, floor_area_m2=4000.0
    )
    assert {found.code for found in stopping(check(refused, REGISTER, HUANGYAN))} == {"N10", "N13", "N14"}
    revised = ask("橘颂苑", "F", geometry=site, applicant="绿城置业有限公司", storeys=6, floor_area_m2=4000.0)
    assert stopping(check(revised, REGISTER, HUANGYAN)) == []


@settings(max_examples=300, deadline=None)
@given(
    name=NAMES,
    category=st.sampled_from([*CATEGORIES, "Z", ""]),
    shape=SHAPES,
    act=st.sampled_from(["命名", "更名", "销名"]),
)
def test_no_name_raises_and_the_same_question_gets_the_same_answer(
    name: str, category: str, shape: object, act: str
) -> None:
    proposal = Proposal(name, category, "331003001", DAY, act, geometry=shape, old_name=name, applicant=name)  # type: ignore[arg-type]
    first = check(proposal, REGISTER, HUANGYAN)
    assert len(first) == 23
    assert first == check(proposal, REGISTER, HUANGYAN)


@pytest.mark.parametrize(
    "shape",
    [
        Point(),
        LineString(),
        Point(float("nan"), 28.6),
        Point(500.0, 1.0),
        LineString([(3e7, 4e7), (5e7, 6e7)]),
        LineString([(121.2, 28.6), (121.2, 28.6)]),
        Polygon([(121.2, 28.6), (121.3, 28.7), (121.3, 28.6), (121.2, 28.7)]),
        GeometryCollection([Point(121.2, 28.6), LineString([(121.2, 28.6), (121.3, 28.6)])]),
    ],
    ids=lambda shape: shape.wkt[:40],
)
def test_a_broken_geometry_leaves_checks_open_and_breaks_none(shape: BaseGeometry) -> None:
    for name, category in (("永宁东路", "E"), ("永宁路二巷", "E"), ("黄岩永宁路花园", "F"), ("永宁山", "A")):
        assert len(check(ask(name, category, geometry=shape), REGISTER, HUANGYAN)) == 23
        suggest(ask(name, category, geometry=shape), REGISTER, HUANGYAN, count=1)


@pytest.mark.parametrize(
    "name", ["一" * 20_000 + "号x路", "永宁" * 10_000, "花园广场" * 5_000, "重" * 20_000 + "路"]
)
def test_a_name_as_long_as_a_book_is_answered(name: str) -> None:
    assert "N15" in {found.code for found in stopping(check(ask(name), REGISTER, HUANGYAN))}


@settings(max_examples=300, deadline=None)
@given(name=NAMES, category=st.sampled_from([*CATEGORIES, ""]))
def test_any_name_is_read_and_romanised_character_by_character(name: str, category: str) -> None:
    said = romanise(name, category)
    assert len(read(said.name)) == len(said.name)
    assert all(0 <= doubt.position < len(said.name) for doubt in said.doubts)
