"""Give a road or place a new name, merge it into another, or give it up (更名、并名、销名).

Each is one act in the caller's unit of work: the old name becomes a dated alias (别名), every address that the name
carries is derived anew under its own code, and a row of ``register.renaming`` tells how to undo it (``gazetteer.register.undoing``). Before the unit
of work ends the checking query runs: if one address were left without a name in force, nothing is committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.impact import Impact, Kind, Record, far_apart, impact, orphans, record_of
from gazetteer.register.name_parts import parts_of
from geo.problems import BadInput, Conflict

__all__ = ["Impact", "Renaming", "impact", "of_record", "rename", "retire"]

_ALIAS_KINDS: Final = {"road": "路更名", "place": "更名"}
NAME_COLUMN: Final = {"road": "name", "place": "standard_name"}


@dataclass(frozen=True, slots=True)
class Renaming:
    """One act on a name (更名 并名 销名) as it was done, and whether it was taken back."""

    id: int
    kind: Kind
    code: str
    act: str
    old_name: str
    new_name: str
    successor: str | None
    on_day: date
    reason: str
    document: str
    addresses: int
    actor: str
    at: datetime
    undone_at: datetime | None
    undone_by: str


def rename(
    db: Session, kind: Kind, code: str, new_name: str, *, actor: str, on: date, reason: str = "", document: str = "",
    version: int | None = None,
) -> Impact:  # fmt: skip
    """Give a record a new standard name from a day on (更名); its code stays, the old name becomes a dated alias.

    Args:
        db: the unit of work; the caller has named the act.
        kind: ``road`` or ``place``.
        code: the record.
        new_name: the new standard name.
        actor: who does it.
        on: first day of the new name, today at the latest.
        reason: why, for the record's history.
        document: number of the approval (批文).
        version: the version the decision was made on, where somebody looked at one.

    Raises:
        NotFound: no such record.
        Conflict: it ended, somebody changed it since, or another record of the county has the name.
        BadInput: the name is empty or the same, or the day does not fit.
    """
    record = _checked(db, kind, code, on, version)
    name = new_name.strip()
    if not name or name == record.name or len(name) > 50:
        raise BadInput("新名称是空的、太长，或与现名相同。", "填写新的标准名称。", code="name")
    _unique(db, record, name)
    seen = impact(db, kind, code)
    db.execute(
        text(f"UPDATE register.{kind} SET {NAME_COLUMN[kind]} = :name, specific = '', generic = '', pinyin = '', "  # noqa: S608
             "romanisation = '', valid_from = greatest(valid_from, :on), version = version + 1 WHERE code = :code"),
        {"name": name, "on": on, "code": code},
    )  # fmt: skip
    write_name_parts(db, kind, code, name)
    alias = _keep_as_alias(db, record, on, document, target=code)
    return _followed(db, seen, "更名", actor, on, reason, document, new_name=name, alias=alias)


def retire(
    db: Session, kind: Kind, code: str, *, actor: str, on: date, reason: str = "", document: str = "",
    successor: str = "", version: int | None = None,
) -> Impact:  # fmt: skip
    """Give up a name (销名), or merge it into a successor that takes over its doors (并名, 一路多名的归并).

    Doors that both roads have with one number are one door: the losing code ends and points to the kept one.

    Raises:
        NotFound: no such record or successor.
        Conflict: addresses stand on the name and no successor takes them; it ended; somebody changed it since.
        BadInput: the day does not fit, or the successor is the record itself.
    """
    record = _checked(db, kind, code, on, version)
    heir = _heir(db, record, successor) if successor else None
    seen = impact(db, kind, code, successor=successor)
    if seen.addresses and heir is None:
        raise Conflict(
            f"“{record.name}”上还有 {seen.addresses} 个地址，销名后它们没有归属。",
            "先选定接收这些地址的名称（并名），或先注销这些地址。", code="name.addresses",
        )  # fmt: skip
    _one_door_each(db, seen)
    state = "更名" if heir else "销名"
    db.execute(
        text(f"UPDATE register.{kind} SET state = :state, valid_to = :on, version = version + 1 WHERE code = :code"),  # noqa: S608
        {"state": state, "on": on, "code": code},
    )  # fmt: skip
    alias = _keep_as_alias(db, record, on, document, target=heir.code if heir else code)
    merged = _move(db, seen, heir, on) if heir else ()
    if kind == "road":
        _lines(db, code, on, kept=heir is None)
    return _followed(
        db, seen, "并名" if heir else "销名", actor, on, reason, document, alias=alias, successor=successor or None,
        new_name=heir.name if heir else "", merged=merged,
    )  # fmt: skip


def of_record(db: Session, code: str) -> list[Renaming]:
    """The acts on one record, newest first."""
    rows = db.execute(
        text("SELECT id, kind, code, act, old_name, new_name, successor, on_day, reason, document, addresses, actor, at, "
             "undone_at, undone_by FROM register.renaming WHERE code = :code OR successor = :code ORDER BY id DESC"),
        {"code": code},
    )  # fmt: skip
    return [Renaming(*row) for row in rows]


def _checked(db: Session, kind: Kind, code: str, on: date, version: int | None) -> Record:
    db.execute(text(f"SELECT FROM register.{kind} WHERE code = :code FOR UPDATE"), {"code": code})
    record = record_of(db, kind, code)
    if record.valid_to is not None:
        raise Conflict(f"“{record.name}”已于 {record.valid_to} 停用。", "停用的名称不能再办理。")
    if version is not None and version != record.version:
        raise Conflict(
            f"这条记录已被别人修改（现为第 {record.version} 版，您看到的是第 {version} 版）。", "刷新后重新办理。",
            code="version",
        )  # fmt: skip
    if record.valid_from and on <= record.valid_from:
        raise BadInput(f"办理日期 {on} 不晚于现名的启用日期 {record.valid_from}。", "改正日期。", code="date")
    if on > date.today():
        raise BadInput(f"办理日期 {on} 还没有到。", "请在生效当天或之后办理。", code="date")
    return record


def _unique(db: Session, record: Record, name: str) -> None:
    same = db.scalar(
        text(f"SELECT code FROM register.{record.kind} WHERE {NAME_COLUMN[record.kind]} = :name AND valid_to IS NULL "  # noqa: S608
             "AND code <> :code AND state = '现行' AND left(division, 6) = left(:division, 6) LIMIT 1"),
        {"name": name, "code": record.code, "division": record.division or ""},
    )  # fmt: skip
    if same:
        raise Conflict(
            f"同一区县里已有名为“{name}”的记录（{same}）。", "换一个不重名的名称。", code="road.duplicate"
        )


def _heir(db: Session, record: Record, successor: str) -> Record:
    if successor == record.code:
        raise BadInput("不能并入自己。", "另选一个名称。", code="successor")
    if record.kind != "road":
        raise BadInput("只有道路可以并名。", "地名请先更名或注销。", code="successor")
    heir = record_of(db, record.kind, successor)
    if heir.valid_to is not None:
        raise Conflict(f"“{heir.name}”已停用，不能接收地址。", "另选一个现行名称。")
    return heir


def _one_door_each(db: Session, seen: Impact) -> None:
    if apart := far_apart(db, seen.clashes):
        address, away = apart[0]
        raise Conflict(
            f"有 {len(apart)} 个门牌号两个名称都有，却不是同一个门（例如 {address}，相距 {away:.0f} 米）。",
            "先为其中一处重新编号，再并名。",
            code="name.numbers",
        )


def write_name_parts(db: Session, kind: Kind, code: str, name: str) -> None:
    """Specific and generic term and, where no character is doubtful, the romanisation of the new name."""
    category = "E"
    if kind == "place":
        category = str(db.scalar(text("SELECT category FROM register.place WHERE code = :c"), {"c": code}))
    parts = parts_of(name, category)
    db.execute(
        text(f"UPDATE register.{kind} SET specific = :specific, generic = :generic, pinyin = :pinyin, "  # noqa: S608
             "romanisation = :romanisation WHERE code = :code"),
        {**parts, "code": code},
    )  # fmt: skip


def _keep_as_alias(db: Session, record: Record, on: date, document: str, *, target: str) -> int:
    alias = db.scalar(
        text("INSERT INTO register.alias (alias, kind, source_doc, valid_from, valid_to, made_up, source) "  # noqa: S608
             f"SELECT :name, :kind, :document, valid_from, :on, made_up, '更名办理' FROM register.{record.kind} "
             "WHERE code = :target RETURNING id"),
        {"name": record.name, "kind": _ALIAS_KINDS[record.kind], "document": document, "on": on, "target": target},
    )  # fmt: skip
    db.execute(
        text("UPDATE register.alias SET valid_from = :since WHERE id = :id"),
        {"since": record.valid_from, "id": alias},
    )
    db.execute(
        text(f"INSERT INTO register.alias_target (alias, {record.kind}) VALUES (:alias, :target)"),  # noqa: S608
        {"alias": alias, "target": target},
    )
    return int(alias or 0)


def _move(db: Session, seen: Impact, heir: Record, on: date) -> tuple[str, ...]:
    """Hand the doors over; gives the codes of those that the heir had already."""
    kept = dict(seen.clashes)
    for losing, stays in kept.items():
        db.execute(
            text("UPDATE register.address SET valid_to = greatest(:on, valid_from), principal = :stays, "
                 "version = version + 1 WHERE code = :code"),
            {"on": on, "stays": stays, "code": losing},
        )  # fmt: skip
    db.execute(
        text("UPDATE register.address SET road = :heir, handle_name = CASE WHEN handle_kind = 'road' THEN :name "
             "ELSE handle_name END WHERE code = ANY (:codes)"),
        {"heir": heir.code, "name": heir.name, "codes": [c for c in seen.codes if c not in kept]},
    )  # fmt: skip
    return tuple(kept)


def _lines(db: Session, code: str, on: date, *, kept: bool) -> None:
    """A merged road's own lines end; those of a name that was given up go on as unnamed road."""
    change = "road = NULL" if kept else "valid_to = greatest(:on, valid_from)"
    db.execute(
        text(f"UPDATE register.road_segment SET {change}, version = version + 1 "  # noqa: S608
             "WHERE road = :code AND valid_to IS NULL"),
        {"code": code, "on": on},
    )  # fmt: skip


def _followed(
    db: Session, seen: Impact, act: str, actor: str, on: date, reason: str, document: str, *, alias: int,
    new_name: str = "", successor: str | None = None, merged: Sequence[str] = (),
) -> Impact:  # fmt: skip
    moved = [code for code in seen.codes if code not in set(merged)]
    db.scalar(text("SELECT register.rederive_addresses(:codes, :on)"), {"codes": moved, "on": on})
    made = db.scalar(text("""
        INSERT INTO register.renaming (kind, code, act, old_name, new_name, successor, on_day, reason, document, alias,
                                       moved, merged, addresses, actor)
        VALUES (:kind, :code, :act, :old, :new, :successor, :on, :reason, :document, :alias, :moved, :merged, :n, :actor)
        RETURNING id
    """), {
        "kind": seen.record.kind, "code": seen.record.code, "act": act, "old": seen.record.name, "new": new_name,
        "successor": successor, "on": on, "reason": reason, "document": document, "alias": alias, "moved": moved,
        "merged": list(merged), "n": seen.addresses, "actor": actor,
    })  # fmt: skip
    none_orphaned(db, seen.codes)
    return replace(seen, renaming=int(made or 0))


def none_orphaned(db: Session, codes: Sequence[str]) -> None:
    """Refuse the act when one of the addresses would be left without a name in force.

    Raises:
        Conflict: with the first of them.
    """
    db.expire_all()
    if left := orphans(db, codes):
        code, address, why = left[0]
        raise Conflict(
            f"有 {len(left)} 个地址会失去归属（例如 {address}，{code}：{why}），没有办理。",
            "先处理这些地址，再重新办理。", code="name.orphans",
        )  # fmt: skip
