"""The findings at the desk: lists by township, one record, its states, and starting the proposals as a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput, Conflict, NotFound

_COLUMNS: Final = """f.code, f.kind, coalesce(f.township, '') AS township, coalesce(d.name, '') AS town_name, f.title,
    f.evidence, f.remedy, f.roads, f.segments, f.detail, f.length_m, f.state, f.reason, f.proposal, f.found_on,
    f.settled_on, f.version, f.made_up"""
_FROM: Final = "FROM register.road_finding f LEFT JOIN register.division d ON d.code = f.township"
_WANTED: Final = """
    WHERE (:kind = '' OR f.kind = :kind) AND (:state = '' OR f.state = :state)
      AND (:township = '' OR f.township = :township) AND (:q = '' OR position(:q IN f.title) > 0)
      AND (:year = 0 OR extract(year FROM CASE WHEN :by = 'settled' THEN f.settled_on ELSE f.found_on END) = :year)
      AND (:by <> 'settled' OR f.state = '已解决')
"""

Start = Callable[..., Sequence[str]]
"""What starts proposals for unnamed roads: ``gazetteer.proposal.batch.start``; gives the proposals' codes."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as it is kept; ``state`` is one of 待处理 已发起 已解决 不是问题."""

    code: str
    kind: str
    township: str
    town_name: str
    title: str
    evidence: str
    remedy: str
    roads: tuple[str, ...]
    segments: tuple[int, ...]
    detail: dict[str, Any]
    length_m: float | None
    state: str
    reason: str
    proposal: str | None
    found_on: date
    settled_on: date | None
    version: int
    made_up: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of the list; ``year`` with ``by`` (found or settled) gives the rows behind a yearly figure."""

    kind: str = ""
    state: str = ""
    township: str = ""
    q: str = ""
    year: int = 0
    by: str = ""


def page(db: Session, wanted: Wanted, *, after: str = "", most: int = 100) -> tuple[list[Found], str]:
    """Findings of a filter by township, and the cursor of the next page (empty on the last)."""
    start = int(after) if after.isdigit() else 0
    rows = db.execute(
        text(f"SELECT {_COLUMNS} {_FROM} {_WANTED} ORDER BY coalesce(f.township, '9'), f.kind, f.length_m DESC, f.code "
             "LIMIT :most OFFSET :start"),
        {**asdict(wanted), "most": most + 1, "start": start},
    ).all()  # fmt: skip
    return [_found(row) for row in rows[:most]], str(start + most) if len(rows) > most else ""


def total(db: Session, wanted: Wanted) -> int:
    """How many findings a filter has."""
    return int(db.scalar(
        text(f"SELECT count(*) FROM register.road_finding f {_WANTED}"),  # noqa: S608
        asdict(wanted),
    ) or 0)  # fmt: skip


def one(db: Session, code: str) -> Found:
    """One finding.

    Raises:
        NotFound: there is none with this code.
    """
    row = db.execute(text(f"SELECT {_COLUMNS} {_FROM} WHERE f.code = :code"), {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为 {code} 的排查结果。", "刷新清单后重试。")
    return _found(row)


def shapes(db: Session, codes: Sequence[str]) -> dict[str, Any]:
    """The findings as GeoJSON for a map, CGCS2000 degrees."""
    rows = db.execute(
        text("SELECT code, kind, title, ST_AsGeoJSON(geom, 6)::json AS geometry FROM register.road_finding "
             "WHERE code = ANY (:codes) AND geom IS NOT NULL"), {"codes": list(codes)},
    )  # fmt: skip
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": r.geometry, "properties": {
            "id": r.code, "class": r.kind, "label": r.title, "href": f"/desk/roads/{r.code}"}} for r in rows]}  # fmt: skip


def by_township(db: Session) -> list[Any]:
    """Per township how many findings of each kind are open: (code, name, {kind: count})."""
    rows = db.execute(text("""
        SELECT township, name, jsonb_object_agg(kind, n) AS counts FROM (
          SELECT coalesce(f.township, '') AS township, coalesce(d.name, '跨镇街') AS name, f.kind, count(*) AS n
          FROM register.road_finding f LEFT JOIN register.division d ON d.code = f.township
          WHERE f.state = '待处理' GROUP BY 1, 2, 3
        ) q GROUP BY township, name ORDER BY township
    """))  # fmt: skip
    return [(r.township, r.name, r.counts) for r in rows]


def last_run(db: Session) -> Any:
    """The newest run (date, rule version, lines, seconds, counts), or None."""
    return db.execute(text("SELECT * FROM register.road_audit ORDER BY id DESC LIMIT 1")).one_or_none()


def dismiss(db: Session, code: str, reason: str, *, version: int) -> None:
    """Say that a finding is none (不是问题), with the reason.

    Raises:
        BadInput: no reason.
        Conflict: somebody was faster.
    """
    if not reason.strip():
        raise BadInput("没有写明理由。", "写明为什么不是问题。", code="reason")
    _set(db, code, version, "不是问题", reason.strip()[:500])


def reopen(db: Session, code: str, *, version: int) -> None:
    """Put a finding back among the open ones (待处理)."""
    _set(db, code, version, "待处理", "")


def settle(db: Session, code: str, reason: str, *, version: int) -> None:
    """Say that a finding is settled (已解决)."""
    _set(db, code, version, "已解决", reason.strip()[:500])


def open_unnamed(db: Session, township: str = "") -> list[str]:
    """Codes of every open unnamed road of a township, of all townships when none is given."""
    return list(db.scalars(
        text("SELECT code FROM register.road_finding WHERE kind IN ('unnamed_main', 'unnamed_lane') AND state = '待处理' "
             "AND (:township = '' OR township = :township) ORDER BY coalesce(township, '9'), code"),
        {"township": township},
    ))  # fmt: skip


def initiate(db: Session, codes: Sequence[str], *, actor: str, start: Start) -> list[str]:
    """Start the proposals of open unnamed roads as one batch (已发起); gives the proposals' codes.

    Raises:
        BadInput: none of the findings is an open unnamed road.
    """
    wanted = [one(db, code) for code in dict.fromkeys(codes)]
    ready = [f for f in wanted if f.state == "待处理" and f.kind.startswith("unnamed") and f.segments]
    if not ready:
        raise BadInput(
            "选中的条目里没有待处理的未命名道路。", "勾选“未命名”类、状态为“待处理”的条目。", code="batch"
        )
    made = start(db, [list(f.segments) for f in ready], actor=actor)
    linked = db.scalars(
        text("UPDATE register.road_finding f SET state = '已发起', proposal = p.code, version = f.version + 1, updated_at = now() "
             "FROM register.proposal p WHERE p.code = ANY (:made) AND p.segments && f.segments AND f.code = ANY (:codes) "
             "RETURNING f.proposal"),
        {"made": list(made), "codes": [f.code for f in ready]},
    )  # fmt: skip
    return sorted(set(linked))


def _set(db: Session, code: str, version: int, state: str, reason: str) -> None:
    written = db.execute(
        text("UPDATE register.road_finding SET state = :state, reason = :reason, version = version + 1, updated_at = now(), "
             "settled_on = CASE WHEN :state = '待处理' THEN NULL ELSE current_date END "
             "WHERE code = :code AND version = :version RETURNING code"),
        {"state": state, "reason": reason, "code": code, "version": version},
    ).scalar()  # fmt: skip
    if written is None:
        one(db, code)
        raise Conflict("这条排查结果已被别人处理。", "刷新后再办。", code="version")


def _found(row: Any) -> Found:
    values = row._asdict() | {"roads": tuple(row.roads), "segments": tuple(row.segments)}
    return Found(**values)
