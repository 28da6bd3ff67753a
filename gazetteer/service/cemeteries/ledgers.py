"""Ledgers of sites (台账) taken in, reconciled and bridged: why one says 403 and the other 405."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.cemeteries.matching import LedgerRow, Match, match
from gazetteer.service.tables import records
from geo.crs import convert
from geo.files import read_table
from geo.problems import BadFile, BadInput, Conflict, NotFound

_COLUMNS = {
    "name": ("名称", "公墓名称", "墓地名称", "点位名称"), "town": ("镇街", "乡镇街道", "乡镇", "所属镇街"), "village": ("村", "村社", "所在村"),
    "category": ("类别", "类型"), "lon": ("经度",), "lat": ("纬度",), "land": ("土地手续", "土地审批", "土地"),
    "price": ("价格", "政府定价", "定价"), "upkeep": ("维护", "维护管理"),
}  # fmt: skip
DECIDED = {"same": "确认同处", "two": "确认两处"}


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one ledger's count to the other's, category by category.

    Attributes:
        one: rows of the first ledger.
        other: rows of the second.
        minus: category -> sites that only the first has.
        plus: category -> sites that only the second has.
        moved: (category there, category here) -> sites counted by both under different categories.
        open: pairs that still need a person; they are counted as one site until somebody says otherwise.
    """

    one: int
    other: int
    minus: dict[str, int]
    plus: dict[str, int]
    moved: dict[tuple[str, str], int]
    open: int

    @property
    def closes(self) -> bool:
        """Whether the bridge leads from one count exactly to the other."""
        return self.one - sum(self.minus.values()) + sum(self.plus.values()) == self.other


def read(path: Path, *, datum: str = "cgcs2000") -> list[LedgerRow]:
    """The rows of a ledger file.

    Raises:
        BadFile: no column of names, or a row without a name.
    """
    table = read_table(path)
    heads = {field: next((n for n in names if n in table.columns), "") for field, names in _COLUMNS.items()}
    if not heads["name"]:
        raise BadFile(
            "台账里没有名称列。",
            "列名用“名称”，另可有镇街、村、类别、经度、纬度、土地手续、价格、维护。",
            code="ledger.columns",
        )
    rows = [
        _row(number, {f: given.get(h, "") for f, h in heads.items()}, datum)
        for number, given in records(table)
    ]
    empty = [str(r.number) for r in rows if not r.name]
    if empty:
        raise BadFile(f"第 {'、'.join(empty[:10])} 行没有名称。", "补上名称后重新上传。", code="ledger.name")
    return rows


def take_in(
    db: Session, path: Path, *, name: str, file_name: str, definition: str, actor: str, made_up: bool = False
) -> int:
    """Keep a ledger as it was given; gives its number."""
    rows = read(path)
    ledger = db.scalar(
        text("INSERT INTO register.site_ledger (name, file_name, sha256, definition, rows, taken_by, made_up) "
             "VALUES (:name, :file, :sha, :definition, :rows, :actor, :made_up) RETURNING id"),
        {"name": name.strip() or file_name, "file": file_name, "sha": hashlib.sha256(path.read_bytes()).hexdigest(),
         "definition": definition, "rows": len(rows), "actor": actor, "made_up": made_up},
    )  # fmt: skip
    insert = text(
        "INSERT INTO register.site_ledger_row (ledger, number, name, town, village, category, point, land, price, upkeep) "
        "VALUES (:ledger, :number, :name, :town, :village, :category, "
        "ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490), :land, :price, :upkeep)"
    )
    if rows:
        db.execute(insert, [_plain(row) | {"ledger": ledger} for row in rows])
    return int(ledger or 0)


def reconcile(db: Session, one: int, other: int, *, actor: str) -> int:
    """Match two ledgers and keep the matches; gives the reconciliation's number.

    Raises:
        BadInput: the same ledger twice.
        NotFound: no such ledger.
    """
    if one == other:
        raise BadInput("两份台账是同一份。", "选择两份不同的台账。", code="ledger.same")
    left, right = ledger_rows(db, one), ledger_rows(db, other)
    number = db.scalar(
        text(
            "INSERT INTO register.ledger_reconciliation (one, other, made_by) VALUES (:one, :other, :actor) RETURNING id"
        ),
        {"one": one, "other": other, "actor": actor},
    )
    values = [
        {"r": number, "one": m.one.number if m.one else None, "other": m.other.number if m.other else None,
         "state": m.state, "reason": m.reason}
        for m in match(left, right)
    ]  # fmt: skip
    if values:
        db.execute(
            text("INSERT INTO register.ledger_match (reconciliation, one_row, other_row, state, reason) "
                 "VALUES (:r, :one, :other, :state, :reason)"), values,
        )  # fmt: skip
    return int(number or 0)


def decide(db: Session, match_id: int, decision: str, *, actor: str) -> None:
    """Say of a suspected pair whether it is one site or two.

    Raises:
        Conflict: the pair is not, or no longer, open.
    """
    state = DECIDED.get(decision, "")
    done = state and db.execute(
        text("UPDATE register.ledger_match SET state = :state, decided_by = :actor, decided_at = now() "
             "WHERE id = :id AND state = '疑似同处' RETURNING id"),
        {"state": state, "actor": actor, "id": match_id},
    ).first()  # fmt: skip
    if not done:
        raise Conflict("这一对已经核定，或不需要核定。", "刷新页面查看。", code="ledger.decided")


def ledgers(db: Session) -> list[dict[str, Any]]:
    """Every ledger, the newest first."""
    return [
        dict(r) for r in db.execute(text("SELECT * FROM register.site_ledger ORDER BY id DESC")).mappings()
    ]


def ledger_rows(db: Session, ledger: int) -> list[LedgerRow]:
    """A ledger's rows.

    Raises:
        NotFound: no such ledger.
    """
    if not db.scalar(text("SELECT EXISTS (SELECT FROM register.site_ledger WHERE id = :id)"), {"id": ledger}):
        raise NotFound("没有这份台账。", "先上传台账。")
    rows = db.execute(
        text("SELECT number, name, town, village, category, ST_X(point), ST_Y(point), land, price, upkeep "
             "FROM register.site_ledger_row WHERE ledger = :id ORDER BY number"), {"id": ledger},
    )  # fmt: skip
    return [LedgerRow(*row) for row in rows]


def bridge(matches: list[Match]) -> Bridge:
    """The bridge of a set of matches; a pair confirmed as two sites counts on both sides."""
    only_one = [m.one for m in matches if m.one and (m.other is None or m.state == "确认两处")]
    only_other = [m.other for m in matches if m.other and (m.one is None or m.state == "确认两处")]
    moved = Counter(
        (m.one.category, m.other.category)
        for m in matches if m.one and m.other and m.state != "确认两处" and m.one.category != m.other.category
    )  # fmt: skip
    return Bridge(
        sum(m.one is not None for m in matches), sum(m.other is not None for m in matches),
        dict(sorted(Counter(r.category or "未填类别" for r in only_one).items())),
        dict(sorted(Counter(r.category or "未填类别" for r in only_other).items())), dict(sorted(moved.items())),
        sum(m.state == "疑似同处" for m in matches),
    )  # fmt: skip


def _row(number: int, given: dict[str, str], datum: str) -> LedgerRow:
    lon = lat = None
    try:
        x, y = convert([float(given["lon"])], [float(given["lat"])], datum, "cgcs2000")
        lon, lat = float(x[0]), float(y[0])
    except ValueError:
        pass
    plain = {f: given[f].strip() for f in ("name", "town", "village", "category", "land", "price", "upkeep")}
    return LedgerRow(number, lon=lon, lat=lat, **plain)


def _plain(row: LedgerRow) -> dict[str, Any]:
    fields = ("number", "name", "town", "village", "category", "lon", "lat", "land", "price", "upkeep")
    return {name: getattr(row, name) for name in fields}
