"""Proposals in and out of the database: make, change with a version check, find one, list by filters, count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal.model import FIELDS, MACHINE, Draft, Kept
from geo.cases import states
from geo.problems import BadInput, Conflict, NotFound

_JSON: Final = ("reasons",)
_LISTS: Final = ("segments", "persons")
_STATE: Final = ("pinyin", "romanisation", "channel", "candidates", "findings", "checked_at", "rules", "reports",
                 "noticed_from", "noticed_to", "filed_on", "filing_number", "announced_on", "announcement_number",
                 "signed_on", "batch", "opinion", "approval", "result", "made_by", "made_at", "version")  # fmt: skip
_SELECT: Final = f"""
    SELECT p.code, {", ".join(f"p.{name}" for name in (*FIELDS, *_STATE))}, ST_AsBinary(p.geom) AS geom, c.state,
           coalesce(t.name, d.name) AS town
    FROM register.proposal p
    JOIN register."case" c ON c.machine = 'proposal' AND c.subject = p.code
    JOIN register.division d ON d.code = p.division
    LEFT JOIN register.division t ON t.code = rpad(left(p.division, 9), 12, '0')
"""  # noqa: S608
_VALUES: Final = ", ".join(f"CAST(:{n} AS jsonb)" if n in _JSON else f":{n}" for n in FIELDS)
_INSERT: Final = text(f"""
    INSERT INTO register.proposal ({", ".join(FIELDS)}, geom, channel, secret, network, batch, made_by)
    VALUES ({_VALUES}, ST_GeomFromWKB(CAST(:geom AS bytea), 4490), :channel, :secret, :network, :batch, :made_by)
    RETURNING code
""")  # noqa: S608
_SET: Final = ", ".join(f"{n} = CAST(:{n} AS jsonb)" if n in _JSON else f"{n} = :{n}" for n in FIELDS)
_UPDATE: Final = text(f"""
    UPDATE register.proposal SET {_SET}, geom = ST_GeomFromWKB(CAST(:geom AS bytea), 4490), findings = NULL,
      checked_at = NULL, version = version + 1, updated_at = now()
    WHERE code = :code AND version = :version
""")  # noqa: S608
_CONDITIONS: Final = {
    "state": "c.state = :state",
    "category": "p.category = :category",
    "act": "p.act = :act",
    "town": "p.division LIKE left(:town, 9) || '%'",
    "channel": "p.channel = :channel",
    "batch": "p.batch = :batch",
    "opinion": "p.opinion = :opinion",
    "approval": "p.approval = :approval",
    "announcement": "p.announcement_number = :announcement",
    "q": "(p.name LIKE '%' || :q || '%' OR p.code = upper(:q) OR p.old_name LIKE '%' || :q || '%')",
    "open": "c.state NOT IN ('signed', 'refused', 'withdrawn', 'ended')",
    "due": """EXISTS (SELECT FROM register.case_clock k WHERE k.machine = 'proposal' AND k.subject = p.code
              AND k.stopped_on IS NULL AND k.due_on <= CAST(:due AS date))""",
    "public": "c.state IN ('noticed', 'reviewing', 'opined', 'approved', 'filed', 'announced', 'signed')",
    "counted": """extract(year FROM CASE CAST(:counted AS text)
        WHEN 'received' THEN CASE WHEN c.state <> 'draft' THEN CAST(p.made_at AS date) END
        WHEN 'announced' THEN p.announced_on
        WHEN 'cleared' THEN CASE WHEN p.channel = '排查' THEN p.announced_on END
        WHEN 'filed-late' THEN (SELECT k.started_on FROM register.case_clock k WHERE k.machine = 'proposal'
            AND k.subject = p.code AND k.name = 'filing' AND coalesce(k.stopped_on, current_date) > k.due_on)
        END) = CAST(:year AS integer)""",
}
COUNTED: Final = {
    "received": "当年收到",
    "announced": "当年公告",
    "cleared": "当年完成补命名",
    "filed-late": "当年超期备案",
}
"""Which proposals a yearly figure counts, by ``Filter.counted`` with ``Filter.year``."""
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """Which proposals a list shows; empty parts do not narrow."""

    state: str = ""
    category: str = ""
    act: str = ""
    town: str = ""
    channel: str = ""
    batch: str = ""
    opinion: str = ""
    approval: str = ""
    announcement: str = ""
    q: str = ""
    open: str = ""
    due: str = ""
    """Day (ISO) by which a running clock ends."""
    public: str = ""
    counted: str = ""
    year: int = 0


def make(
    db: Session, draft: Draft, *, actor: str, channel: str = "窗口", state: str = "draft", secret: str = "",
    network: str = "", batch: str | None = None, note: str = "",
) -> str:  # fmt: skip
    """Keep a new proposal with its case and give its code."""
    known = {"channel": channel, "secret": secret, "network": network, "batch": batch, "made_by": actor}
    code = str(db.execute(_INSERT, {**_values(db, draft), **known}).scalar_one())
    states.begin(db, MACHINE, code, state, actor=actor, note=note)
    return code


def change(db: Session, code: str, draft: Draft, *, version: int) -> None:
    """Put other facts in; the last check no longer counts.

    Raises:
        Conflict: somebody changed the proposal since ``version``.
    """
    done = db.execute(_UPDATE, {**_values(db, draft), "code": code, "version": version})
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict("这件申请已被别人修改。", "刷新后重新办理，您填写的内容请先复制留存。", code="version")


def find(db: Session, code: str) -> Kept:
    """One proposal.

    Raises:
        NotFound: there is none of that code.
    """
    row = db.execute(text(f"{_SELECT} WHERE p.code = :code"), {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为 {code} 的地名申请。", "请核对编号。")
    return _kept(row)


def listed(db: Session, wanted: Filter, *, at: int = 1, size: int = PAGE) -> list[Kept]:
    """A page of proposals, the one whose clock ends first before the others, then the newest."""
    order = """ORDER BY (SELECT min(k.due_on) FROM register.case_clock k WHERE k.machine = 'proposal'
               AND k.subject = p.code AND k.stopped_on IS NULL) NULLS LAST, p.made_at DESC, p.code"""
    sql = text(f"{_SELECT} {_where(wanted)} {order} LIMIT :size OFFSET :skip")
    return [_kept(row) for row in db.execute(sql, {**asdict(wanted), "size": size, "skip": (at - 1) * size})]


def count(db: Session, wanted: Filter) -> int:
    """How many proposals a filter shows."""
    sql = f"""SELECT count(*) FROM register.proposal p
              JOIN register."case" c ON c.machine = 'proposal' AND c.subject = p.code {_where(wanted)}"""  # noqa: S608
    return int(db.scalar(text(sql), asdict(wanted)) or 0)


def counts(db: Session, wanted: Filter) -> dict[str, int]:
    """How many proposals stand in each state, under the rest of a filter."""
    rest = replace(wanted, state="", open="")
    sql = f"""SELECT c.state, count(*) FROM register.proposal p JOIN register."case" c
              ON c.machine = 'proposal' AND c.subject = p.code {_where(rest)} GROUP BY 1"""  # noqa: S608
    return {row[0]: row[1] for row in db.execute(text(sql), asdict(rest))}


def set_fields(db: Session, code: str, **values: object) -> None:
    """Write some columns that an act decides (dates, numbers, decisions)."""
    prepared = {name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
                for name, value in values.items()}  # fmt: skip
    parts = ", ".join(
        f"{name} = CAST(:{name} AS jsonb)" if isinstance(values[name], dict | list) else f"{name} = :{name}"
        for name in values
    )
    sql = (
        f"UPDATE register.proposal SET {parts}, version = version + 1, updated_at = now() WHERE code = :code"  # noqa: S608
    )
    db.execute(text(sql), {**prepared, "code": code})


def _where(wanted: Filter) -> str:
    parts = [sql for name, sql in _CONDITIONS.items() if getattr(wanted, name)]
    return f"WHERE {' AND '.join(parts)}" if parts else ""


def _values(db: Session, draft: Draft) -> dict[str, Any]:
    division = _division(db, draft.division)
    values = {name: getattr(draft, name) for name in FIELDS} | {"division": division}
    values |= {name: list(values[name]) for name in _LISTS}
    values |= {name: json.dumps(dict(values[name]), ensure_ascii=False) for name in _JSON}
    return values | {"geom": None if draft.geometry is None else shapely.to_wkb(draft.geometry)}


def _division(db: Session, code: str) -> str:
    full = code.ljust(12, "0")
    if not db.scalar(
        text("SELECT 1 FROM register.division WHERE code = :c AND valid_to IS NULL"), {"c": full}
    ):
        raise BadInput(f"没有代码为“{code}”的区划。", "请选择所在镇街。", code="proposal.division")
    return full


def _kept(row: Any) -> Kept:
    given = {name: getattr(row, name) for name in FIELDS}
    given |= {name: tuple(given[name]) for name in _LISTS}
    geometry: BaseGeometry | None = None if row.geom is None else shapely.from_wkb(bytes(row.geom))
    known = {name: getattr(row, name) for name in _STATE}
    return Kept(
        code=row.code, draft=Draft(geometry=geometry, **given), state=row.state, town=row.town, **known
    )


def towns(db: Session, county: str) -> Sequence[tuple[str, str]]:
    """Code and name of every township of a county, for a form's list."""
    rows = db.execute(
        text("SELECT code, name FROM register.division WHERE parent = :county AND level = 4 AND valid_to IS NULL "
             "ORDER BY code"),
        {"county": county[:6].ljust(12, "0")},
    )  # fmt: skip
    return [(row.code, row.name) for row in rows]


def county_of(db: Session) -> str:
    """Code of the county whose names this office keeps: the one that most roads lie in."""
    found = db.scalar(
        text(
            "SELECT left(division, 6) FROM register.road WHERE valid_to IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        )
    )
    if found is None:
        found = db.scalar(text("SELECT left(county, 6) FROM register.address LIMIT 1"))
    return str(found or "000000")


def today() -> date:
    """The office's day."""
    return date.today()
