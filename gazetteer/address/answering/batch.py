"""Many addresses at once: in this process or in several that share the mapped index; rows out are rows in."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Answer

CHUNK = 2000
COLUMNS = (
    "status",
    "level",
    "confidence",
    "standard_address",
    "code",
    "lon",
    "lat",
    "corrections",
    "alternatives",
)


class Outcome(NamedTuple):
    """The answer to one row as it is written out; coordinates are CGCS2000 degrees, None where there is none."""

    status: str
    level: str
    confidence: float
    standard_address: str
    code: str
    lon: float | None
    lat: float | None
    corrections: str
    """Sentences, parted by a semicolon."""
    alternatives: str
    """Other standard addresses, parted by a semicolon."""


def outcome(answer: Answer) -> Outcome:
    """An answer as one row; what keeps it from being applied is said first."""
    best = answer.best
    said = [best.note] if best and best.note else []
    said += [s.reason for s in answer.corrections]
    corrections = ";".join(dict.fromkeys(s for s in said if s))
    if best is None:
        return Outcome(answer.status, "", 0.0, "", "", None, None, corrections, "")
    others = ";".join(c.standard_address for c in answer.candidates[1:4])
    placed = best.lon == best.lon
    return Outcome(
        answer.status, best.level, round(answer.confidence, 4), best.standard_address, best.code,
        best.lon if placed else None, best.lat if placed else None, corrections, others,
    )  # fmt: skip


def geocode_rows(
    index: Path,
    texts: Sequence[str | None],
    *,
    as_of: date | None = None,
    workers: int = 1,
    advance: Callable[[int], None] | None = None,
) -> list[Outcome]:
    """Outcomes of all texts in their order; an empty or missing text gives ``none`` with the reason.

    Args:
        index: the index file; every worker maps the same one.
        texts: one address a row.
        as_of: the day of the register's state.
        workers: processes; 1 stays in this one. 0 takes one a core.
        advance: called with the number of rows done since the last call.
    """
    workers = workers or os.cpu_count() or 1
    # Alike texts side by side: the roads and prefixes they share are looked up once in each process.
    order = sorted(range(len(texts)), key=lambda i: texts[i] or "")
    chunks = [order[at : at + CHUNK] for at in range(0, len(order), CHUNK)]
    found: list[Outcome | None] = [None] * len(texts)
    for chunk, rows in zip(chunks, _answered(index, texts, chunks, as_of, workers), strict=True):
        for at, row in zip(chunk, rows, strict=True):
            found[at] = row
        if advance:
            advance(len(chunk))
    return [row for row in found if row is not None]


def _answered(
    index: Path, texts: Sequence[str | None], chunks: list[list[int]], as_of: date | None, workers: int
) -> Iterator[list[Outcome]]:
    parts = ([texts[i] or "" for i in chunk] for chunk in chunks)
    if workers == 1 or len(chunks) < 2:
        engine = Geocoder.open(index)
        yield from (_rows(engine, part, as_of) for part in parts)
        return
    context = multiprocessing.get_context("spawn")
    count = min(workers, len(chunks))
    with ProcessPoolExecutor(count, context, initializer=_open, initargs=(index,)) as pool:
        yield from pool.map(partial(_in_worker, as_of=as_of), parts)


def _rows(engine: Geocoder, texts: list[str], as_of: date | None) -> list[Outcome]:
    found: list[Outcome] = []
    for at, text in enumerate(texts):
        same = at and text == texts[at - 1]
        found.append(found[-1] if same else outcome(engine.geocode_lean(text, as_of=as_of)))
    return found


_engine: Geocoder | None = None


def _open(index: Path) -> None:
    """Map the index once in each worker."""
    global _engine
    _engine = Geocoder.open(index)
    # The index and its lexicon stay as long as the worker: collections need not look at them again and again.
    gc.collect()
    gc.freeze()


def _in_worker(texts: list[str], *, as_of: date | None) -> list[Outcome]:
    if _engine is None:  # the initializer always ran; without it there is nothing to answer from
        raise RuntimeError("worker without an index")
    return _rows(_engine, texts, as_of)
