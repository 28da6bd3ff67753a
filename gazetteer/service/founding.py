"""Opening a record (建账): an imported facility becomes a meal point or a cemetery once a person has chosen its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.cemeteries.sites import CATEGORIES
from gazetteer.service.meals.points import TIERS
from geo.problems import BadInput

Kind = Literal["meal", "cemetery"]
#: What a facility of each kind may be.
TYPES: Final[Mapping[Kind, tuple[str, ...]]] = {"meal": TIERS, "cemetery": CATEGORIES}
# A word in the file's own type or in the name -> the type that is proposed; the first that is found counts.
_WORDS: Final[Mapping[Kind, tuple[tuple[str, str], ...]]] = {
    "meal": (("中央厨房", "中央厨房"), ("厨房", "中央厨房"), ("送餐", "送餐"), ("食堂", "老年食堂"), ("餐厅", "老年食堂"),
             ("饭堂", "老年食堂"), ("助餐", "助餐点")),
    "cemetery": (*((category, category) for category in CATEGORIES), ("骨灰", "骨灰堂"), ("节地", "节地生态点"),
                 ("经营", "经营性公墓")),
}  # fmt: skip
_ADD: Final[Mapping[Kind, str]] = {
    "meal": """
        INSERT INTO register.meal_point (facility, tier, state, per_sitting, delivers, source, made_up, valid_from)
        SELECT f.code, :type, CASE WHEN f.state ~ '停用|停办|关停' THEN 'closed' WHEN f.state ~ '暂停|停业' THEN 'paused'
               ELSE 'open' END, coalesce(f.capacity, 0), :type = '送餐', f.source, f.made_up, coalesce(f.valid_from, :on_day)
    """,
    "cemetery": """
        INSERT INTO register.cemetery (facility, category, operator, source, made_up, valid_from)
        SELECT f.code, :type, f.operator, f.source, f.made_up, coalesce(f.valid_from, :on_day)
    """,
}
_BARE: Final = """
    FROM register.facility f
    WHERE f.kind = :kind AND register.is_in_force(f.valid_from, f.valid_to, :on_day)
      AND NOT EXISTS (SELECT FROM register.meal_point m WHERE m.facility = f.code)
      AND NOT EXISTS (SELECT FROM register.cemetery c WHERE c.facility = f.code)
"""
_LISTED: Final = f"""
    SELECT f.code, f.name, coalesce(
      (SELECT standard_address FROM register.address a WHERE a.code = f.address), f.address_text) AS address,
      coalesce((SELECT name FROM register.division t WHERE t.code = left(f.division, 9) || '000'), '') AS town_name,
      f.category, f.geom IS NOT NULL AS placed, f.made_up
    {_BARE} ORDER BY f.division, f.code LIMIT :limit
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Bare:
    """An imported facility without a record of its trade.

    Attributes:
        said: what the file called its type.
        proposed: the type that its words suggest, one of ``TYPES``; empty where they suggest none.
    """

    code: str
    name: str
    address: str
    town_name: str
    said: str
    proposed: str
    placed: bool
    made_up: bool


def bare(db: Session, kind: Kind, on_day: date, *, limit: int = 200) -> list[Bare]:
    """Facilities of a kind in force that no record has been opened for."""
    rows = db.execute(text(_LISTED), {"kind": kind, "on_day": on_day, "limit": limit})
    return [
        Bare(r.code, r.name, r.address, r.town_name, r.category, proposed(kind, r.category, r.name), r.placed, r.made_up)
        for r in rows
    ]  # fmt: skip


def count_bare(db: Session, kind: Kind, on_day: date) -> int:
    """How many facilities of a kind wait for their record."""
    return int(db.scalar(text(f"SELECT count(*) {_BARE}"), {"kind": kind, "on_day": on_day}) or 0)


def proposed(kind: Kind, *said: str) -> str:
    """The type that the words suggest, the file's own type before the name; empty where none does."""
    for text_of in said:
        for word, meant in _WORDS[kind]:
            if word in text_of:
                return meant
    return ""


def open_records(db: Session, kind: Kind, chosen: Mapping[str, str], on_day: date) -> int:
    """Open a record for each chosen facility; gives how many.

    One that somebody else opened meanwhile is passed over. Hours, prices, places are entered on the record afterwards.

    Args:
        db: the unit of work, within an act.
        kind: which trade.
        chosen: code of the facility to its type.
        on_day: the day of the act; the record is in force since the facility is, else from this day.

    Raises:
        BadInput: a type that there is not.
    """
    wrong = sorted(set(chosen.values()) - set(TYPES[kind]))
    if wrong:
        raise BadInput(
            f"没有“{wrong[0]}”这种类型。", f"请从{'、'.join(TYPES[kind])}中选择。", code=f"{kind}.type"
        )
    opened = 0
    for code, meant in sorted(chosen.items()):
        done: Any = db.execute(
            text(f"{_ADD[kind]} {_BARE} AND f.code = :code ON CONFLICT DO NOTHING"),
            {"kind": kind, "code": code, "type": meant, "on_day": on_day},
        )
        opened += done.rowcount
    return opened
