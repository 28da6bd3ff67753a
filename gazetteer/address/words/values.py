"""The normalised value of an element (要素值): 128 for 一百二十八号, 66 for 66栋, 2 for 二单元."""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer.address.words.numerals import digits_in

_UNIT = re.compile(
    r"(?:号楼|号幢|号栋|幢楼|栋楼|#楼|号厂房|号公寓楼?|幢|栋|座|#|单元|门|楼|层|室|房|户|商铺|铺位?|摊位|店面|号)$"
)
NUMBERED = frozenset(("no", "sub", "bld", "unit", "floor", "room"))


@lru_cache(maxsize=50_000)
def value_of(kind: str, text: str) -> str:
    """Value of an element of a kind: numbers without unit word and in digits, names as they are."""
    if kind not in NUMBERED:
        return text
    value = digits_in(_UNIT.sub("", text)) if not text.endswith("弄") else digits_in(text)
    if kind == "sub":
        value = re.sub(r"^[附付之\-第]+", "", value)
    if kind == "no" and value[:1] in "Nn":
        value = value.lstrip("NnOo-")
    if kind == "floor" and re.match(r"[负地]", value):
        value = "B" + re.sub(r"\D", "", value)
    elif kind == "floor":
        value = re.sub(r"[FfLl第]", "", value)
    return value.upper()
