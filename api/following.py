"""Answers that papers of the register lead on (承继与证明): a retired number to its successor, a certified wording to its door.

The chain of successors stands in ``register.address_succession``; a 地名（地址）证明 says that several wordings mean one
property. Both are read when the register's changes are laid over the index, so they hold at every door at once: search
page, interface, other geocoders' words, batches.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.live import LiveGeocoder
from gazetteer.address.matching.keys import fold
from gazetteer.address.matching.numbers import canonical
from gazetteer.address.model import Answer, Candidate, Step

_CHAIN = """
    WITH RECURSIVE chain AS (
      SELECT predecessor, successor, 1 AS step FROM register.address_succession
      UNION ALL
      SELECT c.predecessor, s.successor, c.step + 1 FROM chain c
      JOIN register.address_succession s ON s.predecessor = c.successor WHERE c.step < 20
    )
"""
_PAIRS = text(f"""
    {_CHAIN}
    SELECT o.handle_name, o.number, o.sub, o.standard_address AS old, n.code, n.standard_address AS new
    FROM chain c JOIN register.address o ON o.code = c.predecessor AND o.valid_to IS NOT NULL
    JOIN register.address n ON n.code = c.successor AND n.valid_to IS NULL
""")  # noqa: S608
# What a proof says of a door that has ended since holds for the one that took its place.
_PROOFS = text(f"""
    {_CHAIN}
    SELECT x.alias, n.code, n.standard_address AS new, n.county
    FROM register.alias x JOIN register.alias_target t ON t.alias = x.id
    JOIN LATERAL (
      SELECT t.address AS code UNION ALL SELECT c.successor FROM chain c WHERE c.predecessor = t.address) meant ON true
    JOIN register.address n ON n.code = meant.code AND n.valid_to IS NULL
    WHERE x.kind = '同一不动产' AND x.valid_to IS NULL
""")  # noqa: S608
_NAMES = text("SELECT name FROM register.division WHERE code = ANY (:codes)")
Door = tuple[str, str]
"""Code and standard address."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What the register's papers say.

    Attributes:
        retired: handle name and number of a retired door -> its standard address and the door that took its place.
        certified: folded wording without province, city and county -> the doors it means.
        above: names of those three levels, the longest first.
    """

    retired: dict[tuple[str, str], list[tuple[str, Door]]] = field(default_factory=dict)
    certified: dict[str, set[Door]] = field(default_factory=dict)
    above: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.retired or self.certified)

    def bare(self, said: str) -> str:
        """A wording for comparison: folded, without the province, city and county before it."""
        rest = fold(said)
        while (name := next((n for n in self.above if rest.startswith(n)), "")) and len(rest) > len(name):
            rest = rest[len(name) :]
        return rest


def papers_of(db: Session) -> Papers:
    """Read every succession and every certified wording in force."""
    proofs = db.execute(_PROOFS).all()
    papers = Papers(above=_above(db, {row.county for row in proofs}))
    for row in db.execute(_PAIRS):
        number = f"{row.number}-{row.sub}" if row.sub else row.number
        papers.retired.setdefault((row.handle_name, number), []).append((row.old, (row.code, row.new)))
    for row in proofs:
        papers.certified.setdefault(papers.bare(row.alias), set()).add((row.code, row.new))
    return papers


def _above(db: Session, counties: set[str]) -> tuple[str, ...]:
    """Names of these counties, their cities and provinces, the longest first."""
    codes = {county[:digits].ljust(12, "0") for county in counties for digits in (2, 4, 6)}
    return tuple(
        sorted((fold(name) for name in db.scalars(_NAMES, {"codes": list(codes)})), key=len, reverse=True)
    )


def following(engine: Geocoder, papers: Papers) -> Geocoder:
    """The engine, led on by the papers; the engine itself where there are none."""
    if not papers:
        return engine
    return (_FollowingLive if isinstance(engine, LiveGeocoder) else _Following)(engine, papers)


class _Following(Geocoder):
    """An engine whose answers follow the papers of the register."""

    def __init__(self, engine: Geocoder, papers: Papers) -> None:
        # What the engine has learnt and holds open is shared; only its answers are looked at once more.
        self.__dict__.update(engine.__dict__)
        self._papers = papers

    def geocode(self, text: str, *, as_of: date | None = None, **asked: Any) -> Answer:
        """As the engine answers; on a day of the past as the register was then, without today's papers."""
        answer = super().geocode(text, as_of=as_of, **asked)
        return answer if as_of is not None else self._followed(text, answer, asked.get("division"))

    def geocode_lean(self, text: str, *, as_of: date | None = None, **asked: Any) -> Answer:
        """The same for a batch."""
        answer = super().geocode_lean(text, as_of=as_of, **asked)
        return answer if as_of is not None else self._followed(text, answer)

    def _followed(self, text: str, answer: Answer, division: str | None = None) -> Answer:
        # A door that bears the very wording today is the answer, whatever a paper said of another.
        if answer.status == "auto" and answer.best is not None and answer.best.level == "door":
            return answer
        return self._certified(text, answer, division) or self._succeeded(answer, division) or answer

    def _certified(self, text: str, answer: Answer, division: str | None) -> Answer | None:
        """What a 地名证明 says of exactly this wording: sure where it names one door, else for a person to choose."""
        doors = (
            self._papers.certified.get(self._papers.bare(text), set()) if self._papers.certified else set()
        )
        found = [one for door in sorted(doors) if (one := self._door(door, division))]
        if not found:
            return None
        told = [replace(one, note="经地名（地址）证明，与所写地址指向同一不动产") for one in found[:4]]
        status: Literal["auto", "review"] = "auto" if len(doors) == 1 else "review"
        said = Step(
            "certified", text, told[0].standard_address, f"{told[0].note}：“{told[0].standard_address}”"
        )
        return replace(
            answer, status=status, confidence=told[0].confidence, candidates=tuple(told), corrections=(*answer.corrections, said)
        )  # fmt: skip

    def _succeeded(self, answer: Answer, division: str | None) -> Answer | None:
        """The door that took the place of the retired one that was asked for, for a person to see."""
        number, best = answer.parsed.first("no"), answer.best
        if best is None or best.level == "door" or number is None or not best.street:
            return None
        sub = answer.parsed.first("sub")
        asked = canonical(number.text + (f"-{sub.text}" if sub else ""))
        above = "".join(best.divisions[:3])
        pairs = self._papers.retired.get((best.street, asked), ())
        doors = {door for old, door in pairs if old.startswith(above)}
        found = self._door(doors.pop(), division) if len(doors) == 1 else None
        if found is None:
            return None
        told = replace(found, note=f"{best.street}{number.text}已停用，现为此门牌")
        candidates = (told, *answer.candidates[:3])
        said = Step("successor", best.street + number.text, told.standard_address, told.note)
        steps = (*answer.corrections, said)
        return replace(
            answer, status="review", confidence=told.confidence, candidates=candidates, corrections=steps
        )

    def _door(self, door: Door, division: str | None) -> Candidate | None:
        """The door as the engine tells it, by its own standard address; None where it lies outside what was asked for."""
        best = super().geocode(door[1], division=division).best
        return best if best is not None and best.code == door[0] else None


class _FollowingLive(_Following, LiveGeocoder):
    """The same over an index with its changes."""
