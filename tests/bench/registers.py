"""Made registers of any size as index files, and questions to them whose right answers are known."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from gazetteer.address.index import build_index
from gazetteer.address.model import DivisionRow, DoorRow
from gazetteer.base import divisions
from gazetteer.sample import District, alias_rows, division_rows, door_rows, draw, handle_rows
from gazetteer.sample.envelope import Written, written
from gazetteer.sample.messy import perturb
from gazetteer.sample.messy_kinds import parts_of
from tests.bench.alone import peak_mb

SIZES = (20_000, 370_000, 3_700_000)
# The shipped confidence was fitted on other districts: the texts here must not be the ones it was fitted on.
SEED = 20_261


def made(doors: int, folder: Path, questions: int) -> dict[str, Any]:
    """Draw a district and build its index; run through :func:`tests.bench.alone.alone`.

    Writes ``register.index`` and ``asked.json`` into the folder. Gives seconds and bytes.
    """
    began = time.process_time()
    district = draw(doors, SEED)
    drawn = time.process_time()
    # The rows are made while the builder reads them; the time of the making alone is taken off below.
    index = folder / "register.index"
    info = build_index(
        index,
        division_rows(district, nation=True),
        handle_rows(district),
        door_rows(district),
        alias_rows(district),
        meta={"built_at": "bench"},
    )
    built, peak = time.process_time(), peak_mb()
    for _ in door_rows(district):
        pass
    making = time.process_time() - built
    (folder / "asked.json").write_text(
        json.dumps(asked_of(district, doors, questions), ensure_ascii=False), encoding="utf-8"
    )
    return {
        "draw_s": drawn - began,
        "build_s": built - drawn - making,
        "bytes": info.size_bytes,
        "doors": info.counts["doors"],
        "handles": info.counts["handles"],
        "peak_mb": peak,
    }


def asked_of(district: District, doors: int, questions: int) -> dict[str, Any]:
    """Messy and clean texts, points and names: spread evenly over the register."""
    rows = list(division_rows(district, nation=True))
    chosen = list(_spread(district, doors, questions))
    named = list(written(chosen, rows))
    return {
        "messy": distinct(perturb(named, SEED, times=2), questions),
        "clean": [[standard(w), w.code] for w in named],
        "points": [[d.lon, d.lat] for d in chosen],
        "names": _names(district, questions // 4),
    }


def _spread(district: District, doors: int, questions: int) -> Iterator[DoorRow]:
    return islice(door_rows(district), 0, None, max(1, doors // questions))


def distinct(texts: Iterator[tuple[str, str, str]], questions: int) -> list[tuple[str, str, str]]:
    """Each text once: an engine that remembers answers must not gain by it."""
    return list(islice({t[0]: t for t in texts}.values(), questions))


def standard(door: Written) -> str:
    """A door as it should be written."""
    return "".join(parts_of(door).values())


def _names(district: District, count: int) -> list[str]:
    """Names of roads, hamlets, estates and places to be completed, each once, spread over all."""
    names = list(dict.fromkeys(h.name for h in handle_rows(district)))
    return names[:: max(1, len(names) // count)][:count]


def nation() -> list[DivisionRow]:
    """The nation's divisions as the product ships them, without points."""
    return [DivisionRow(d.code, d.name, d.level, d.parent) for d in divisions()]
