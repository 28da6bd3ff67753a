"""What the register itself can find: addresses and names by the engine (also by pinyin), records by code, reports."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from api import lookup, surroundings
from api.desks.finding import Found, Provider
from api.pages.results import LEVEL_WORDS
from api.rights import RIGHTS
from geo.problems import Problem

_ASKED: Final = 4
# A code has a digit in it (331003R00001, A7K3M9QX, twenty digits); a word of letters alone is pinyin.
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z-]{5,40}$")
_BY_CODE = text("""
    SELECT code, standard_address AS name, '地址' AS kind FROM register.address WHERE code = upper(:code)
    UNION ALL SELECT code, name, '道路' FROM register.road WHERE code = upper(:code)
    UNION ALL SELECT code, standard_name, '地名' FROM register.place
      WHERE code = upper(:code) OR (national_code <> '' AND national_code = :code)
    UNION ALL SELECT code, name, '区划' FROM register.division WHERE code = :code
    LIMIT :most
""")
_FACILITY = text("""
    SELECT f.code, f.name, d.name AS town FROM register.facility f
    LEFT JOIN register.division d ON d.code = rpad(left(f.division, 9), 12, '0')
    WHERE f.kind = :kind AND f.valid_to IS NULL
      AND (strpos(f.name, :words) > 0 OR f.code = upper(:words) OR strpos(f.name || coalesce(d.name, ''), :words) > 0)
    ORDER BY f.name <> :words, length(f.name), f.name LIMIT :most
""")
_LIST = text("""
    SELECT id, file_name, row_count FROM register.repair_batch WHERE strpos(file_name, :words) > 0
    ORDER BY id DESC LIMIT :most
""")
_REPORT = re.compile(r"^BC0*(\d{1,12})$", re.IGNORECASE)
_REPORT_ROW = text("SELECT id, text FROM register.report WHERE id = :id")


def names(db: Session, words: str, most: int) -> list[Found]:
    """Names and doors by characters, pinyin or initials; a whole address by the engine."""
    try:
        engine = lookup.engine()
    except Problem:
        # Without an index the other kinds can still be found.
        return []
    completed = [Found(s.standard_address or s.text, f"/a/{s.code}", LEVEL_WORDS.get(s.level, ""))
                 for s in engine.suggest(words, _ASKED * most) if s.code]  # fmt: skip
    if completed:
        # An office means its own 永宁大道, not 永宁县 of another province.
        home = surroundings.of_data().district
        return sorted(completed, key=lambda found: home not in found.title)[:most]
    candidates = engine.geocode(words, limit=most).candidates
    return [
        Found(c.standard_address, f"/a/{c.code}", LEVEL_WORDS.get(c.level, "")) for c in candidates if c.code
    ]


def codes(db: Session, words: str, most: int) -> list[Found]:
    """The record that has this code, also a national one of 20 digits."""
    if not _CODE.match(words):
        return []
    rows = db.execute(_BY_CODE, {"code": words, "most": most})
    return [Found(row.name, f"/a/{row.code}", f"{row.kind} {row.code}") for row in rows]


def reports(db: Session, words: str, most: int) -> list[Found]:
    """The report with this number."""
    match = _REPORT.match(words)
    row = db.execute(_REPORT_ROW, {"id": int(match[1])}).one_or_none() if match else None
    return [Found(row.text[:40], f"/desk/reports/{words.upper()}", "报错")] if row else []


def meals(db: Session, words: str, most: int) -> list[Found]:
    """Meal points (助餐点) by name, code or address."""
    return _facilities(db, words, most, "meal", "/desk/meals")


def cemeteries(db: Session, words: str, most: int) -> list[Found]:
    """Cemeteries (公墓) by name, code or address."""
    return _facilities(db, words, most, "cemetery", "/desk/cemeteries")


def _facilities(db: Session, words: str, most: int, kind: str, home: str) -> list[Found]:
    rows = db.execute(_FACILITY, {"kind": kind, "words": words, "most": most})
    return [Found(row.name, f"{home}/{row.code}", row.town or "") for row in rows]


def lists(db: Session, words: str, most: int) -> list[Found]:
    """Lists of nonstandard addresses (整改名单) by the name of the file."""
    rows = db.execute(_LIST, {"words": words, "most": most})
    return [Found(row.file_name, f"/desk/repairs/{row.id}", f"{row.row_count} 行") for row in rows]


SEARCH: Final = (
    # Who types a number means just that record, and Enter opens the first.
    Provider("编码", frozenset(), codes),
    Provider("报错", frozenset({"officer", "reviewer", "administrator"}), reports),
    Provider("地名地址", frozenset(), names),
    Provider("助餐点", RIGHTS["GET", "/desk/meals/{code}"], meals),
    Provider("公墓", RIGHTS["GET", "/desk/cemeteries/{code}"], cemeteries),
    Provider("整改名单", RIGHTS["GET", "/desk/repairs"], lists),
)
