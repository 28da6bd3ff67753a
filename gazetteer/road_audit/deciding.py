"""The decision sheet for one road with several names (一路多名判定单): usage of each name, the choice, the merging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.impact import Impact, impact
from gazetteer.register.renaming import retire
from gazetteer.register.undoing import undo
from gazetteer.road_audit.findings import Found, one, settle
from geo.problems import BadInput, Conflict

_USAGE = text("""
    SELECT r.code, r.name, r.state, r.valid_from, r.version, r.road_class,
           (SELECT count(*) FROM register.address a WHERE a.road = r.code AND a.valid_to IS NULL) AS addresses,
           (SELECT count(*) FROM register.alias_target t WHERE t.road = r.code) AS aliases,
           (SELECT coalesce(sum(ST_Length(s.geom::geography)), 0) FROM register.road_segment s
            WHERE s.road = r.code AND s.valid_to IS NULL) AS length_m
    FROM register.road r WHERE r.code = ANY (:codes) ORDER BY addresses DESC, r.code
""")

_KEPT = text("""
    UPDATE register.road_finding SET detail = detail || jsonb_build_object(
      'kept', CAST(:keep AS text), 'renamings', to_jsonb(CAST(:made AS bigint[]))) WHERE code = :code
""")


@dataclass(frozen=True, slots=True)
class Usage:
    """How much one of the names is used (使用情况): by doors, plates, other names; how long its line is, since when."""

    code: str
    name: str
    state: str
    since: date | None
    version: int
    road_class: str
    addresses: int
    plates: int
    aliases: int
    length_m: float


def usage(db: Session, finding: Found) -> list[Usage]:
    """Each name of the road with its use, the most used first."""
    rows = db.execute(_USAGE, {"codes": list(finding.roads)})
    return [
        Usage(r.code, r.name, r.state, r.valid_from, r.version, r.road_class, r.addresses,
              impact(db, "road", r.code).plates, r.aliases, round(r.length_m, 1))
        for r in rows
    ]  # fmt: skip


def consequences(db: Session, finding: Found, keep: str) -> list[Impact]:
    """The impact list of a choice: one entry for each name that would become an alias; nothing is written.

    Raises:
        BadInput: the choice is none of the names.
    """
    if keep not in finding.roads:
        raise BadInput("选中的名称不在这条路的名称里。", "在判定单上选一个名称。", code="choice")
    return [impact(db, "road", code, successor=keep) for code in finding.roads if code != keep]


def decide(
    db: Session,
    code: str,
    keep: str,
    *,
    actor: str,
    on: date,
    version: int,
    reason: str = "",
    document: str = "",
) -> list[Impact]:
    """Keep one name; each of the others ends, becomes an alias of it, and its doors follow. No door is orphaned.

    Raises:
        NotFound, Conflict, BadInput: see :func:`gazetteer.register.renaming.retire`.
    """
    finding = one(db, code)
    if finding.state not in ("待处理", "已发起") or finding.kind != "many_names":
        raise Conflict("这条排查结果不能再判定。", "刷新后查看它的状态。", code="wrong-state")
    said = reason or "一路多名判定"
    done = [
        retire(
            db, "road", seen.record.code, successor=keep, actor=actor, on=on, reason=said, document=document
        )
        for seen in consequences(db, finding, keep)
    ]
    settle(db, code, said, version=version)
    db.execute(_KEPT, {"keep": keep, "made": [seen.renaming for seen in done], "code": code})
    return done


def take_back(db: Session, code: str, *, actor: str) -> None:
    """Undo a decision: every merged name stands again with its doors, and the finding is open.

    Raises:
        Conflict: nothing was decided, or later acts stand on it.
    """
    finding = one(db, code)
    made: list[Any] = finding.detail.get("renamings", [])
    if not made or finding.state != "已解决":
        raise Conflict("这条排查结果没有可撤销的判定。", "刷新后查看它的状态。", code="wrong-state")
    for renaming in reversed(made):
        undo(db, int(renaming), actor=actor)
    db.execute(
        text("UPDATE register.road_finding SET state = '待处理', settled_on = NULL, reason = '', version = version + 1, "
             "detail = detail - 'renamings' - 'kept' WHERE code = :code"),
        {"code": code},
    )  # fmt: skip
