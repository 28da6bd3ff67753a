"""What of meal service the page after login shows: licences that run out, and points found by name, address or code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.finding import Found
from api.desks.waiting import DueItem
from gazetteer.service.meals.points import STATES
from gazetteer.service.rules import rules

_LICENCES: Final = text("""
    SELECT f.code, f.name, m.state, m.licence_until FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
    WHERE m.state IN ('open', 'paused') AND m.licence_until <= :until AND register.is_in_force(f.valid_from, f.valid_to, :today)
    ORDER BY m.licence_until, f.code
""")
_FOUND: Final = text("""
    SELECT f.code, f.name, m.tier, m.state FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
    LEFT JOIN register.address a ON a.code = f.address
    WHERE register.is_in_force(f.valid_from, f.valid_to, current_date)
      AND (f.code = :words OR position(:words IN f.name) > 0 OR position(:words IN coalesce(a.standard_address, f.address_text)) > 0)
    ORDER BY position(:words IN f.name) = 0, f.code LIMIT :most
""")


def licences(db: Session, today: date) -> Sequence[DueItem]:
    """Points at work whose licence has run out or does so within the days of the rules."""
    warn = timedelta(days=rules().meals.licence_warn_days)
    rows = db.execute(_LICENCES, {"until": today + warn, "today": today})
    return [
        DueItem(r.code, f"{r.name}：食品经营许可", f"/desk/meals/{r.code}", "已过期" if r.licence_until < today else "将到期",
                r.licence_until - warn, r.licence_until) for r in rows
    ]  # fmt: skip


def find(db: Session, words: str, most: int) -> Sequence[Found]:
    """Meal points whose name or address holds the words, or whose code they are."""
    rows = db.execute(_FOUND, {"words": words.strip(), "most": most}) if words.strip() else ()
    return [Found(r.name, f"/desk/meals/{r.code}", f"{r.tier}，{STATES[r.state]}") for r in rows]
