"""The fields of the national database (国家地名信息库) as its public service gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RULE_VERSION: Final = "2026-1"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in files, its word on screens, whether a difference counts, whether it may be taken over."""

    name: str
    title: str
    compared: bool = True
    taken: bool = False
    """Whether the national wording may be taken into the register field by field (采用国家库)."""


FIELDS: Final = (
    Field("id", "序号", compared=False),
    Field("place_code", "地名代码"),
    Field("standard_name", "标准名称"),
    Field("place_type", "地名类别", compared=False),
    Field("place_type_code", "类别代码"),
    Field("province_name", "省", compared=False),
    Field("province_code", "省代码", compared=False),
    Field("city_name", "市", compared=False),
    Field("city_code", "市代码", compared=False),
    Field("area_name", "县区", compared=False),
    Field("area_code", "县区代码"),
    Field("roman_alphabet_spelling", "罗马字母拼写", taken=True),
    Field("old_name", "曾用名"),
    Field("place_origin", "地名来历", taken=True),
    Field("place_meaning", "地名含义", taken=True),
    Field("place_history", "历史沿革", taken=True),
    Field("gdm", "位置"),
)
NAMES: Final = tuple(field.name for field in FIELDS)
TITLES: Final[Mapping[str, str]] = {field.name: field.title for field in FIELDS}
COMPARED: Final = tuple(field.name for field in FIELDS if field.compared)
TAKEN: Final = frozenset(field.name for field in FIELDS if field.taken)
