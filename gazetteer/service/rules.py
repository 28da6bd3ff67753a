"""The figures of the trade that differ by city and year, with where they come from (``rules.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MealRules:
    """Figures of meal service; each one's source stands beside it in the file."""

    speed_mps: float
    minutes: int
    detour: float
    crossing_s: float
    take_up: float
    dead_zone_people: int
    k: int
    idle_days: int
    licence_warn_days: int
    dead_zone_gap_m: float


@dataclass(frozen=True, slots=True)
class CemeteryRules:
    """Figures of the capacity forecast, the self-check's seven points, limits of grave areas."""

    population: int
    death_rate: float
    share: float
    deaths_a_year: int
    years_planned: int
    tree_words: list[str]
    checks: list[str]
    single_m2: float
    double_m2: float
    rectify_days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Both, and the version that is printed beside every figure."""

    version: str
    meals: MealRules
    cemeteries: CemeteryRules


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules in force."""
    held = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    return Rules(held["version"], MealRules(**held["meals"]), CemeteryRules(**held["cemeteries"]))
