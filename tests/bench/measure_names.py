"""The road audit over a real network and over one of 20,000 segments, and the naming checks over many names."""

from __future__ import annotations

import time
from dataclasses import replace

import shapely
from shapely.geometry import LineString

from gazetteer.naming.check import check
from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.model import NamedPlace, Proposal
from gazetteer.road_audit import KINDS, Segment, audit, counts
from gazetteer.road_audit.from_file import segments_of
from tests.bench.frame import Context, Row, measurement
from tests.naming import DAY, HUANGYAN

FUTIAN = "data/roads/futian_roads_osm.geojson"
COPIES = 5
"""Of the 4,009 edges, side by side: a network of the size that a large district has."""


@measurement("names", "Road audit of Futian's network, and of five beside each other", needs_shared=True)
def names(context: Context) -> list[Row]:
    """Real names and lines (OpenStreetMap, 4,009 edges); wall clock of one process."""
    assert context.shared is not None
    began = time.perf_counter()
    lines = segments_of(context.shared / FUTIAN)
    read_s = time.perf_counter() - began
    found, once_s = _timed(lines)
    many = lines if context.quick else [moved for n in range(COPIES) for moved in _beside(lines, n)]
    _, many_s = _timed(many)
    rows = [Row("edges read", f"{len(lines):,} in {read_s:.2f} s"), Row("audit of them", f"{once_s:.2f} s")]
    rows += [
        Row(f"found: {KINDS[kind]}", f"{number}") for kind, number in found.items() if kind != "unregistered"
    ]
    return [*rows, Row(f"audit of {len(many):,} edges", f"{many_s:.2f} s", "seconds")]


@measurement("naming-checks", "Checks N01-N23 of a name beside 20,000 names")
def naming_checks(context: Context) -> list[Row]:
    """Made-up roads on a grid; 200 proposals, all 23 checks each."""
    count, asked = (2_000, 40) if context.quick else (20_000, 200)
    around = MemoryRegister([_road(n) for n in range(count)])
    began = time.perf_counter()
    for n in range(asked):
        row = _road(n * 7)
        check(Proposal(f"橘{row.name}", "E", "331003001", DAY, geometry=row.geometry), around, HUANGYAN)
    each_ms = (time.perf_counter() - began) * 1000 / asked
    return [Row("23 checks of one name", f"{each_ms:.1f} ms", "while one types")]


def _timed(lines: list[Segment]) -> tuple[dict[str, int], float]:
    began = time.perf_counter()
    found = counts(audit(lines))
    return found, time.perf_counter() - began


def _beside(lines: list[Segment], copy: int) -> list[Segment]:
    """The network again half a degree to the west, with names and numbers of its own."""
    return [
        replace(line, id=line.id + copy * 1_000_000, names=tuple(f"{name}{copy or ''}" for name in line.names),
                line=shapely.transform(line.line, lambda xy: xy - [0.5 * copy, 0.0]))
        for line in lines
    ]  # fmt: skip


def _road(n: int) -> NamedPlace:
    first, second = (
        "永澄橘方九宁溪院头山沙埠高桥新前江口北洋"[n % 20],
        "安宁和平泰康乐兴盛昌隆庆福寿禄喜春夏秋冬"[n // 20 % 20],
    )
    x, y = 121.0 + n % 200 * 0.002, 28.5 + n // 200 * 0.002
    name = f"{first}{second}{'东西南北中'[n // 400 % 5]}路"
    return NamedPlace(f"r{n}", name, "E", "331003001", LineString([(x, y), (x + 0.0015, y)]))
