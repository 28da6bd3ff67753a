"""A made-up register of three counties for the tests of the index of many files: drawn once, told apart by their codes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from gazetteer.address.index import Rows, build_counties, build_index, replace_county
from gazetteer.address.model import AliasRow, DivisionRow, DoorRow, HandleRow
from gazetteer.base import divisions
from gazetteer.sample import alias_rows, division_rows, door_rows, draw, handle_rows

DRAWN = "331003"
COUNTIES = {"331002": 21, "331003": 22, "331004": 23}
"""椒江, 黄岩, 路桥, and the seed of what was drawn for each."""
DOORS = 600
EAST = {"331002": 0.5, "331003": 0.0, "331004": 1.0}


def _of(county: str, code: str) -> str:
    return county + code[6:] if code.startswith(DRAWN) else code


@cache
def rows(county: str) -> Rows:
    """The roads, doors and aliases of a county, with codes and at a place of its own."""
    district = draw(DOORS, COUNTIES[county])

    def here(row: Any) -> Any:
        codes = {
            name: _of(county, getattr(row, name))
            for name in ("code", "division", "handle")
            if hasattr(row, name)
        }
        return replace(row, lon=row.lon + EAST[county], **codes)

    aliases = [replace(a, target=_of(county, a.target)) for a in alias_rows(district)]
    handles: list[HandleRow] = [here(h) for h in handle_rows(district)]
    doors: list[DoorRow] = [here(d) for d in door_rows(district)]
    return Rows(handles, doors, aliases)


@cache
def all_divisions() -> tuple[DivisionRow, ...]:
    """The province above the counties, and below each the towns and villages of the drawn one."""
    wanted = [d for d in divisions() if d.level <= 3 and d.code[:2] in ("31", "33")]
    found = {d.code: DivisionRow(d.code, d.name, d.level, d.parent) for d in wanted}
    for county in COUNTIES:
        for row in division_rows(draw(DOORS, COUNTIES[DRAWN])):
            moved = replace(row, code=_of(county, row.code), parent=_of(county, row.parent))
            found.setdefault(moved.code, moved)
    return tuple(found.values())


def division_aliases() -> list[AliasRow]:
    """Other names of divisions, of all counties."""
    return [a for county in COUNTIES for a in rows(county).aliases if a.target_kind == "division"]


def one_file(path: Path) -> None:
    """All counties in one file."""
    every = [rows(county) for county in COUNTIES]
    build_index(
        path,
        all_divisions(),
        [h for r in every for h in r.handles],
        [d for r in every for d in r.doors],
        [*division_aliases(), *(a for r in every for a in r.aliases if a.target_kind != "division")],
    )


def many_files(path: Path, workers: int = 1) -> None:
    """A file a county."""
    build_counties(path, all_divisions(), COUNTIES, rows, division_aliases(), workers=workers)


def without(county: str, door: str) -> Rows:
    """A county as it is after a door was taken away."""
    given = rows(county)
    return given._replace(doors=[d for d in given.doors if d.code != door])


def replaced(path: Path, county: str, door: str) -> None:
    """Write one county anew, without a door."""
    replace_county(path, all_divisions(), [county], partial(without, door=door), division_aliases())
