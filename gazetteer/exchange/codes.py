"""地名代码, 20 digits: county 6, township 3 (000 for none), class 5, serial 6. Given once, never again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange import terms

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

_PROVISIONAL: Final = text("""
    SELECT c.place_code, e.code, e.category, e.class_code FROM register.place_code c
    JOIN register.exchange_record e ON e.kind = c.kind AND e.code = c.code
    WHERE c.certainty = 'G' AND c.retired_on IS NULL ORDER BY c.place_code
""")
_COUNT_PROVISIONAL: Final = text("""
    SELECT count(*) FROM register.place_code c JOIN register.exchange_record e ON e.kind = c.kind AND e.code = c.code
    WHERE c.certainty = 'G' AND c.retired_on IS NULL
""")


def head_of(division: str, known: terms.Term) -> str:
    """The first 14 digits for a record of a division (12 digits) and a class."""
    return f"{division[:6]:0<6}{division[6:9]:0<3}{known.code}"


def give(db: Session, codes: Sequence[str] | None = None) -> int:
    """Give a code to every name in force that has none (or to some of them); gives how many were given.

    A code whose class is a guess is provisional (暂定): :func:`renew` replaces it once the bureau settles the class.
    """
    _alone(db)
    highest: dict[str, int] = defaultdict(int, {r.head: r.highest for r in db.execute(_HIGHEST)})
    table, rows = terms.classes(db), []
    for r in db.execute(_WITHOUT, {"codes": None if codes is None else list(codes)}):
        known = table.of(r.category, r.class_code)
        head = head_of(r.division, known)
        highest[head] += 1
        rows.append(
            {
                "place_code": f"{head}{highest[head]:06d}",
                "kind": r.kind,
                "code": r.code,
                "certainty": known.certainty,
            }
        )
    if rows:
        db.execute(
            text("INSERT INTO register.place_code (place_code, kind, code, certainty) "
                 "VALUES (:place_code, :kind, :code, :certainty)"),
            rows,
        )  # fmt: skip
    return len(rows)


def renew(db: Session) -> int:
    """Replace provisional codes whose class the bureau has settled otherwise; settle those that it confirmed as they are.

    Gives how many got another code. The codes they had are kept as retired and are never given again.
    """
    _alone(db)
    table = terms.classes(db)
    rows = db.execute(_PROVISIONAL).all()
    other = {r.place_code: table.of(r.category, r.class_code) for r in rows}
    wrong = [code for code, known in other.items() if known.code != code[9:14]]
    right = [code for code, known in other.items() if known.code == code[9:14] and known.settled]
    db.execute(
        text("UPDATE register.place_code SET retired_on = current_date WHERE place_code = ANY (:c)"),
        {"c": wrong},
    )
    db.execute(
        text("UPDATE register.place_code SET certainty = 'S' WHERE place_code = ANY (:c)"), {"c": right}
    )
    if wrong:
        again = set(wrong)
        give(db, [r.code for r in rows if r.place_code in again])
    return len(wrong)


def provisional(db: Session) -> int:
    """How many names in force have a code whose class is a guess (暂定码)."""
    return int(db.scalar(_COUNT_PROVISIONAL) or 0)


def _alone(db: Session) -> None:
    # One at a time, or two would count on from the same serial.
    db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('place-code', 0))"))
