"""A retired number answers with its successor (门牌承继): asked for by its old wording, the address that took its place.

The chain stands in ``register.address_succession``. It is read once for each state of the live engine, which is made
anew with every change of the register, so a succession is known as soon as its new door is.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from sqlalchemy import text
from starlette.concurrency import run_in_threadpool

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.matching.numbers import canonical
from gazetteer.address.model import Answer
from geo.store.engine import session

_PAIRS = text("""
    WITH RECURSIVE chain AS (
      SELECT predecessor, successor, 1 AS step FROM register.address_succession
      UNION ALL
      SELECT c.predecessor, s.successor, c.step + 1 FROM chain c
      JOIN register.address_succession s ON s.predecessor = c.successor WHERE c.step < 20
    )
    SELECT o.handle_name, o.number, o.sub, o.standard_address AS old, n.standard_address AS new
    FROM chain c JOIN register.address o ON o.code = c.predecessor AND o.valid_to IS NOT NULL
    JOIN register.address n ON n.code = c.successor AND n.valid_to IS NULL
""")
Key = tuple[str, str]
_known: WeakKeyDictionary[Geocoder, dict[Key, list[tuple[str, str]]]] = WeakKeyDictionary()


async def followed(engine: Geocoder, answer: Answer) -> Answer:
    """The answer, or where it found no door and the asked number was retired, that of its successor, for a person to see."""
    number = answer.parsed.first("no")
    best = answer.best
    if best is None or best.level == "door" or number is None or not best.street:
        return answer
    pairs = _known.get(engine)
    if pairs is None:
        pairs = _known[engine] = await run_in_threadpool(_read)
    sub = answer.parsed.first("sub")
    asked = canonical(number.text + (f"-{sub.text}" if sub else ""))
    above = "".join(best.divisions[:3])
    found = {new for old, new in pairs.get((best.street, asked), ()) if old.startswith(above)}
    if len(found) != 1:
        return answer
    now = engine.geocode(found.pop())
    if now.best is None:
        return answer
    told = replace(now.best, note=f"{best.street}{number.text}已停用，现为此门牌")
    return replace(
        answer, status="review", confidence=now.confidence, candidates=(told, *answer.candidates[:3])
    )


def _read() -> dict[Key, list[tuple[str, str]]]:
    found: dict[Key, list[tuple[str, str]]] = {}
    with session() as db:
        for row in db.execute(_PAIRS):
            number = f"{row.number}-{row.sub}" if row.sub else row.number
            found.setdefault((row.handle_name, number), []).append((row.old, row.new))
    return found
