"""Every defect that the text alone shows is found, with its place and its repair."""

import pytest

from gazetteer.address.defects.register import added, at_element, at_words, completed
from gazetteer.address.defects.repair import repair
from gazetteer.address.reading.parse import Parser

PARSER = Parser()


@pytest.mark.parametrize(
    ("text", "code", "words", "fix"),
    [
        ("梅开苑66幢1号", "A01", "", ""),
        ("黄岩区横街路128号", "A02", "", ""),
        ("黄岩区黄岩区东城街道", "A03", "黄岩区", ""),
        ("黄岩市东城街道", "A04", "黄岩市", "黄岩区"),
        ("北洋村村委会3号", "A09", "北洋村村委会", "北洋村"),
        ("128号横街路", "A11", "128号横街路", "横街路128号"),
        ("梅开苑66栋", "A12", "66栋", "66幢"),
        ("梅开苑66#", "A12", "66#", "66幢"),
        ("横街路１２８号", "A13", "１２８", "128"),
        ("横街路一百二十八号", "A14", "一百二十八号", "128号"),
        ("梅开苑66-2-301", "A15", "66-2-301", "66幢2单元301室"),
        ("横街路128", "A16", "128", "128号"),
        ("横街路128-1号", "A17", "128-1号", "128号-1"),
        ("横街路128号附1", "A17", "128号附1", "128号-1"),
        ("横街路128之1", "A17", "128之1", "128号-1"),
        ("横街路128-132号", "A18", "128-132号", ""),
        ("茅畬乡", "A21", "畬", "畲"),
        ("滨江·某苑3幢", "A26", "滨江·某苑", "滨江某苑"),
        ("卫生院西侧", "A27", "西侧", ""),
        ("横街路128号张三家", "A28", "张三家", ""),
        ("横街路128号 13800000000", "A29", "13800000000", ""),
        ("同上", "A30", "同上", ""),
        ("XX", "A30", "XX", ""),
        ("横街路128号振兴路8号", "A34", "振兴路8号", ""),
        ("梅开苑3层501室", "A35", "3层501室", ""),
        ("横街路128号梅开苑66幢", "A37", "梅开苑66幢", ""),
        ("横街路 128号", "A38", " ", ""),
    ],
)
def test_a_defect_is_found_with_place_and_repair(text: str, code: str, words: str, fix: str) -> None:
    found = {(d.code, d.text, d.fix) for d in PARSER.parse(text).defects}
    assert (code, words, fix) in found


def test_a_standard_address_has_no_defect() -> None:
    assert PARSER.parse("浙江省台州市黄岩区南城街道横街路128号").defects == ()


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("黄岩区黄岩区东城街道横街路 １２８", "黄岩区东城街道横街路128号"),
        ("128号横街路", "横街路128号"),
        ("梅开苑66-2-301", "梅开苑66幢2单元301室"),
        ("梅开苑六十六栋二单元301", "梅开苑66幢2单元301室"),
        ("横街路128号附1", "横街路128号-1"),
        ("塘桥路400弄", "塘桥路400弄"),
    ],
)
def test_repair_writes_the_standard_form(text: str, standard: str) -> None:
    assert repair(PARSER.parse(text)).text == standard


def test_every_repair_says_in_chinese_what_was_changed_and_why() -> None:
    steps = repair(PARSER.parse("梅开苑66栋")).steps
    assert [s.reason for s in steps] == ["“66栋”改为“66幢”（楼栋用“幢”）"]


def test_a_repaired_address_needs_no_further_repair() -> None:
    once = repair(PARSER.parse("黄岩区 横街路一百二十八 号梅开苑66#2单元301")).text
    again = repair(PARSER.parse(once))
    assert (again.text, again.steps) == (once, ())


def test_what_the_register_found_out_joins_what_the_text_showed() -> None:
    parsed = PARSER.parse("恒街路128号")
    parsed = completed(parsed, "黄岩区西城街道横街路128号")
    parsed = added(parsed, at_words(parsed, "A20", "恒街路", "横街路"), at_element(parsed, "A31", "no", ""))
    assert [(d.code, d.text, d.fix) for d in parsed.defects] == [
        ("A01", "", "黄岩区西城街道横街路128号"), ("A20", "恒街路", "横街路"), ("A31", "128号", ""),
    ]  # fmt: skip
