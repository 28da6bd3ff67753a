"""The change package (更新包): what the national database has to add, change or delete, in its own fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange import codes, queue
from gazetteer.exchange.fields import NAMES, TITLES
from gazetteer.exchange.records import check, ours
from gazetteer.exchange.terms import classes
from geo.files import write_table
from geo.problems import BadInput, Finding

OPERATIONS: Final = {"both": "UPDATE", "local": "ADD", "national": "DELETE"}
FORMATS: Final = ("csv", "xlsx", "json")


def build(db: Session, batch: int) -> tuple[list[dict[str, str]], list[Finding]]:
    """Records of every row in the state 需改, as the register has them now, and what keeps any from being filed.

    Each has ``operation`` (ADD UPDATE DELETE) and ``changed`` (the differing fields) before the national fields; a field
    for which the national wording was taken keeps that.
    """
    waiting = queue.rows(db, batch, state="需改", most=1_000_000)
    mine = {record.code: record for record in ours(db, codes=[row.code for row in waiting if row.code])}
    made: list[dict[str, str]] = []
    found: list[Finding] = []
    table = classes(db)
    for row in waiting:
        operation = OPERATIONS[row.side]
        fields = (
            dict(row.theirs)
            if operation == "DELETE"
            else dict(mine[row.code].fields)
            if row.code in mine
            else row.ours
        )
        changed = [name for name in row.differing if row.choice.get(name) != "theirs"]
        made.append({"operation": operation, "changed": "、".join(TITLES[n] for n in changed),
                     **{name: fields.get(name, "") for name in NAMES}})  # fmt: skip
        if operation != "DELETE":
            found += check(fields, table, row.number)
    return made, found


def write(db: Session, batch: int, path: Path) -> int:
    """Write the package as CSV, XLSX or JSON, by the file's ending; gives the count of its records.

    Raises:
        BadInput: a record is not fit to be filed; ``findings`` lists each with its row.
    """
    made, found = build(db, batch)
    if found:
        raise BadInput(
            f"更新包里有 {len(found)} 处不合格，没有导出。", "按下列各条改正后重新导出。", code="exchange.invalid",
            findings=tuple(found),
        )  # fmt: skip
    if path.suffix == ".json":
        path.write_text(
            json.dumps({"rule": "地名更新包", "records": made}, ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
    else:
        titles: dict[str, str] = {"operation": "操作", "changed": "更新字段", **TITLES}
        columns: dict[str, list[Any]] = {title: [row[name] for row in made] for name, title in titles.items()}
        notice = "含示例数据" if _made_up(db, batch) else None
        write_table(path, columns, notice=notice)
    return len(made)


def delivered(db: Session, batch: int, *, actor: str) -> int:
    """The package was handed over: rows in 需改 are 已改 now; gives how many."""
    return len(db.execute(
        text("UPDATE register.exchange_row SET state = '已改', checked_by = :actor, checked_at = now(), version = version + 1 "
             "WHERE batch = :b AND state = '需改' RETURNING number"),
        {"actor": actor, "b": batch},
    ).all())  # fmt: skip


def export(db: Session, path: Path, *, area: str) -> int:
    """All names in force of a county in the national fields, as a file; gives their count."""
    codes.give(db)
    records = ours(db, area=area)
    columns = {TITLES[name]: [record.fields[name] for record in records] for name in NAMES}
    write_table(path, columns, notice="含示例数据" if any(r.made_up for r in records) else None)
    return len(records)


def _made_up(db: Session, batch: int) -> bool:
    return bool(db.scalar(
        text("SELECT EXISTS (SELECT FROM register.exchange_row x JOIN register.exchange_record e "
             "ON e.kind = x.kind AND e.code = x.code WHERE x.batch = :b AND x.state = '需改' AND e.made_up)"),
        {"b": batch},
    ))  # fmt: skip
