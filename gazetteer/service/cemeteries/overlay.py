"""Siting overlay (选址核查): a place against the rules in force on a day. It never says "allowed".

Each rule has a source and a time in force. Where nobody has read the text of the law, the outcome is at best 需人工核.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.cemeteries.sight import sight

FORBIDDEN, BY_HAND, CLEAR = "禁止", "需人工核", "未发现冲突"
_RULES = text("""
    SELECT code, label, layer, test, distance_m, outcome, source, text_read, valid_from, valid_to, note
    FROM register.siting_rule WHERE register.is_in_force(valid_from, valid_to, :on_day) ORDER BY code
""")
_EVERY = text("""
    SELECT code, label, layer, test, distance_m, outcome, source, text_read, valid_from, valid_to, note
    FROM register.siting_rule ORDER BY valid_from DESC NULLS FIRST, code
""")
_NEAREST = text("""
    SELECT name, ST_Distance(geom::geography, CAST(ST_GeomFromText(:wkt, 4490) AS geography)) AS away_m, made_up
    FROM register.siting_layer WHERE layer = :layer AND register.is_in_force(valid_from, valid_to, :on_day)
    ORDER BY 2, id LIMIT 1
""")

_GROUNDS = text("""
    SELECT l.id, coalesce(nullif(l.name, ''), l.layer) AS name, bool_or(r.outcome = :forbidden AND r.text_read) AS forbidden,
      ST_AsBinary(ST_SimplifyPreserveTopology(l.geom, 0.00002)) AS shape
    FROM register.siting_layer l JOIN register.siting_rule r ON r.layer = l.layer
    WHERE register.is_in_force(l.valid_from, l.valid_to, :on_day) AND register.is_in_force(r.valid_from, r.valid_to, :on_day)
    GROUP BY l.id ORDER BY l.id LIMIT :most
""")
_AROUND = text("""
    SELECT ST_AsBinary(ST_Buffer(CAST(ST_GeomFromText(:wkt, 4490) AS geography), :metres)::geometry)
""")
MOST_GROUNDS: Final = 2000


@dataclass(frozen=True, slots=True)
class Ground:
    """A piece of ground that a rule in force speaks of, for the map; degrees, CGCS2000."""

    id: int
    name: str
    forbidden: bool
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the versioned table; ``test`` is inside, near or visible."""

    code: str
    label: str
    layer: str
    test: str
    distance_m: float | None
    outcome: str
    source: str
    text_read: bool
    valid_from: date | None
    valid_to: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What one rule says of the place; ``hit`` is None where it cannot be told (no data)."""

    rule: Rule
    hit: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome over all rules, in one word and one sentence."""

    outcome: str
    words: str
    hits: tuple[Hit, ...]


def rules_on(db: Session, on_day: date | None) -> list[Rule]:
    """The rules in force on a day; None for every version that there ever was."""
    found = db.execute(_EVERY) if on_day is None else db.execute(_RULES, {"on_day": on_day})
    return [Rule(*row) for row in found]


def grounds(db: Session, on_day: date) -> list[Ground]:
    """What the rules of a day speak of, 2,000 pieces at most: a map of more shows nothing."""
    rows = db.execute(_GROUNDS, {"on_day": on_day, "forbidden": FORBIDDEN, "most": MOST_GROUNDS})
    return [Ground(r.id, r.name, r.forbidden, shapely.from_wkb(bytes(r.shape))) for r in rows]


def around(db: Session, wkt: str, metres: float) -> shapely.Geometry:
    """The ground within so many metres of a place, degrees."""
    return shapely.from_wkb(bytes(db.scalar(_AROUND, {"wkt": wkt, "metres": metres})))


def overlay(
    db: Session, wkt: str, on_day: date, *, near_m: float | None = None, visible_m: float | None = None
) -> Verdict:
    """Lay a place over the rules.

    Args:
        db: the unit of work.
        wkt: point or polygon, CGCS2000.
        on_day: the rules of that day.
        near_m: metres that 附近 and 两侧 mean here; the rule's own without it.
        visible_m: metres within which visibility is asked.
    """
    hits = tuple(_hit(db, rule, wkt, on_day, near_m, visible_m) for rule in rules_on(db, on_day))
    return Verdict(*concluded(hits), hits)


def concluded(hits: tuple[Hit, ...]) -> tuple[str, str]:
    """One word and one sentence for what the rules say together. Pure."""
    forbidden = [h for h in hits if h.hit and h.rule.outcome == FORBIDDEN and h.rule.text_read]
    if forbidden:
        return FORBIDDEN, f"位于{forbidden[0].rule.label}，{forbidden[0].rule.source}。"
    touched = [h.rule.label for h in hits if h.hit]
    unread = sum(not h.rule.text_read for h in hits)
    unknown = sum(h.hit is None for h in hits)
    if touched:
        return BY_HAND, f"涉及{'、'.join(touched)}，需人工核实。"
    if unread or unknown or not hits:
        return BY_HAND, f"未发现冲突，但有 {unread} 条规则未核对法规原文、{unknown} 条缺少数据，需人工核实。"
    return CLEAR, "没有发现与现行规则冲突。"


def _hit(
    db: Session, rule: Rule, wkt: str, on_day: date, near_m: float | None, visible_m: float | None
) -> Hit:
    nearest = db.execute(_NEAREST, {"wkt": wkt, "layer": rule.layer, "on_day": on_day}).one_or_none()
    if nearest is None:
        return Hit(rule, None, f"没有“{rule.layer}”数据，未核")
    away, name = float(nearest.away_m), nearest.name or rule.layer
    if rule.test == "inside":
        return Hit(rule, away == 0, f"在{name}范围内" if away == 0 else f"距{name} {away:.0f} 米")
    limit = float((near_m if rule.test == "near" else visible_m) or rule.distance_m or 0)
    if rule.test == "visible":
        if away > limit:
            return Hit(rule, False, f"距{name} {away:.0f} 米")
        hit, words = sight(db, wkt, rule.layer, on_day, limit)
        return Hit(rule, hit, f"距{name} {away:.0f} 米，在 {limit:.0f} 米内，{words}")
    return Hit(
        rule, away <= limit, f"距{name} {away:.0f} 米，{'在' if away <= limit else '不在'} {limit:.0f} 米以内"
    )
