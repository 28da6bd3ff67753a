"""Divisions that no list knows (未收录区划), read by their generic term: 某某镇, 某某县."""

from __future__ import annotations

import re

from gazetteer.address.model import ElementType
from gazetteer.address.reading.division import TYPES, Found

_UNKNOWN = re.compile(
    r"(?P<prov>[\u4e00-\u9fff]{2,3}省)|(?P<county>[\u4e00-\u9fff]{2,3}?(?:自治县|县)|[\u4e00-\u9fff]{2}(?<![东西南北中小园社新校工业开发厂宿功能活]{2})(?<![一二三四五六七八九十东西南北中小园社新校城港厂业发能技景])区)|(?P<city>[\u4e00-\u9fff]{2,3}?市(?![场政区民中一二三]))"
)
TOWN = re.compile(
    r"[\u4e00-\u9fff]{1,5}?(?:街道(?!办公室)|镇(?![东西南北中江海海]?[路街])|乡(?![\u4e00-\u9fff]?[路街]))(?:办事处)?"
)
_HIGHER = re.compile(r"[路街省市县区号弄巷村](?!道)")
_NUMERIC = re.compile(r"[路街号弄巷村]")


def unlisted(text: str, here: int, before: list[Found]) -> Found | None:
    """A division that no list knows, by its generic term."""
    deepest = before[-1].level if before else 0
    if deepest <= 3:
        m = TOWN.match(text, here)
        if m and not _HIGHER.search(m.group()):
            return Found("town", here, m.end(), 4, ())
    if deepest <= 2:
        m = _UNKNOWN.match(text, here)
        if m and m.lastgroup and not _NUMERIC.search(m.group()):
            level = {"prov": 1, "city": 2, "county": 3}[m.lastgroup]
            if level > deepest or level == 2:
                kind: ElementType = "county" if m.lastgroup == "city" and deepest == 2 else TYPES[level]
                return Found(kind, here, m.end(), 3 if kind == "county" else level, ())
    return None
