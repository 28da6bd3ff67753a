"""Registrations from a file (批量导入): every row checked with its number, seen first, written all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import batches
from gazetteer.numbering.ground import Ground, load, rules_here
from gazetteer.plates import orders
from gazetteer.registration import deciding, looking, taking
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import KINDS, MACHINE, NEW_NUMBER, Application, Person
from geo.cases import states
from geo.files import Table
from geo.files.columns import guess_columns
from geo.problems import BadInput, Conflict, Finding, Problem

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "kind": ("办理类型", "类型", "登记类型"),
    "road": ("道路", "街路巷", "自然村", "小区", "道路名称"),
    "number": ("门牌号", "号"),
    "sub": ("附号",),
    "bld": ("幢",),
    "unit": ("单元",),
    "room": ("室",),
    "lon": ("经度",),
    "lat": ("纬度",),
    "applicant": ("申请人", "产权人", "权利人"),
    "phone": ("电话", "联系电话"),
    "title_number": ("权属证件号", "不动产权证号", "证号"),
    "address": ("地址编码", "原地址编码"),
    "same_as": ("其他地址", "同一不动产地址"),
    "postcode": ("邮政编码", "邮编"),
    "note": ("说明", "备注"),
}
MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it would be written: rows that are good, findings of every row, how many are refused."""

    rows: tuple[tuple[int, Application], ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> int:
        """Rows that something blocks."""
        return len({f.row for f in self.findings if f.severity == "block"})


def check(db: Session, table: Table) -> Checked:
    """Read and check every row; nothing is written.

    Raises:
        BadInput: a column is missing or there are too many rows.
    """
    if len(table) > MOST_ROWS:
        raise BadInput(
            f"文件有{len(table)}行，一次最多{MOST_ROWS}行。", "请拆成几个文件。", code="file.too-many-rows"
        )
    guess = guess_columns(table.headers, FIELDS, required=("applicant",))
    missing = [f for f in guess.findings if f.severity == "block"]
    if missing:
        raise BadInput(
            missing[0].evidence + "。",
            "补上这一列后重新导入。",
            code="columns.missing",
            findings=tuple(missing),
        )
    cells = {field: table.columns[header] for field, header in guess.mapping.items()}
    found: list[Finding] = [f for f in table.findings if f.row is not None]
    rows: list[tuple[int, Application]] = []
    # Nothing is written while a file is checked: each road is looked for and read once.
    known = _Known(db)
    seen: dict[tuple[str, ...], int] = {}
    for at, number in enumerate(int(row) for row in table.rows):
        try:
            given = _row(known, {field: (column[at] or "").strip() for field, column in cells.items()})
            told = taking.findings(db, given, ground=known.ground(given))
        except Problem as problem:
            told, given = (
                [Finding(problem.code, "block", "", problem.sentence.rstrip("。"), problem.remedy)],
                None,
            )
        if given is not None:
            told += _twice(given, number, seen)
        found += [_at(f, number) for f in told]
        if given is not None and not any(f.severity == "block" for f in told):
            rows.append((number, given))
    return Checked(tuple(rows), tuple(found))


def write(db: Session, checked: Checked, clerk: Clerk, *, name: str) -> int:
    """Take in and approve every row of a checked file; gives the batch.

    Raises:
        BadInput: a row is refused; nothing is written then.
    """
    if checked.refused or not checked.rows:
        raise BadInput(f"有{checked.refused}行不能导入。", "改正后重新导入，整个文件一次写入。", code="import.refused",
                       findings=checked.findings)  # fmt: skip
    batch = int(db.execute(
        text("INSERT INTO register.number_batch (kind, title, rules, row_count, actor, actor_shown) "
             "VALUES ('import', :title, :rules, :rows, :actor, :shown) RETURNING id"),
        {"title": name[:200], "rules": rules_here(db).version, "rows": len(checked.rows), "actor": clerk.name,
         "shown": clerk.shown},
    ).scalar_one())  # fmt: skip
    for number, given in checked.rows:
        try:
            code = taking.take(db, given, clerk, batch=batch, on=date.today()).code
            deciding.do(db, code, "approve", clerk)
        except Problem as problem:
            raise BadInput(
                f"第{number}行：{problem.sentence}", problem.remedy, code=problem.code
            ) from problem
    db.execute(
        text("INSERT INTO register.number_batch_row (batch, address) SELECT DISTINCT batch, result "
             "FROM register.registration WHERE batch = :b AND kind = '新编' AND result IS NOT NULL"), {"b": batch},
    )  # fmt: skip
    return batch


def undo(db: Session, batch: int, clerk: Clerk, *, on: date) -> int:
    """Take an imported batch back whole: doors end, numbers are free, plates are retired, cases are withdrawn.

    Raises:
        Conflict: it also changed or ended doors that stood before, which nobody can take back unseen; or it is undone
            already, or a later registration builds on one of its doors.
    """
    rows = db.execute(
        text("SELECT code, kind, result, version FROM register.registration WHERE batch = :b ORDER BY code"), {"b": batch}
    ).all()  # fmt: skip
    others = [row.kind for row in rows if row.kind != "新编"]
    if others:
        raise Conflict(
            f"这一批里有{len(others)}件{'、'.join(dict.fromkeys(others))}，不能整批撤销。",
            "新编以外的登记请逐件办理变更。",
            code="batch.mixed",
        )
    for row in rows:
        orders.retire_of(db, row.result, actor=clerk.name, roles=clerk.roles, note=f"第{batch}批撤销")
        states.move(
            db, MACHINE, row.code, "undo", actor=clerk.shown, roles=clerk.roles, note=f"第{batch}批撤销"
        )
    return batches.undo(db, batch, by=clerk.shown, on_day=on)


class _Known:
    """Roads, natural villages and estates of one file: by name, and with all that stands on them."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self._codes: dict[str, str] = {}
        self._grounds: dict[str, Ground] = {}

    def code(self, name: str) -> str:
        """The code of the only one with this name, see :func:`_handle`."""
        if name not in self._codes:
            self._codes[name] = _handle(self.db, name)
        return self._codes[name]

    def ground(self, given: Application) -> Ground | None:
        """What an application wants a number on."""
        if not given.handle or given.kind not in NEW_NUMBER:
            return None
        if given.handle not in self._grounds:
            self._grounds[given.handle] = load(self.db, given.handle)
        return self._grounds[given.handle]


def _row(known: _Known, cell: dict[str, str]) -> Application:
    kind = cell.get("kind") or "新编"
    if kind not in KINDS:
        raise BadInput(
            f"没有“{kind[:10]}”这种登记。", f"可选：{'、'.join(KINDS)}。", code="registration.kind"
        )
    given = Application(
        kind=kind, channel="批量", address=cell.get("address", ""),
        handle=known.code(cell.get("road", "")) if kind in NEW_NUMBER else "",
        number=cell.get("number", "").removesuffix("号"), sub=cell.get("sub", ""), bld=cell.get("bld", "").removesuffix("幢"),
        unit=cell.get("unit", "").removesuffix("单元"), room=cell.get("room", "").removesuffix("室"),
        lon=_degrees(cell.get("lon", ""), "经度"), lat=_degrees(cell.get("lat", ""), "纬度"),
        postcode=cell.get("postcode", ""), note=cell.get("note", "")[:500],
        same_as=tuple(s.strip() for s in cell.get("same_as", "").replace("；", ";").split(";") if s.strip()),
        person=Person("个人", cell.get("applicant", "")[:100], "", cell.get("phone", ""), cell.get("title_number", "")[:100]),
    )  # fmt: skip
    return taking.suggested(known.db, given, ground=known.ground(given))


def _handle(db: Session, name: str) -> str:
    if not name:
        raise BadInput("道路、自然村或小区为空。", "补上名称。", code="registration.handle")
    found = [h for h in looking.handles(db, name) if h.name == name]
    if len(found) != 1:
        what = "没有登记" if not found else f"有{len(found)}个同名的"
        raise BadInput(
            f"“{name[:30]}”{what}。",
            "写登记册里的标准名称；同名的请在窗口单件办理。",
            code="registration.handle",
        )
    return found[0].code


def _degrees(cell: str, word: str) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not -180 <= value <= 180:
        raise BadInput(f"{word}“{cell[:20]}”不是度数。", "写 CGCS2000 经纬度。", code="registration.point")
    return value


def _twice(given: Application, number: int, seen: dict[tuple[str, ...], int]) -> Sequence[Finding]:
    key = (given.handle, given.number, given.sub, given.bld, given.unit, given.room)
    if given.kind not in NEW_NUMBER or not given.handle:
        return []
    first = seen.setdefault(key, number)
    if first == number:
        return []
    return [
        Finding(
            "registration.twice",
            "block",
            "number · 门牌号",
            f"与第{first}行是同一个号码",
            "删去一行，或改号码",
        )
    ]


def _at(finding: Finding, row: int) -> Finding:
    where = finding.where.partition(" · ")[2] or finding.where
    return Finding(finding.code, finding.severity, f"第 {row} 行{' · ' + where if where else ''}", finding.evidence,
                   finding.remedy, row)  # fmt: skip
