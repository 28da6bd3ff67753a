"""The made-up set on which peers were measured: 100,000 doors on 500 roads of one district, and questions to it."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gazetteer.address.index import build_index
from gazetteer.address.model import DivisionRow, DoorRow, HandleRow
from tests.bench.registers import nation

COUNTY = "331003"
SETS = ("queries2400", "queries_messy184", "queries_neg120")


@dataclass(frozen=True)
class Question:
    """A text and the point that is right (WGS 84 degrees), or None where no door is."""

    text: str
    style: str
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Road:
    """A road with its doors: number to point."""

    code: str
    name: str
    town: str
    lon: float
    lat: float
    doors: dict[int, tuple[float, float]]


def questions(folder: Path, name: str) -> list[Question]:
    """One of ``SETS``."""
    rows = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return [Question(r["q"], r["style"], (r["lon"], r["lat"]) if r["num"] >= 0 else None) for r in rows]


def roads(folder: Path) -> list[Road]:
    """The whole register."""
    found = {}
    with (folder / "roads.tsv").open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t"):
            road = Road(f"R{r['id']}", r["road"], r["town"], float(r["lon"]), float(r["lat"]), {})
            found[r["town"], r["road"]] = road
    with gzip.open(folder / "addr.tsv.gz", "rt", encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t"):
            found[r["town"], r["road"]].doors[int(r["num"])] = (float(r["lon"]), float(r["lat"]))
    return list(found.values())


def index(folder: Path, path: Path) -> None:
    """The register as an address index, below the nation's real divisions."""
    given, rows = roads(folder), nation()
    towns = {d.name: d.code for d in rows if d.level == 4 and d.code.startswith(COUNTY)}
    # The set was made up: towns that are written otherwise today, or are none, stand in it as it says.
    for name in sorted({r.town for r in given} - set(towns)):
        towns[name] = f"{COUNTY}{900 + len(towns)}000"
        rows.append(DivisionRow(towns[name], name, 4, f"{COUNTY}000000"))
    handles = [HandleRow(r.code, "road", r.name, towns[r.town], r.lon, r.lat) for r in given]
    build_index(path, rows, handles, _doors(given, towns))


def _doors(given: list[Road], towns: dict[str, str]) -> Iterator[DoorRow]:
    for road in given:
        for number, (lon, lat) in road.doors.items():
            code = f"{road.code}-{number}"
            yield DoorRow(code, road.code, road.name, str(number), towns[road.town], lon, lat)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two near points, on a sphere."""
    east = (one[0] - other[0]) * np.cos(np.radians(one[1]))
    return float(np.hypot(east, one[1] - other[1]) * 111_195)
