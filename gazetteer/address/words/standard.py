"""How each element is written in a standard address (标准写法): 66幢, 2单元, 301室, 128号-2."""

from __future__ import annotations

import re

from gazetteer.address.model import ELEMENT_TYPES, Element

ORDER = tuple(kind for kind in ELEMENT_TYPES if kind != "note")
"""Elements in the order of the standard; ``note`` is never part of it."""
_UNITS = {"unit": "单元", "floor": "层", "room": "室", "no": "号"}


_COMMITTEE = re.compile(
    r"(?<=社区)(?:居民委员会|居委会|村民委员会|村委会)$|(?<=..村)(?:村民委员会|村委会)$|(?<=.)(村民委员会|村委会)$"
)


def village_form(name: str) -> str:
    """A village as an address says it, without its committee: 药山村委会 -> 药山村, 塔山村村委会 -> 塔山村,
    迎春社区居委会 -> 迎春社区; but 羽村村委会 -> 羽村村, for 羽 alone is no name.

    A residents' committee that is no 社区 (城关居委会) keeps its name. The same as the register's ``village_text``.
    """
    return _COMMITTEE.sub(lambda found: "村" if found[1] else "", name)


def standard_form(element: Element) -> str:
    """An element in standard writing; names keep their text, numbers take the unit word of the standard."""
    if element.type == "bld":
        return _building(element)
    if element.type == "note":
        return ""
    if element.type == "sub":
        return f"-{element.value}"
    unit = _UNITS.get(element.type)
    if unit is None:
        return element.value
    return _numbered(element, unit)


def _building(element: Element) -> str:
    """Numbered buildings are 幢; a lettered tower stays 座; a number in a lane (弄) stays 号."""
    if element.value.isdigit():
        return f"{element.value}号" if element.text.endswith("号") else f"{element.value}幢"
    return f"{element.value}座"


def _numbered(element: Element, unit: str) -> str:
    value = element.value
    if element.type == "no":
        if value.endswith("弄"):
            return value
        main, dash, sub = value.partition("-")
        if dash and sub.isdigit() and main.isdigit() and int(sub) < int(main):
            return f"{main}号-{sub}"
    return f"{value}{unit}"
