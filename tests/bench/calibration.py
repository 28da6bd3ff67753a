"""How often answers of each confidence are right: on made registers that lack doors, and on real addresses."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gazetteer import base
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.matching.confidence_cases import incomplete
from gazetteer.address.matching.registered import split_registered
from gazetteer.address.model import Answer, DivisionRow, DoorRow
from gazetteer.sample.counties import NEIGHBOURS, several
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb

SAME_DEG = 2e-5
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Bounds of the classes of confidence."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer with a door, or ``auto``: how sure it was, whether it was right, whether a door is registered."""

    sure: float
    auto: bool
    right: bool
    listed: bool


def of_made(doors: int, texts: int, seed: int, folder: Path) -> Iterator[Judged]:
    """Five counties that share road names, one door in eight and one road in twenty unregistered."""
    rows, rng = several(doors // len(NEIGHBOURS), seed), random.Random(seed)
    asked = list(written(rng.sample(rows.doors, texts), rows.divisions))
    engine = incomplete(rows, rng, folder / "made.index")
    known = {engine.index.door_code[n] for n in range(engine.index.info.counts["doors"])}
    for text, _, code in perturb(asked, seed):
        answer = engine.geocode(text)
        right = answer.best is not None and answer.best.code == code != ""
        yield from judged(answer, right, code in known)


def of_real(folder: Path, made_in: Path) -> Iterator[Judged]:
    """Real addresses and points: the scorer's truth, a door is right at the register's own point."""
    divisions = [DivisionRow(d.code, d.name, d.level, d.parent) for d in base.divisions()]
    counties = {d.name: d.code for d in divisions if d.level == 3 and d.code.startswith("31")}
    build_index(made_in / "real.index", divisions, [], _doors(folder, counties))
    engine = Geocoder.open(made_in / "real.index")
    truth = {row["id"]: row for row in _rows(folder / "truth.csv")}
    for row in _rows(folder / "queries.csv"):
        answer, known = engine.geocode(row["address"]), truth[row["id"]]
        listed = bool(known["register_lon"])
        best = answer.best
        right = listed and best is not None and (
            abs(best.lon - float(known["register_lon"])) < SAME_DEG
            and abs(best.lat - float(known["register_lat"])) < SAME_DEG
        )  # fmt: skip
        yield from judged(answer, right, listed)


def judged(answer: Answer, right: bool, listed: bool) -> Iterator[Judged]:
    """What counts: answers with a door, and whatever was applied without a person."""
    if answer.best is not None and (answer.best.level == "door" or answer.status == "auto"):
        yield Judged(answer.confidence, answer.status == "auto", right, listed)


@dataclass(frozen=True, slots=True)
class Class:
    """Answers of about the same confidence."""

    low: float
    high: float
    count: int
    said: float
    right: float


def classes(found: Sequence[Judged]) -> list[Class]:
    """The classes that hold answers, the least sure first."""
    made = []
    for low, high in pairwise(EDGES):
        inside = [j for j in found if low <= j.sure < high or (high == 1.0 and j.sure == 1.0)]
        if inside:
            said, right = (
                sum(values) / len(inside) for values in ([j.sure for j in inside], [j.right for j in inside])
            )
            made.append(Class(low, high, len(inside), said, right))
    return made


def expected_error(parts: Iterable[Class]) -> float:
    """Mean distance of what was said from what came true, each class by its size (ECE)."""
    known = list(parts)
    return sum(c.count * abs(c.said - c.right) for c in known) / max(1, sum(c.count for c in known))


def _doors(folder: Path, counties: dict[str, str]) -> Iterator[DoorRow]:
    for row in _rows(folder / "reference_addresses.csv"):
        part = split_registered(row["address"])
        lon, lat = float(row["lon"]), float(row["lat"])
        yield DoorRow(
            row["id"], "", part.handle, part.number, counties[row["county"]], lon, lat, row["name"]
        )  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))
