"""Generic terms (通名) by category and feature, longest first."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.naming.lists import words

_NOT_FEATURES = frozenset({"title", "optional", "stack_first", "stack_last"})


@cache
def _category(category: str, extra: Path | None) -> dict[str, Any]:
    table: dict[str, Any] = words("generic_terms", extra).get(category, {})
    return table


def features(category: str, extra: Path | None = None) -> tuple[str, ...]:
    """The features (细类) that a category knows: road and lane for E."""
    return tuple(key for key in _category(category, extra) if key not in _NOT_FEATURES)


@cache
def terms(category: str, feature: str = "", extra: Path | None = None) -> tuple[str, ...]:
    """The generic terms of a category, or of one feature of it, longest first."""
    table = _category(category, extra)
    kinds = (feature,) if feature in table and feature not in _NOT_FEATURES else features(category, extra)
    return tuple(
        sorted({term for kind in kinds for term in table[kind]}, key=lambda term: (-len(term), term))
    )


def may_stand_without(category: str, feature: str, extra: Path | None = None) -> bool:
    """Whether such names may lack a generic term (自然村名 may)."""
    return feature in _category(category, extra).get("optional", ())


def stack_terms(category: str, extra: Path | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """Terms that must not stand before, and after, another one of the category (通名叠用)."""
    table = _category(category, extra)
    return frozenset(table.get("stack_first", ())), frozenset(table.get("stack_last", ()))
