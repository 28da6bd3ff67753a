"""The queue of differences (差异核对): every row of both sides has a state, and each difference is decided field by field.

待核 not looked at · 一致 equal · 需改 the national record is to be changed, it goes out in the change package ·
已改 done: the register took the national wording, or the package was delivered · 存疑 doubtful, with a note.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange import codes, terms
from gazetteer.exchange.fields import NAMES, TAKEN, TITLES
from gazetteer.exchange.matching import Pair, Theirs, match
from gazetteer.exchange.records import ours
from geo.files import read_table
from geo.problems import BadFile, BadInput, Conflict, NotFound

STATES: Final = ("待核", "一致", "需改", "已改", "存疑")
_COLUMNS: Final = """batch, number, place_code, name, side, kind, code, matched_by, theirs, ours, differing, choice, state,
    note, checked_by, checked_at, version"""
_SHOWN: Final = """batch = :batch AND (:state = '' OR state = :state) AND (:side = '' OR side = :side)
    AND (:field = '' OR :field = ANY (differing)) AND (:q = '' OR position(:q IN name || place_code) > 0)"""
_INSERT: Final = text("""
    INSERT INTO register.exchange_row (batch, number, place_code, name, side, kind, code, matched_by, theirs, ours, differing,
                                       state, checked_by, checked_at)
    VALUES (:batch, :number, :place_code, :name, :side, :kind, :code, :matched_by, CAST(:theirs AS jsonb), CAST(:ours AS jsonb),
            :differing, :state, :by, CASE WHEN :by <> '' THEN now() END)
""")
_APPLIED: Final = {
    "roman_alphabet_spelling": "romanisation", "place_origin": "origin", "place_meaning": "meaning", "place_history": "history",
}  # fmt: skip
_ROAD_HAS: Final = frozenset({"romanisation", "meaning"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a batch: both wordings, where they differ, what was chosen for each field, and the state."""

    batch: int
    number: int
    place_code: str
    name: str
    side: str
    kind: str | None
    code: str | None
    matched_by: str
    theirs: dict[str, str]
    ours: dict[str, str]
    differing: tuple[str, ...]
    choice: dict[str, str]
    state: str
    note: str
    checked_by: str
    checked_at: datetime | None
    version: int


def read_export(path: Path | str) -> list[Theirs]:
    """Rows of a national export (CSV, XLSX, JSON lines of a table): fields by their name or their Chinese word.

    Raises:
        BadFile: the file has neither names nor codes.
    """
    table = read_table(Path(path))
    named = {title: name for name, title in TITLES.items()} | {name: name for name in NAMES}
    columns = {named[head]: cells for head, cells in table.columns.items() if head in named}
    if not {"standard_name", "place_code"} <= columns.keys():
        raise BadFile("文件里没有“标准名称”和“地名代码”两列。", f"列名应为：{'、'.join(TITLES.values())}。")
    return [
        {name: (cells[at] or "").strip() for name, cells in columns.items()} for at in range(len(table))
    ]  # fmt: skip


def compare(db: Session, path: Path | str, *, actor: str, area: str, file_name: str = "") -> int:
    """Match an export with the register and keep the queue; gives the batch's number. Codes are given where they lack.

    Args:
        db: the unit of work; the caller has named the act.
        path: the export.
        actor: who compares.
        area: the county (six digits) the export speaks of.
        file_name: what the officer called the file.
    """
    theirs = read_export(path)
    codes.give(db)
    pairs = match(theirs, ours(db, area=area))
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    batch = int(db.execute(
        text("INSERT INTO register.exchange_batch (file_name, sha256, rule_version, row_count, actor) "
             "VALUES (:file, :sha, :rule, :rows, :actor) RETURNING id"),
        {"file": file_name or Path(path).name, "sha": digest, "rule": terms.version(db), "rows": len(pairs), "actor": actor},
    ).scalar_one())  # fmt: skip
    if pairs:
        db.execute(_INSERT, [_row(batch, n, pair, actor) for n, pair in enumerate(pairs, start=1)])
    return batch


def _row(batch: int, number: int, pair: Pair, actor: str) -> dict[str, Any]:
    theirs, mine = pair.theirs or {}, dict(pair.ours.fields) if pair.ours else {}
    equal = pair.side == "both" and not pair.differing
    return {
        "batch": batch, "number": number, "place_code": theirs.get("place_code") or mine.get("place_code", ""),
        "name": theirs.get("standard_name") or mine.get("standard_name") or "（无名）", "side": pair.side,
        "kind": pair.ours.kind if pair.ours else None, "code": pair.ours.code if pair.ours else None,
        "matched_by": pair.matched_by, "theirs": json.dumps(theirs, ensure_ascii=False),
        "ours": json.dumps(mine, ensure_ascii=False), "differing": list(pair.differing),
        "state": "一致" if equal else "待核", "by": actor if equal else "",
    }  # fmt: skip


def counts(db: Session, batch: int) -> dict[str, int]:
    """How many rows are in each state; together they are all rows."""
    found = Counter({r.state: r.n for r in db.execute(
        text("SELECT state, count(*) AS n FROM register.exchange_row WHERE batch = :b GROUP BY 1"), {"b": batch}
    )})  # fmt: skip
    return {state: found[state] for state in STATES}


def rows(
    db: Session,
    batch: int,
    *,
    state: str = "",
    side: str = "",
    field: str = "",
    q: str = "",
    after: int = 0,
    most: int = 50,
) -> list[Row]:
    """Rows of a batch in order, by state, side, differing field and name."""
    asked = {
        "batch": batch,
        "after": after,
        "state": state,
        "side": side,
        "field": field,
        "q": q,
        "most": most,
    }
    sql = f"SELECT {_COLUMNS} FROM register.exchange_row WHERE {_SHOWN} AND number > :after ORDER BY number LIMIT :most"  # noqa: S608
    found = db.execute(text(sql), asked)
    return [_kept(row) for row in found]


def count(db: Session, batch: int, *, state: str = "", side: str = "", field: str = "", q: str = "") -> int:
    """How many rows such filters show."""
    asked = {"batch": batch, "state": state, "side": side, "field": field, "q": q}
    return int(db.scalar(text(f"SELECT count(*) FROM register.exchange_row WHERE {_SHOWN}"), asked) or 0)  # noqa: S608


def one(db: Session, batch: int, number: int) -> Row:
    """One row.

    Raises:
        NotFound: there is none.
    """
    row = db.execute(
        text(f"SELECT {_COLUMNS} FROM register.exchange_row WHERE batch = :b AND number = :n"),  # noqa: S608
        {"b": batch, "n": number},
    ).one_or_none()
    if row is None:
        raise NotFound(f"第 {batch} 批没有第 {number} 条。", "返回清单。")
    return _kept(row)


def decide(
    db: Session,
    batch: int,
    number: int,
    choice: Mapping[str, str],
    *,
    version: int,
    actor: str,
    note: str = "",
) -> str:
    """Decide each differing field: ``ours`` the national record is wrong, ``theirs`` the register takes it over.

    Gives the state that follows: 需改 when the national record has to change anywhere, else 已改.

    Raises:
        BadInput: a field is undecided, or one that the register only changes by an act (更名) was to be taken over.
        Conflict: somebody was faster.
    """
    row = one(db, batch, number)
    wanted = {name: choice.get(name, "") for name in row.differing}
    if open_fields := [TITLES[n] for n, c in wanted.items() if c not in ("ours", "theirs")]:
        raise BadInput(
            f"还有字段没有选定：{'、'.join(open_fields)}。", "逐个字段选“以登记册为准”或“采用国家库”。"
        )
    taken = [name for name, chosen in wanted.items() if chosen == "theirs"]
    if fixed := [TITLES[name] for name in taken if name not in TAKEN]:
        raise BadInput(
            f"{'、'.join(fixed)}不能从这里改进登记册。",
            "名称、位置请在地名登记里办理后重新比对；或选“以登记册为准”。",
        )
    _take_over(db, row, taken)
    state = "需改" if len(taken) < len(wanted) or row.side != "both" else "已改"
    _set(db, row, version, state, actor, note, dict(wanted))
    return state


def mark(
    db: Session, batch: int, number: int, state: str, *, version: int, actor: str, note: str = ""
) -> None:
    """Set a state by hand: 存疑 with a note, 一致 after looking, 需改, or 待核 to look again.

    Raises:
        BadInput: no such state, or no note to 存疑.
        Conflict: somebody was faster.
    """
    if state not in STATES:
        raise BadInput(f"没有“{state}”这种状态。", f"可用：{'、'.join(STATES)}。")
    if state == "存疑" and not note.strip():
        raise BadInput("存疑要写明疑在哪里。", "填写说明。")
    _set(db, one(db, batch, number), version, state, actor, note, {})


def ours_for_all(db: Session, batch: int, numbers: Sequence[int], *, actor: str) -> int:
    """The register is right in every field of these open rows (成批以登记册为准): they go into the change package."""
    return len(db.execute(
        text("UPDATE register.exchange_row SET state = '需改', checked_by = :actor, checked_at = now(), version = version + 1, "
             "choice = coalesce((SELECT jsonb_object_agg(f, 'ours') FROM unnest(differing) f), '{}') "
             "WHERE batch = :b AND number = ANY (:n) AND state = '待核' RETURNING number"),
        {"actor": actor, "b": batch, "n": list(numbers)},
    ).all())  # fmt: skip


def has_field(kind: str | None, name: str) -> bool:
    """Whether the register keeps this national field for such a record."""
    return kind is not None and (kind != "road" or _APPLIED.get(name) in _ROAD_HAS)


def _take_over(db: Session, row: Row, fields: Sequence[str]) -> None:
    for name in fields:
        column = _APPLIED[name]
        if not has_field(row.kind, name):
            raise BadInput(f"道路登记里没有“{TITLES[name]}”。", "选“以登记册为准”。")
        db.execute(
            text(
                f"UPDATE register.{row.kind} SET {column} = :value, version = version + 1 WHERE code = :code"  # noqa: S608
            ),
            {"value": row.theirs.get(name, ""), "code": row.code},
        )


def _set(
    db: Session, row: Row, version: int, state: str, actor: str, note: str, choice: dict[str, str]
) -> None:
    written = db.execute(
        text("UPDATE register.exchange_row SET state = :state, note = :note, choice = CAST(:choice AS jsonb), "
             "checked_by = :actor, checked_at = now(), version = version + 1 "
             "WHERE batch = :b AND number = :n AND version = :v RETURNING number"),
        {"state": state, "note": note.strip()[:500], "choice": json.dumps(choice), "actor": actor, "b": row.batch,
         "n": row.number, "v": version},
    ).scalar()  # fmt: skip
    if written is None:
        raise Conflict("这一条已被别人核对。", "刷新后再办。", code="version")


def _kept(row: Any) -> Row:
    return Row(**(row._asdict() | {"differing": tuple(row.differing)}))
