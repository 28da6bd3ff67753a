"""The parser takes Chinese addresses apart, as people write them."""

import pytest

from gazetteer.address.reading.parse import Parser
from gazetteer.address.words.lexicon import Lexicon, base_lexicon

PARSER = Parser()


def read(text: str) -> str:
    return " ".join(f"{e.type}:{e.text}" for e in PARSER.parse(text).elements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "浙江省台州市黄岩区南城街道横街路128号梅开苑66幢2单元301室",
            "prov:浙江省 city:台州市 county:黄岩区 town:南城街道 road:横街路 no:128号 estate:梅开苑 bld:66幢 unit:2单元 room:301室",
        ),
        ("黄岩南城街道横街路128号", "county:黄岩 town:南城街道 road:横街路 no:128号"),
        ("台州市黄岩区黄岩区东城街道", "city:台州市 county:黄岩区 town:东城街道"),
        ("上海市上海市徐汇区天钥桥路408号", "city:上海市 county:徐汇区 road:天钥桥路 no:408号"),
        ("211号上中西路 徐汇区", "no:211号 road:上中西路 county:徐汇区"),
        ("二环路三十号", "road:二环路 no:三十号"),
        ("三三公路一二〇号", "road:三三公路 no:一二〇号"),
        ("金沙江路怒江路366号", "road:金沙江路 road:怒江路 no:366号"),
        ("北洋镇半山村3组12号", "town:北洋镇 comm:半山村 road:3组 no:12号"),
        ("梅开苑12号楼3单元501", "estate:梅开苑 bld:12号楼 unit:3单元 room:501"),
        ("中关村大厦B座1728", "estate:中关村大厦 bld:B座 room:1728"),
        ("横街路128-132号", "road:横街路 no:128-132号"),
        ("横街路128号附2号", "road:横街路 no:128号 sub:附2号"),
        ("新镇路1060弄73号1338室", "road:新镇路 road:1060弄 no:73号 room:1338室"),
        ("塘桥路400弄10-3-304", "road:塘桥路 no:400弄 bld:10 unit:3 room:304"),
        ("横街路１２８号", "road:横街路 no:１２８号"),
        ("横街路 128 号", "road:横街路 no:128 号"),
        ("杭州经济技术开发区4号大街116号", "road:4号大街 no:116号"),
    ],
)
def test_an_address_falls_into_its_elements(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "地址：黄岩区横街路128号",
        "送到黄岩区横街路128号谢谢",
        "黄岩区横街路128号 13800000000",
        "黄岩区横街路128号,到了打电话",
    ],
)
def test_what_people_write_around_an_address_is_left_out(text: str) -> None:
    assert read(text) == "county:黄岩区 road:横街路 no:128号"


def test_a_short_division_gets_its_full_name_as_value() -> None:
    assert [e.value for e in PARSER.parse("浙江台州黄岩横街路128号").elements][:3] == [
        "浙江省",
        "台州市",
        "黄岩区",
    ]


def test_a_name_that_only_begins_like_a_division_is_not_one() -> None:
    assert read("杭州路12号") == "road:杭州路 no:12号"
    assert read("温州大学") == "estate:温州大学"


def test_chinese_numerals_become_digits_in_the_value_only() -> None:
    element = PARSER.parse("横街路一百二十八号").first("no")
    assert element is not None
    assert (element.text, element.value) == ("一百二十八号", "128")


def test_traditional_characters_are_read_and_offsets_stay_in_the_given_text() -> None:
    parsed = PARSER.parse("上海市 徐匯區 永康路126號")
    assert [(e.type, e.value) for e in parsed.elements][1:] == [
        ("county", "徐汇区"),
        ("road", "永康路"),
        ("no", "126"),
    ]
    assert all(parsed.text[e.start : e.end] == e.text for e in parsed.elements)


def test_the_registers_names_are_cut_where_no_generic_term_helps() -> None:
    lexicon = Lexicon(base_lexicon())
    lexicon.add_names([("樟树下", "natvil"), ("永宁江堤", "road")])
    elements = Parser(lexicon).parse("黄岩区樟树下12号").elements
    assert [(e.type, e.text) for e in elements] == [
        ("county", "黄岩区"),
        ("natvil", "樟树下"),
        ("no", "12号"),
    ]
    assert [e.type for e in Parser(lexicon).parse("永宁江堤15号").elements] == ["road", "no"]


def test_a_crossing_with_direction_and_distance_is_a_relation() -> None:
    relation = PARSER.parse("人民路与十路交叉口东南方向194米").relation
    assert relation is not None
    assert (relation.kind, relation.anchors, relation.direction, relation.distance_m) == (
        "intersection", ("人民路", "十路"), "东南", 194.0,
    )  # fmt: skip


def test_a_place_beside_another_names_its_anchor() -> None:
    relation = PARSER.parse("院桥镇卫生院西侧").relation
    assert relation is not None
    assert (relation.kind, relation.anchors, relation.direction) == ("beside", ("卫生院",), "西")


def test_an_address_with_its_own_number_has_no_relation_by_default() -> None:
    assert PARSER.parse("黄岩区横街路128号").relation is None
