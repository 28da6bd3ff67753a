"""Many addresses at once: each different text is answered once, rows out are rows in, what was done is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Answer

CHUNK = 2000
"""Different texts in a portion: a second of work, and what a killed run loses at most."""
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


Portion = tuple[int, list[str]]
"""A number and texts, all different and sorted: alike ones side by side, so that what they share is looked up once."""
Done = tuple[int, list[Outcome]]


class Run(Protocol):
    """Answers portions in any order: in this process, in several, on other machines."""

    def __call__(
        self, index: Path, portions: Sequence[Portion], as_of: date | None, workers: int
    ) -> Iterator[Done]:
        """Every portion once, as each is done."""
        ...


class Kept(Protocol):
    """Where portions that are done outlive this process."""

    def begin(
        self, index: Path, texts: Sequence[str], as_of: date | None, size: int
    ) -> dict[int, list[Outcome]]:
        """What an earlier run over the same texts has done."""
        ...

    def add(self, number: int, rows: Sequence[Outcome]) -> None:
        """Keep a portion."""
        ...


def geocode_rows(
    index: Path,
    texts: Sequence[str | None],
    run: Run,
    *,
    as_of: date | None = None,
    workers: int = 1,
    advance: Callable[[int], None] | None = None,
    kept: Kept | None = None,
) -> list[Outcome]:
    """Outcomes of all texts in their order; an empty or missing text gives ``none`` with the reason.

    Args:
        index: the index file; every worker maps the same one.
        texts: one address a row.
        run: who answers.
        as_of: the day of the register's state.
        workers: processes; 1 stays in this one. 0 takes one a core.
        advance: called with the number of rows done since the last call.
        kept: keeps what is done and gives back what an earlier run has done.
    """
    rows_of = Counter(text or "" for text in texts)
    distinct, size = sorted(rows_of), CHUNK
    portions = [(at // size, distinct[at : at + size]) for at in range(0, len(distinct), size)]
    before = kept.begin(index, distinct, as_of, size) if kept else {}
    left = [portion for portion in portions if portion[0] not in before]
    known: dict[str, Outcome] = {}
    for number, found in chain(before.items(), run(index, left, as_of, workers) if left else ()):
        if kept and number not in before:
            kept.add(number, found)
        asked = portions[number][1]
        known.update(zip(asked, found, strict=True))
        if advance:
            advance(sum(rows_of[text] for text in asked))
    return [known[text or ""] for text in texts]


def answered(engine: Geocoder, texts: Sequence[str], as_of: date | None) -> list[Outcome]:
    """The outcomes of one portion: the same function wherever it runs."""
    return [outcome(engine.geocode_lean(text, as_of=as_of)) for text in texts]
