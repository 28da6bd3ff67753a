"""A whole register's worth of messy rows at once, as ``diming geocode`` answers a file: every core, start included."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from gazetteer.address.answering.batch import geocode_rows
from gazetteer.address.answering.workers import on_this_machine
from gazetteer.sample import division_rows, door_rows, draw
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb
from tests.bench.registers import SEED


def whole_list(folder: Path, doors: int) -> dict[str, Any]:
    """Wall seconds for one messy text of every door of the register in ``folder``, and how many were applied.

    Run through :func:`tests.bench.alone.alone`. A list has many doors of each street, unlike the drawn questions of
    the other rows, which hardly ever name a street twice.
    """
    district = draw(doors, SEED)
    named = list(written(door_rows(district), list(division_rows(district, nation=True))))
    texts = [text for text, _, _ in perturb(named, SEED + 1, times=1)]
    began = time.perf_counter()
    rows = geocode_rows(folder / "register.index", texts, on_this_machine, workers=0)
    took = time.perf_counter() - began
    return {"rows": len(rows), "seconds": took, "auto": sum(row.status == "auto" for row in rows) / len(rows)}
