"""Questions with known answers to registers that lack some of the doors and roads asked for (置信度样本)."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from gazetteer.address.answering.engine import Geocoder, searchable
from gazetteer.address.index import build_index
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.namesakes import namesakes
from gazetteer.address.matching.sureness import evidence
from gazetteer.address.model import DoorRow
from gazetteer.address.words.text import normalise
from gazetteer.sample.counties import NEIGHBOURS, Rows, several
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb

DOORS = 20_000
TEXTS = 16_000
DOORS_OUT, ROADS_OUT = 0.12, 0.05
Case = tuple[dict[str, float], bool]
"""Evidence for the best reading, and whether it was right."""


def cases(seed: int, counties: Sequence[str] | None = None) -> Iterator[tuple[str, Case]]:
    """``door`` or ``place`` with evidence and truth, for every text that was answered at all.

    Args:
        seed: of the draw; the same seed gives the same cases.
        counties: six-digit codes; without them five, whose roads share names.
    """
    chosen = counties or NEIGHBOURS
    rows, rng = several(DOORS // len(chosen), seed, chosen), random.Random(seed)  # noqa: S311 - a sample
    asked = rng.sample(rows.doors, min(TEXTS, len(rows.doors)))
    with tempfile.TemporaryDirectory() as folder:
        engine = incomplete(rows, rng, Path(folder) / "fit.index")
        door_of = {row.code: row for row in asked}
        for text, _, code in perturb(list(written(asked, rows.divisions)), seed=seed):
            matches = engine.matches(searchable(normalise(text)))
            # The sample's doors bear no names of shops: what is found by a name there says nothing of real ones.
            if matches and (matches[0].door is None or matches[0].hit.key != "name"):
                right = _is_right(engine.index, matches[0], door_of.get(code))
                what = "place" if matches[0].door is None else "door"
                yield what, (evidence(engine.index, matches, len(namesakes(engine.index, matches))), right)


def incomplete(rows: Rows, rng: random.Random, path: Path) -> Geocoder:
    """A geocoder over a register from which some doors and some whole roads are missing."""
    absent = {h.code for h in rows.handles if rng.random() < ROADS_OUT}
    kept = [d for d in rows.doors if d.handle not in absent and rng.random() >= DOORS_OUT]
    build_index(path, rows.divisions, [h for h in rows.handles if h.code not in absent], kept)
    return Geocoder.open(path)


def _is_right(index: Index, best: Match, asked: DoorRow | None) -> bool:
    """Whether a reading is the door asked for; where none is given, whether it is the road or division it lies on."""
    if best.door is not None:
        return asked is not None and index.door_code[best.door] == asked.code
    if asked is None:
        return True
    if best.hit.handle != NONE:
        return index.pool[index.handle_code[best.hit.handle]] == asked.handle
    return asked.division.startswith(index.pool[index.div_code[best.division]].rstrip("0"))


__all__ = ["Case", "cases", "incomplete"]
