"""地名代码, 20 digits: county 6, township 3 (000 for none), class 5, serial 6. Given once, never again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange.fields import class_of, classes

CODE: Final = re.compile(r"\d{20}")
# Retired records count too: a code is never given a second time.
_HIGHEST: Final = text("""
    SELECT left(c, 14) AS head, max(right(c, 6)::int) AS highest FROM (
      SELECT national_code AS c FROM register.place WHERE length(national_code) = 20
      UNION ALL SELECT national_code FROM register.place_history WHERE length(national_code) = 20
      UNION ALL SELECT place_code FROM register.place_code
    ) q GROUP BY 1
""")
_WITHOUT: Final = text("""
    SELECT kind, code, category, class_code, division FROM register.exchange_record
    WHERE place_code = '' AND (CAST(:codes AS text[]) IS NULL OR code = ANY (CAST(:codes AS text[]))) ORDER BY division, code
""")


def head_of(division: str, category: str, class_code: str = "") -> str:
    """The first 14 digits for a record of a division (12 digits) and a category or class."""
    known = class_code if class_code in classes() else class_of(category).code
    return f"{division[:6]:0<6}{division[6:9]:0<3}{known}"


def give(db: Session, codes: Sequence[str] | None = None) -> int:
    """Give a code to every name in force that has none (or to some of them); gives how many were given."""
    # One at a time, or two would count on from the same serial.
    db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('place-code', 0))"))
    highest: dict[str, int] = defaultdict(int, {r.head: r.highest for r in db.execute(_HIGHEST)})
    rows = []
    for r in db.execute(_WITHOUT, {"codes": None if codes is None else list(codes)}):
        head = head_of(r.division, r.category, r.class_code)
        highest[head] += 1
        rows.append({"place_code": f"{head}{highest[head]:06d}", "kind": r.kind, "code": r.code})
    if rows:
        db.execute(
            text(
                "INSERT INTO register.place_code (place_code, kind, code) VALUES (:place_code, :kind, :code)"
            ),
            rows,
        )
    return len(rows)
