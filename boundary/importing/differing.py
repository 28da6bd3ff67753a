"""What a file of markers changes, marker by marker and field by field (差异): read before and after in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import Tolerances
from boundary.exporting import markers_from
from boundary.importing.run import steps
from boundary.kinds import MARKER
from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.run import Steps

POSITION: Final = ("经度", "纬度")
_TITLES: Final = tuple(one.title for one in MARKER.fields)
_NOT_TOLD: Final = frozenset({"来源", "原坐标系"})
"""Said of every row of a file; they are no change of the marker."""
# As they stand in this unit of work; the views of a day also hold what it has just replaced.
_NOW: Final = text(markers_from(
    "(SELECT * FROM register.boundary_marker WHERE valid_to IS NULL OR valid_to > :day)",
    "(SELECT * FROM register.reference_object WHERE valid_to IS NULL OR valid_to > :day)",
))  # fmt: skip
_VERSIONS: Final = text("SELECT code, version FROM register.boundary_marker WHERE code = ANY (:codes)")
_REVIVED: Final = text("""
    UPDATE register.boundary_marker m SET valid_to = NULL, version = m.version + 1
    FROM ready r WHERE r.code = m.code AND m.valid_to <= current_date
""")
Row = dict[str, str]
"""A marker as an export writes it: heading -> text, with 经度 and 纬度."""
Guard = Callable[[Session, Collection[str]], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One marker that the file adds or changes: (heading, before, after); a new one has nothing before."""

    code: str
    shown: str
    new: bool
    fields: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Seen:
    """What was found while a file went in: the changes, the rows before, the versions after."""

    changes: list[Change] = field(default_factory=list)
    before: list[Row] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)


def watching(seen: Seen, tolerances: Tolerances, guard: Guard) -> dict[str, Steps]:
    """The steps of an import that tell in ``seen`` what they change; ``guard`` may stop them by the changed codes."""
    made = steps(tolerances)
    plain = made[MARKER.name]

    def write(load: Load) -> Counts:
        before = rows(load.session)
        counts = plain.write(load)
        if not load.sheet.has("valid_to"):
            # A marker that is in the form stands, also one that an import taken back had retired.
            load.session.execute(_REVIVED)
        _tell(load.session, seen, before, rows(load.session))
        guard(load.session, [one.code for one in seen.changes])
        return counts

    return made | {MARKER.name: replace(plain, write=write)}


def rows(db: Session) -> dict[str, Row]:
    """Every marker in force as an export writes it, by code."""
    found: dict[str, Row] = {}
    for *cells, wkb in db.execute(_NOW, {"day": date.today()}):
        point = shapely.from_wkb(bytes(wkb)) if wkb is not None else None
        row = dict(zip(_TITLES, map(_cell, cells), strict=True))
        at = ("", "") if point is None else (f"{point.x:.8f}", f"{point.y:.8f}")
        found[row["界桩代码"]] = row | dict(zip(POSITION, at, strict=True))
    return found


def versions(db: Session, codes: Collection[str]) -> dict[str, int]:
    """Code -> version of some markers."""
    return {row.code: row.version for row in db.execute(_VERSIONS, {"codes": list(codes)})}


def _tell(db: Session, seen: Seen, before: dict[str, Row], after: dict[str, Row]) -> None:
    for code, row in after.items():
        was = before.get(code, {})
        changed = tuple(
            (title, was.get(title, ""), value)
            for title, value in row.items()
            if value != was.get(title, "") and title not in _NOT_TOLD and title != "界桩代码"
        )
        if changed or not was:
            seen.changes.append(Change(code, row["界桩名称"] or row["界桩编号"] or code, not was, changed))
            seen.before += [was] if was else []
    seen.versions = versions(db, [one.code for one in seen.changes])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # An empty set of attributes says nothing.
    return f"{value:.10g}" if isinstance(value, float) else str(value).removeprefix("{}")
