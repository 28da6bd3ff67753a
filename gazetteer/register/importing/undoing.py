"""Take an import back (撤销导入): what it changed is as before, what it added is retired; nothing is deleted.

Only as a whole, and only while nothing stands on it: a row that was changed since, or that a plate, a registration, an alias
names, keeps the import in force, and the refusal says which. A retired row keeps its code; the mended file, imported under
the same codes, brings it into force again. A record that had no beginning counts, in looks at earlier days, until the day of
the import; one with a beginning was never in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.importing.standing import TITLES, obstacles
from gazetteer.register.importing.trace import TABLES, columns_of, key_of
from geo.problems import Conflict, NotFound
from geo.store.acts import bulk_act

_COUNTS: Final = text("""
    SELECT table_name, cardinality(keys) AS added, 0 AS changed FROM register.import_added WHERE act_id = :act
    UNION ALL SELECT table_name, 0, count(*) FROM register.import_before WHERE act_id = :act GROUP BY table_name
""")
_RETIRE: Final = """
    UPDATE register.{table} t SET valid_to = coalesce(t.valid_from, CAST(:day AS date)), version = t.version + 1
    WHERE t.valid_to IS NULL AND {key} IN (
      SELECT unnest(keys) FROM register.import_added WHERE act_id = :act AND table_name = '{table}')
"""
_RESTORE: Final = """
    UPDATE register.{table} t SET ({columns}) = ROW ({values}){version}
    FROM register.import_before b, jsonb_populate_record(NULL::register.{table}, b.before) r
    WHERE b.act_id = :act AND b.table_name = '{table}' AND {key} = b.key
"""
# The history is never rewritten: where the import ended the wording of before and kept it there, that wording goes on
# from the day on which the import's began, so every earlier day shows what it showed.
_BEGINS: Final = """
    CASE WHEN EXISTS (SELECT FROM register.{table}_history h WHERE h.superseded_act = :act AND {same})
         THEN t.valid_from ELSE r.valid_from END
"""
_DONE: Final = text("""
    UPDATE register.import_batch SET undone_at = now(), undone_by = :actor, undone_act = :undo, undo_said = ''
    WHERE id = :batch
""")


@dataclass(frozen=True, slots=True)
class Imported:
    """An import as it can be taken back.

    Attributes:
        id: number of the record.
        kind: what the file was about.
        file: its name.
        actor: the account that imported it.
        at: when.
        asked_at: when taking it back was asked for, None if never.
        said: why it was not taken back then.
        undone_at: when it was taken back.
        undone_by: by whom.
        added: (title, count) of rows that would be retired.
        changed: (title, count) of rows that would be as before.
        kept_points: positions given to doors that had none, which stay.
        obstacles: what stands on it, one sentence each; not looked for while it is being taken back or was.
    """

    id: int
    kind: str
    file: str
    actor: str
    at: Any
    asked_at: Any
    said: str
    undone_at: Any
    undone_by: str | None
    added: list[tuple[str, int]]
    changed: list[tuple[str, int]]
    kept_points: int
    obstacles: list[str]

    @property
    def at_work(self) -> bool:
        """Whether it is being taken back."""
        return self.asked_at is not None and self.undone_at is None

    @property
    def traced(self) -> bool:
        """Whether it left anything that could be taken back."""
        return bool(self.added or self.changed)


def look(db: Session, batch: int) -> Imported:
    """What taking an import back would do, and what stands against it.

    Raises:
        NotFound: no import of that number.
    """
    row = _row(db, batch)
    counts = sorted(
        db.execute(_COUNTS, {"act": row.act_id}).all(), key=lambda one: list(TITLES).index(one.table_name)
    )
    points = sum(one.added for one in counts if one.table_name == "address_point")
    return Imported(
        row.id, row.kind, row.file_name, row.actor, row.imported_at, row.undo_asked_at, row.undo_said, row.undone_at,
        row.undone_by,
        [(TITLES[one.table_name], one.added) for one in counts if one.added and one.table_name != "address_point"],
        [(TITLES[one.table_name], one.changed) for one in counts if one.changed],
        points, [] if row.undone_at else obstacles(db, row.act_id),
    )  # fmt: skip


def ask(db: Session, batch: int) -> None:
    """Note that an import is to be taken back; the work itself may take a while.

    Raises:
        NotFound: no import of that number.
        Conflict: it was taken back already, it left nothing to take back, or something stands on it.
    """
    _permit(look(db, batch))
    db.execute(
        text("UPDATE register.import_batch SET undo_asked_at = now(), undo_said = '' WHERE id = :id"),
        {"id": batch},
    )


def refuse(db: Session, batch: int, why: str) -> None:
    """Say in the record of an import why it was not taken back."""
    db.execute(
        text("UPDATE register.import_batch SET undo_asked_at = NULL, undo_said = :why WHERE id = :id"),
        {"id": batch, "why": why},
    )


def take_back(db: Session, batch: int, *, actor: str) -> Imported:
    """Take an import back in one act.

    Raises:
        NotFound: no import of that number.
        Conflict: as for ``ask``; the rows may have changed since.
    """
    row = _row(db, batch, lock=True)
    seen = look(db, batch)
    _permit(seen)
    given = {"act": row.act_id, "day": row.imported_at.date()}
    detail = {"batch": batch, "file": row.file_name}
    with bulk_act(db, actor=actor, action=f"import.{row.kind}.undo", detail=detail) as act:
        db.execute(text("SELECT set_config('diming.taking_back', 'on', true)"))
        for table in TABLES:
            if table != "address_point":
                db.execute(text(_RETIRE.format(table=table, key=key_of(table))), given)
        for table in TABLES:
            _restore(db, table, given)
        db.execute(_DONE, {"batch": batch, "actor": actor, "undo": act.id})
        db.execute(text("SELECT set_config('diming.taking_back', '', true)"))
    return seen


def _restore(db: Session, table: str, given: dict[str, Any]) -> None:
    columns = columns_of(table)
    traced = "version" in TABLES[table].columns
    values = {column: f"r.{column}" for column in columns}
    if traced:
        values["valid_from"] = _BEGINS.format(table=table, same=f"{key_of(table, 'h')} = b.key")
    db.execute(
        text(_RESTORE.format(
            table=table, columns=", ".join(columns), values=", ".join(values.values()), key=key_of(table),
            version=", version = t.version + 1" if traced else "",
        )), given,
    )  # fmt: skip


def _permit(seen: Imported) -> None:
    if seen.undone_at:
        raise Conflict("这次导入已经撤销过。", "不必再次撤销。", code="import.undone")
    if not seen.traced:
        raise Conflict(
            "这次导入没有可以撤销的内容。", "它没有新增，也没有更新任何记录。", code="import.nothing"
        )
    if seen.obstacles:
        raise Conflict(
            f"不能撤销：{'；'.join(seen.obstacles[:5])}。", "先处理这些业务；或在登记里逐条改正、停用导错的记录。",
            code="import.stands",
        )  # fmt: skip


def _row(db: Session, batch: int, *, lock: bool = False) -> Any:
    row = db.execute(
        text(f"SELECT * FROM register.import_batch WHERE id = :id{' FOR UPDATE' if lock else ''}"),
        {"id": batch},
    ).one_or_none()
    if row is None:
        raise NotFound(f"没有第 {batch} 号导入。", "回到导入导出，从导入记录里打开。", code="import.no-batch")
    return row
