"""Portions of a batch in this process, or in several on this machine that share the mapped index."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

from gazetteer.address.answering.batch import Done, Outcome, Portion, answered
from gazetteer.address.answering.engine import Geocoder
from geo.collector import leave_alone, look_again

_AGAIN = 3
"""How often the workers are started anew after one was killed, before the batch gives up."""


def on_this_machine(
    index: Path, portions: Sequence[Portion], as_of: date | None, workers: int
) -> Iterator[Done]:
    """Every portion, as each is done; ``workers`` 0 takes one a core."""
    workers = min(workers or os.cpu_count() or 1, len(portions))
    if workers > 1:
        yield from _in_several(index, portions, as_of, workers)
        return
    engine = _ready(index)
    try:
        for number, texts in portions:
            yield number, answered(engine, texts, as_of)
    finally:
        look_again()


def _in_several(index: Path, portions: Sequence[Portion], as_of: date | None, workers: int) -> Iterator[Done]:
    """A worker that is killed takes the others with it: all are started anew, with what is left."""
    left = dict(portions)
    for trial in range(_AGAIN):
        try:
            for number, rows in _pooled(index, list(left.items()), as_of, workers):
                del left[number]
                yield number, rows
            return
        except BrokenProcessPool:
            if trial + 1 == _AGAIN:
                raise


def _pooled(index: Path, portions: Sequence[Portion], as_of: date | None, workers: int) -> Iterator[Done]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_open, initargs=(index,)) as pool:
        asked = {pool.submit(_in_worker, texts, as_of): number for number, texts in portions}
        for future in as_completed(asked):
            yield asked.pop(future), future.result()


_engine: Geocoder | None = None


def _open(index: Path) -> None:
    """Map the index once in each worker."""
    global _engine
    _engine = _ready(index)


def _ready(index: Path) -> Geocoder:
    """The engine, all its tables made; they stay as long as it, so that collections need not look at them again."""
    engine = Geocoder.open(index)
    engine.prepare()
    leave_alone()
    return engine


def _in_worker(texts: list[str], as_of: date | None) -> list[Outcome]:
    if _engine is None:  # the initializer always ran; without it there is nothing to answer from
        raise RuntimeError("worker without an index")
    return answered(_engine, texts, as_of)
