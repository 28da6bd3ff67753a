"""Why a registered door must not be applied by itself: a second address, a place beside it, another city in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gazetteer.address.model import Element, Parsed, Step

_LISTED = re.compile(
    r"^(?:[,、/;+]|和|与|及|以及|或|跟|至|到)+(?:[0-9]+(?:-[0-9]+)?[、,/])*[0-9]+(?:-[0-9]+)?号(?![楼院门厂库桥线口铺摊店])"
)
_ROAD_AND_NUMBER = re.compile(
    r"(?P<near>靠?近)?(?P<said>[^0-9,、/()近]{1,12}(?:路|(?<!商业)街|大道|巷|胡同|(?:镇|乡|街道)[^0-9,]{1,8}村)[0-9]{1,5}(?:弄|号(?![楼院厂库桥线口])))"
)
_POSITION = re.compile(
    r"^[,的(]*(?P<word>(?:(?:前|后|里|左|右)(?:面|边|侧|头|首)|[东南西北]{1,2}(?:侧|面|边|首)|正对面|斜?对[面门]"
    r"|背后|隔壁|里弄堂?|弄堂|往[里前后东南西北上下]|进去)[^0-9,()]{0,6})"
)
_COUNTY = 2
_LEVEL = {"prov": 0, "city": 1, "county": _COUNTY}
_SMALLER = frozenset(("bld", "unit", "floor", "room"))


def of_tail(tail: str, door: str, related: bool) -> Iterator[Step]:
    """Doubts that what follows the number raises, as sentences.

    Args:
        tail: the cleaned text behind the number.
        door: the registered door without divisions (光明西路10号); said again it is no second address.
        related: whether the parser has read a relative place, which is told elsewhere.
    """
    if len(tail) < 2:
        return
    if second := second_address(tail, door):
        yield Step("second", second, "", f"文本含不止一处地址，只按第一处匹配；另有“{second}”，请分开填写")
    elif not related and (found := _POSITION.match(tail)):
        word = found["word"]
        yield Step("note.elsewhere", word, "", f"所写是这个门牌的“{word}”，可能是另一个门牌，须人工核对")


def of_divisions(parsed: Parsed, told: frozenset[str], names: tuple[str, ...]) -> Iterator[Step]:
    """Provinces, cities and counties anywhere in the text that the registered door does not lie in.

    Args:
        parsed: the text taken apart.
        told: words that the reading has explained already.
        names: province, city, county … of the door, empty where the register knows none.
    """
    for element in parsed.elements:
        level = _LEVEL.get(element.type)
        if (
            level is None
            or element.value == names[level]
            or not names[level]
            or element.text in told
            or element.value in names
        ):
            continue
        rule = "division.far" if level < _COUNTY else "division.conflict"
        place = names[level] if names[level] != "市辖区" else names[0]
        yield Step(rule, element.text, place, f"文本另写有“{element.text}”，登记在“{place}”")


def second_address(tail: str, door: str) -> str:
    """The second address (A34) or the next number of a list (A18) behind a door; empty when there is none."""
    if found := _LISTED.match(tail):
        said = found.group().lstrip(",、/;+和与及或跟以至到")
        return "" if door.endswith(said) else said
    for found in _ROAD_AND_NUMBER.finditer(tail):
        said = found["said"].lstrip("和与及或跟以至到;+")
        if not found["near"] and door not in said:
            return said
    return ""


def of_first(parsed: Parsed) -> Parsed:
    """The same parse with only the elements of the first of several addresses."""
    kept: list[Element] = []
    numbered = False
    for element in parsed.elements:
        if numbered and (element.type not in _SMALLER or element.text.endswith("号")):
            break
        numbered = numbered or element.type == "no"
        kept.append(element)
    return replace(parsed, elements=tuple(kept))
