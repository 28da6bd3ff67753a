"""The address engine over made registers of three sizes: build, memory, speed, right answers, and how they grow."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.alone import alone
from tests.bench.engine_batch import whole_list
from tests.bench.engine_timing import PARTS, timed
from tests.bench.frame import Context, Row, measurement
from tests.bench.registers import SIZES, made
from tests.bench.serving_memory import first_answers

Found = dict[str, Any]


@measurement("engine", "The address engine, one core, on made registers (seconds of processor time)")
def engine(context: Context) -> list[Row]:
    """Each size in processes of its own; the growth from the middle to the largest as ratios."""
    sizes, questions = (SIZES[:1], 1000) if context.quick else (SIZES, 6000)
    found = {doors: _measured(doors, questions) for doors in sizes}
    rows = [row for doors, one in found.items() for row in _rows(doors, one)]
    return rows + (_growth(found[SIZES[1]], found[SIZES[2]]) if len(found) > 2 else [])


def _measured(doors: int, questions: int) -> Found:
    with tempfile.TemporaryDirectory(prefix="dm-bench-") as folder:
        at = Path(folder)
        return {
            "build": alone(made, doors, at, questions),
            "memory": alone(first_answers, at),
            "timed": {part: alone(timed, at, part) for part in PARTS},
            "list": alone(whole_list, at, doors) if doors <= SIZES[1] else None,
        }


def _rows(doors: int, found: Found) -> list[Row]:
    size = f"{doors:,} doors"
    goal = doors == SIZES[1]
    return [
        Row(f"**{size}**", ""),
        *_build_rows(found["build"], found["memory"], goal),
        *_speed_rows(found["timed"], goal),
        *_list_rows(found["list"], goal),
        *_right_rows(found["timed"]),
        *_suggest_rows(found["timed"]["suggest"]),
    ]


def _build_rows(build: Found, memory: Found, goal: bool) -> list[Row]:
    fresh, bare, served = memory["fresh"], memory["bare"], memory["served"]
    return [
        Row("index built in, without drawing the rows", f"{build['build_s']:.1f} s"),
        Row("memory of the build at most", f"{build['peak_mb']:,.0f} MB"),
        Row("size of the file", f"{build['bytes'] / 1e6:,.1f} MB"),
        Row("import of the library / opening / first answer", " / ".join(
            f"{memory[k]:.2f} s" for k in ("import_s", "open_s", "first_s"))),
        Row("a fresh worker after one query of each type: its own memory", f"{fresh['anon']:,.0f} MB",
            "<= 300 MB in all" if goal else ""),
        Row("- and mapped file pages, shared between workers (libraries alone)",
            f"{fresh['file']:,.0f} MB ({bare['file']:,.0f} MB)"),
        Row("- after 1,000 more geocodings: own + shared", f"{served['anon']:,.0f} + {served['file']:,.0f} MB"),
    ]  # fmt: skip


def _speed_rows(found: Found, goal: bool) -> list[Row]:
    wish = ">= 5,000" if goal else ""
    return [
        Row("`geocode` of messy texts, all different, full answers", _speed(found["geocode"]["times"]), wish),
        Row("- as `diming geocode` does it (`geocode_lean`)", _speed(found["lean"]), wish),
        Row("- clean texts", _speed(found["clean"]), wish),
        Row("- messy texts by `geocode_many`", f"{found['many']:,.0f} a second", wish),
        Row("`parse` of messy texts", _speed(found["parse"])),
        Row("`reverse_many`", f"{found['reverse']:,.0f} a second", ">= 20,000" if goal else ""),
    ]


def _list_rows(found: Found | None, goal: bool) -> list[Row]:
    if found is None:
        return []
    said = f"{found['seconds']:,.0f} s, {found['rows'] / found['seconds']:,.0f} a second; {found['auto']:.1%} `auto`"
    what = f"a list of {found['rows']:,} messy rows by all {os.cpu_count()} cores, start included (wall)"
    return [Row(what, said, "about 60 s" if goal else "")]


def _speed(found: Found) -> str:
    return (
        f"{found['per_s']:,.0f} a second; p50 {found['p50_ms']:.2f}, "
        f"p95 {found['p95_ms']:.2f}, max {found['max_ms']:.1f} ms"
    )


def _right_rows(found: Found) -> list[Row]:
    right, kinds = found["geocode"]["right"], found["geocode"]["kinds"]
    weak = sorted(kinds.items(), key=lambda k: k[1])[:5]
    return [
        Row("right door, of messy texts that name a registered one", f"{right['hit']:.2%}", ">= 97 %"),
        Row("- the five hardest kinds", "; ".join(f"{kind} {value:.1%}" for kind, value in weak)),
        Row("`auto` among them", f"{right['auto']:.2%}", ">= 90 %"),
        Row(f"wrong among {right['auto_count']:,} `auto`", f"{right['auto_wrong']:.2%}", "<= 0.2 %"),
        Row(f"a door given for {right['unlisted']:,} texts naming none", f"{right['invented']:.2%}", "0"),
    ]


def _suggest_rows(found: Found) -> list[Row]:
    rows = []
    for mode, one in found.items():
        times = (
            f"p50 {one['p50_ms']:.2f}, p95 {one['p95_ms']:.2f} ms; first key p95 {one['first_p95_ms']:.2f} ms"
        )
        rows.append(Row(f"`suggest` by {mode}", times, "p95 <= 10 ms"))
        hits = f"{one['hit']:.1%}; after two {one['hit_2']:.1%}"
        rows.append(Row("- among the first five when typed out", hits, ">= 95 %"))
    return rows


def _growth(middle: Found, large: Found) -> list[Row]:
    """Time of a query at ten times the doors, as a multiple."""
    rows = [Row("**370,000 to 3,700,000 doors: time of one query, times**", "")]
    small, big = (_rates(one["timed"]) for one in (middle, large))
    return rows + [Row(what, f"{rate / big[what]:.2f}", "< 1.5") for what, rate in small.items()]


def _rates(found: Found) -> dict[str, float]:
    """Queries a second of every kind."""
    return {
        "geocode, messy": found["geocode"]["times"]["per_s"],
        "geocode, clean": found["clean"]["per_s"],
        "geocode_many": found["many"],
        "parse": found["parse"]["per_s"],
        "reverse_many": found["reverse"],
        **{f"suggest by {mode}": one["per_s"] for mode, one in found["suggest"].items()},
    }
