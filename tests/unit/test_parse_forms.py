"""Forms that are rare in lists and common in letters: Latin script, 甲88号, lanes in lanes, two addresses, relative places."""

import pytest

from gazetteer.address.defects.repair import repair
from gazetteer.address.model import Relation
from gazetteer.address.reading.parse import Parser
from gazetteer.address.words.text import MAX_LENGTH

PARSER = Parser()


def values(text: str) -> list[tuple[str, str]]:
    return [(e.type, e.value) for e in PARSER.parse(text).elements]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("118 Laodong North Rd", [("no", "118"), ("road", "laodongbeilu")]),
        ("No.118 Laodong Beilu, Huangyan", [("no", "118"), ("road", "laodongbeilu"), ("county", "黄岩区")]),
        ("Huangyan Qu Laodong Bei Lu 118 Hao", [("county", "黄岩区"), ("road", "laodongbeilu"), ("no", "118")]),
        (
            "Room 301, Building 3, 118 Laodong North Road, Huangyan District, Zhejiang Province, P.R. China",
            [("room", "301"), ("bld", "3"), ("no", "118"), ("road", "laodongbeilu"), ("county", "黄岩区"), ("prov", "浙江省")],
        ),
    ],
)  # fmt: skip
def test_latin_script_is_read_and_roads_have_their_pinyin_as_value(
    text: str, wanted: list[tuple[str, str]]
) -> None:
    assert values(text) == wanted
    assert repair(PARSER.parse(text)).text == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("横街路甲88号", [("road", "横街路"), ("no", "甲88")]),
        ("横街路增1号", [("road", "横街路"), ("no", "增1")]),
        ("横街路12号付55号", [("road", "横街路"), ("no", "12"), ("sub", "55")]),
        ("横街路128号甲", [("road", "横街路"), ("no", "128"), ("sub", "甲")]),
        ("横街路128甲", [("road", "横街路"), ("no", "128"), ("sub", "甲")]),
        ("横街路128A号", [("road", "横街路"), ("no", "128A")]),
        ("劳动北路No.118", [("road", "劳动北路"), ("no", "118")]),
        ("塘桥路400弄5支弄12号", [("road", "塘桥路"), ("road", "400弄"), ("road", "5支弄"), ("no", "12")]),
        ("横街路1号B1层B167", [("road", "横街路"), ("no", "1"), ("floor", "B1"), ("room", "B167")]),
        ("横街路8号L501", [("road", "横街路"), ("no", "8"), ("room", "L501")]),
        ("台州经济开发区横街路1号", [("road", "横街路"), ("no", "1")]),
    ],
)
def test_numbers_with_words_and_letters_are_read(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [v for v in values(text) if v[0] not in ("prov", "city", "county")] == wanted


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("人民路与十路线交叉口东南方向194米", Relation("intersection", ("人民路", "十路线"), "东南", 194.0)),
        ("前店村高丰中路116号正北130米", Relation("offset", ("高丰中路116号",), "北", 130.0)),
        ("卫生院西侧", Relation("beside", ("卫生院",), "西")),
        ("325省道潮济村路段", Relation("beside", ("325省道", "潮济村"), "路段")),
        ("城区大道与劳动路口", Relation("intersection", ("城区大道", "劳动路"))),
        ("104国道与82省道交叉口向北约2.5公里", Relation("intersection", ("104国道", "82省道"), "北", 2500.0)),
        ("G104国道50公里300米处", Relation("offset", ("G104国道",), "", 50300.0)),
    ],
)
def test_relative_places_have_anchor_direction_and_distance(text: str, relation: Relation) -> None:
    assert PARSER.parse(text).relation == relation


def test_a_second_address_behind_a_home_is_named() -> None:
    found = [d for d in PARSER.parse("横街路128号梅开苑66幢1单元劳动北路20号").defects if d.code == "A34"]
    assert [d.text for d in found] == ["劳动北路20号"]


def test_what_lies_behind_the_longest_text_is_said_to_be_unread() -> None:
    text = "黄岩区横街路128号" + "附近的房子" * 100
    parsed = PARSER.parse(text)
    assert any(d.start == MAX_LENGTH and d.end == len(text) for d in parsed.defects)
    assert any(f"超过 {MAX_LENGTH} 字" in s.reason for s in parsed.steps)


@pytest.mark.parametrize("text", ["上海市浦东新区", "青岛市市北区", "江苏省宜兴市"])
def test_a_division_that_ends_the_text_is_a_division(text: str) -> None:
    assert values(text)[-1] == ("county", text[3:])


def test_a_park_that_shares_its_name_with_a_township_elsewhere_is_no_township() -> None:
    assert values("海盐县沈荡镇工业园区") == [
        ("county", "海盐县"),
        ("town", "沈荡镇"),
        ("estate", "工业园区"),
    ]


def test_upstairs_of_a_door_is_not_a_building():
    parsed = Parser().parse("光明西路10号楼上")
    assert [(e.type, e.value) for e in parsed.elements if e.type in ("no", "bld")] == [("no", "10")]
