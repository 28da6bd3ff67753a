"""The curve: the address engine at 370,000, 3.7 million and 30 million doors, a file a county from the second on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from tests.bench.alone import alone
from tests.bench.engine_timing import timed
from tests.bench.frame import Context, Row, measurement
from tests.bench.province import made_province
from tests.bench.serving_memory import first_answers

DOORS_A_COUNTY = 370_000
CURVE = {1: "370,000", 10: "3.7 million", 81: "30 million"}
"""How many counties, and how many doors they are drawn for."""
PARTS = ("geocode", "clean", "lean", "reverse", "suggest")
HEADS = ("what", "one county", "ten counties", "81 counties", "goal")
Found = dict[str, Any]


@measurement("scale", "Ten and eighty times the doors: one file a county under one head", heads=HEADS)
def scale(context: Context) -> list[Row]:
    """Each size in processes of its own. The largest needs ten minutes: only with ``--long``."""
    counties = [count for count in CURVE if count < 81 or context.long]
    doors, questions = (4_000, 800) if context.quick else (DOORS_A_COUNTY, 6_000)
    found = [_measured(count, doors, questions) for count in counties]
    return [_row(what, [take(one) for one in found], goal) for what, take, goal in ROWS] + _growth(found)


def _measured(counties: int, doors: int, questions: int) -> Found:
    with tempfile.TemporaryDirectory(prefix="dm-bench-") as folder:
        at = Path(folder)
        build = alone(made_province, counties, doors, at, questions)
        return {
            "build": build,
            "memory": alone(first_answers, at),
            **{part: alone(timed, at, part) for part in PARTS},
        }


def _row(what: str, values: list[str], goal: str) -> Row:
    first, *others = values + [""] * (len(CURVE) - len(values))
    return Row(what, first, others[0], (others[1], goal))


def _speed(one: Found) -> str:
    return f"{one['per_s']:,.0f} a second; p50 {one['p50_ms']:.2f}, p95 {one['p95_ms']:.2f} ms"


def _memory(one: Found, when: str) -> str:
    return f"{one['memory'][when]['anon']:,.0f} + {one['memory'][when]['file']:,.0f} MB"


ROWS = (
    ("doors", lambda one: f"{one['build']['doors']:,}", ""),
    ("built in (wall, all cores, drawing the rows included)", lambda one: f"{one['build']['build_s']:,.0f} s", ""),
    ("one county replaced in (wall, the new head included)", lambda one: f"{one['build']['replace_s']:,.1f} s", ""),
    ("size of all files (of the head)", lambda one:
        f"{one['build']['bytes'] / 1e6:,.0f} MB ({one['build']['head_bytes'] / 1e6:,.0f} MB)", ""),
    ("memory at most of the process that writes the head", lambda one: f"{one['build']['peak_mb']:,.0f} MB", ""),
    ("opening / first answer", lambda one:
        f"{one['memory']['open_s']:.2f} / {one['memory']['first_s']:.2f} s", ""),
    ("fresh worker: own memory + mapped pages, shared", lambda one: _memory(one, "fresh"), "<= 300 MB in all"),
    ("- after 1,000 geocodings", lambda one: _memory(one, "served"), ""),
    ("`geocode` of messy texts", lambda one: _speed(one["geocode"]["times"]), ""),
    ("- right door", lambda one: f"{one['geocode']['right']['hit']:.2%}", ">= 97 %"),
    ("- wrong among `auto`", lambda one: f"{one['geocode']['right']['auto_wrong']:.2%}", "<= 0.2 %"),
    ("- clean texts", lambda one: _speed(one["clean"]), ""),
    ("- as `diming geocode` does it", lambda one: _speed(one["lean"]), ""),
    ("`suggest` by characters", lambda one: _speed(one["suggest"]["characters"]), "p95 <= 10 ms"),
    ("`reverse_many`", lambda one: f"{one['reverse']:,.0f} a second", ">= 20,000"),
)  # fmt: skip


def _growth(found: list[Found]) -> list[Row]:
    """Time of a query against that in one county, as a multiple."""
    rows = []
    for what, take in GROWING.items():
        first = take(found[0])
        rows.append(
            _row(
                f"time of one {what} against one county",
                [f"{first / take(one):.2f}" for one in found],
                "< 1.5",
            )
        )
    return rows


GROWING = {
    "geocode, messy": lambda one: one["geocode"]["times"]["per_s"],
    "geocode, clean": lambda one: one["clean"]["per_s"],
    "suggest": lambda one: one["suggest"]["characters"]["per_s"],
    "reverse": lambda one: one["reverse"],
}
