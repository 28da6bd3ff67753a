"""Take a renaming or merging back (撤销更名、并名): name, doors and alias as they were before the act."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.impact import Impact, Kind, impact
from gazetteer.register.renaming import NAME_COLUMN, none_orphaned, write_name_parts
from geo.problems import Conflict, NotFound


def undo(db: Session, renaming: int, *, actor: str) -> Impact:
    """Take a renaming or merging back: name, doors and alias as they were; the try stays in the history.

    Raises:
        NotFound: no such act.
        Conflict: it was undone already, a later act stands on it, or the name was given up for good (销名).
    """
    row = _standing(db, renaming)
    kind: Kind = row.kind
    if row.act == "更名":
        db.execute(
            text(f"UPDATE register.{kind} SET {NAME_COLUMN[kind]} = :name, specific = '', generic = '', pinyin = '', "  # noqa: S608
                 "romanisation = '', version = version + 1 WHERE code = :code"),
            {"name": row.old_name, "code": row.code},
        )  # fmt: skip
        write_name_parts(db, kind, row.code, row.old_name)
    else:
        _revive(db, row)
    db.execute(
        text("UPDATE register.alias SET valid_from = valid_to, version = version + 1 WHERE id = :alias"),
        {"alias": row.alias},
    )
    codes = [*row.moved, *row.merged]
    db.scalar(text("SELECT register.rederive_addresses(:codes, NULL)"), {"codes": codes})
    db.execute(
        text("UPDATE register.renaming SET undone_at = now(), undone_by = :actor WHERE id = :id"),
        {"actor": actor, "id": renaming},
    )
    none_orphaned(db, codes)
    return impact(db, kind, row.code)


def _standing(db: Session, renaming: int) -> Any:
    row = db.execute(
        text("SELECT * FROM register.renaming WHERE id = :id FOR UPDATE"), {"id": renaming}
    ).one_or_none()
    if row is None:
        raise NotFound(f"没有第 {renaming} 号更名办件。", "刷新页面后重试。")
    if row.undone_at is not None:
        raise Conflict("这次办理已经撤销过。", "不必再次撤销。")
    if row.act == "销名":
        raise Conflict("销名不能撤销。", "需要恢复的，请按命名程序重新办理。")
    later = db.scalar(
        text(
            "SELECT count(*) FROM register.renaming WHERE code IN (:code, :heir) AND id > :id AND undone_at IS NULL"
        ),
        {"code": row.code, "heir": row.successor or row.code, "id": renaming},
    )
    if later:
        raise Conflict("之后又办理过更名，不能越过它撤销。", "请先撤销较晚的一次。")
    return row


def _revive(db: Session, row: Any) -> None:
    db.execute(
        text(
            "UPDATE register.road SET state = '现行', valid_to = NULL, version = version + 1 WHERE code = :code"
        ),
        {"code": row.code},
    )
    db.execute(
        text(
            "UPDATE register.road_segment SET valid_to = NULL, version = version + 1 WHERE road = :code AND act_id = :act"
        ),
        {"code": row.code, "act": row.act_id},
    )
    db.execute(
        text("UPDATE register.address SET road = :code, handle_name = :name WHERE code = ANY (:moved)"),
        {"code": row.code, "name": row.old_name, "moved": row.moved},
    )
    db.execute(
        text("UPDATE register.address SET valid_to = NULL, principal = NULL WHERE code = ANY (:merged)"),
        {"merged": row.merged},
    )
