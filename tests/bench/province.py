"""A made province: real counties of one province, each filled with a drawn district of its own, moved to its own place."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from gazetteer.address.index import Rows, build_counties, index_files, replace_county
from gazetteer.address.model import AliasRow, DivisionRow, DoorRow
from gazetteer.base import divisions
from gazetteer.sample import District, alias_rows, division_rows, door_rows, draw, handle_rows
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb
from tests.bench.alone import peak_mb
from tests.bench.registers import SEED, distinct, standard

PROVINCE, DRAWN = "33", "331003"
APART = 0.6
"""Degrees between the counties: a district is drawn some 40 kilometres wide."""
IN_A_ROW = 9


def county_codes(count: int) -> list[str]:
    """Real counties of the province, as many as asked for, in the order of their codes; the drawn one is the first."""
    real = sorted(d.code[:6] for d in divisions() if d.level == 3 and d.code.startswith(PROVINCE))
    return sorted([DRAWN, *(c for c in real if c != DRAWN)][:count])


def moved_to(county: str, code: str) -> str:
    """A code of the drawn district as one of another county."""
    return county + code[6:] if code.startswith(DRAWN) else code


def district_of(county: str, doors: int) -> District:
    """The district that fills a county; each is drawn from a seed of its own."""
    return draw(doors, SEED + int(county))


def rows_of(county: str, doors: int) -> Rows:
    """What a county's file is made of."""
    district = district_of(county, doors)
    number = int(county) - int(DRAWN)
    east, north = APART * (number % IN_A_ROW), APART * (number // IN_A_ROW % IN_A_ROW)

    def here(row: Any) -> Any:
        codes = {name: moved_to(county, getattr(row, name)) for name in ("code", "division")}
        if hasattr(row, "handle"):
            codes["handle"] = moved_to(county, row.handle)
        return replace(row, lon=row.lon + east, lat=row.lat + north, **codes)

    aliases = (replace(a, target=moved_to(county, a.target)) for a in alias_rows(district))
    return Rows(map(here, handle_rows(district)), map(here, door_rows(district)), aliases)


def divisions_of(counties: list[str]) -> Iterator[DivisionRow]:
    """The nation's divisions, and below each county those towns and villages of the drawn one that it has not itself."""
    land, seen = draw(1000, SEED), set()
    for row in divisions():
        seen.add(row.code)
        yield DivisionRow(row.code, row.name, row.level, row.parent)
    for county in counties:
        for row in division_rows(land):
            code = moved_to(county, row.code)
            if code not in seen:
                yield replace(row, code=code, parent=moved_to(county, row.parent))


def aliases_of(counties: list[str]) -> Iterator[AliasRow]:
    """Other names of the divisions that were drawn."""
    land = draw(1000, SEED)
    for county in counties:
        for row in alias_rows(land):
            if row.target_kind == "division":
                yield replace(row, target=moved_to(county, row.target))


def made_province(count: int, doors: int, folder: Path, questions: int) -> dict[str, Any]:
    """Build the index of so many counties, a file each, and write questions; run through :func:`tests.bench.alone.alone`.

    Gives wall seconds, for it is built on all cores, with the drawing of the rows in them; bytes of the head and of all.
    """
    counties, began = county_codes(count), time.perf_counter()
    rows, head = list(divisions_of(counties)), folder / "register.index"
    give = partial(rows_of, doors=doors)
    info = build_counties(head, rows, counties, give, aliases_of(counties), meta={"built_at": "bench"})
    built = time.perf_counter()
    replace_county(head, rows, counties[:1], give, aliases_of(counties))
    replaced = time.perf_counter()
    (folder / "asked.json").write_text(
        json.dumps(asked_in(counties, doors, questions, rows), ensure_ascii=False), "utf-8"
    )
    return {
        "build_s": built - began,
        "replace_s": replaced - built,
        "doors": info.counts["doors"],
        "head_bytes": info.size_bytes,
        "bytes": sum(file.stat().st_size for file in index_files(head)),
        "peak_mb": peak_mb(),
    }


def asked_in(counties: list[str], doors: int, questions: int, rows: list[DivisionRow]) -> dict[str, Any]:
    """Messy and clean texts, points and names, from a few counties that lie far apart, shuffled."""
    some = counties[:: max(1, len(counties) // 8)][:8]
    chosen = [door for county in some for door in _spread(county, doors, questions // len(some))]
    random.Random(SEED).shuffle(chosen)
    named = list(written(chosen, {row.code: row for row in reversed(rows)}.values()))
    return {
        "messy": distinct(perturb(named, SEED, times=2), questions),
        "clean": [[standard(w), w.code] for w in named],
        "points": [[d.lon, d.lat] for d in chosen],
        "names": list(dict.fromkeys(w.handle for w in named))[: questions // 4],
    }


def _spread(county: str, doors: int, questions: int) -> list[DoorRow]:
    return list(islice(rows_of(county, doors).doors, 0, None, max(1, doors // questions)))
