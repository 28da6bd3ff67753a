"""The fields of the national database (国家地名信息库) as its public service gives them, and its table of classes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
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


@dataclass(frozen=True, slots=True)
class PlaceClass:
    """One class (地名类别) with the category of the law it belongs to; unconfirmed ones are the project's placing."""

    code: str
    name: str
    category: str
    confirmed: bool


@cache
def classes() -> Mapping[str, PlaceClass]:
    """Every class by its code of five digits."""
    return {row["code"]: PlaceClass(**row) for row in _toml("classes.toml")["class"]}


def class_of(category: str) -> PlaceClass:
    """The class that a category of the law gets when a record names none."""
    return next(found for found in classes().values() if found.category == category)


@cache
def items() -> Mapping[str, str]:
    """Items of the provincial push, BMMX… → field."""
    return dict(_toml("bmmx.toml")["items"])


def _toml(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)
