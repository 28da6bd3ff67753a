"""An existing list of plates (存量门牌清单) into the register: 120,000 rows in one go, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.plates.codes import new_code
from gazetteer.plates.kinds import profile
from gazetteer.plates.loading import Step, load
from geo.files import Table, read_table
from geo.problems import BadFile, Finding
from geo.store.acts import bulk_act, copy_rows

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "address": ("地址编码", "address_code"),
    "standard": ("标准地址", "地址", "门牌地址"),
    "kind": ("种类", "门牌种类", "规格"),
    "state": ("状态", "门牌状态"),
    "maker": ("制作单位",),
    "installer": ("安装人", "安装单位"),
    "on": ("安装日期", "安装时间"),
    "old": ("原编码", "门牌编号", "原门牌编号"),
}
STATES: Final = {"": "hung", "已安装": "hung", "在用": "hung", "已到货": "arrived", "待安装": "arrived",
                 "制作中": "making", "待制作": "ordered", "损坏": "damaged", "缺失": "missing"}  # fmt: skip
# By code and by wording apart: one condition for both would compare every row of the list with every address.
_MATCH = text("""
    SELECT i.row, a.code, a.made_up FROM incoming_plate i
    JOIN register.address a ON a.code = i.address AND a.valid_to IS NULL WHERE i.address <> ''
    UNION ALL
    SELECT i.row, a.code, a.made_up FROM incoming_plate i
    JOIN register.address a ON a.standard_address = i.standard AND a.valid_to IS NULL
    WHERE i.address = '' AND i.standard <> ''
""")
_HAVE = text("SELECT address FROM register.plate WHERE retired_at IS NULL")


@dataclass(slots=True)
class Report:
    """What an import did: rows read, plates written, what was refused and why."""

    rows: int
    written: int = 0
    findings: list[Finding] = field(default_factory=list)

    def sentence(self) -> str:
        """The outcome in one line."""
        return f"读入 {self.rows} 行，登记门牌 {self.written} 块，拒绝 {len(self.findings)} 行。"


def import_plates(
    db: Session, path: Path, *, actor: str, source: str = "", county: str = "", partial: bool = False
) -> Report:
    """Load a list of plates; each gets a new code, the old one stays as its source.

    Args:
        db: the unit of work, without a limit of time.
        path: CSV or XLSX with 地址编码 or 标准地址; 种类, 状态, 制作单位, 安装人, 安装日期, 原编码 where there are.
        actor: the account's name.
        source: where the list comes from.
        county: whose profile names the kinds.
        partial: write the good rows though others are refused.

    Raises:
        BadFile: rows were refused and ``partial`` is false; the findings name each.
    """
    table = read_table(path)
    columns = {name: _column(table, heads) for name, heads in HEADINGS.items()}
    report = Report(len(table))
    with bulk_act(db, actor=actor, action="plate.import", detail={"file": path.name, "rows": len(table)}):
        found = _matched(db, columns)
        good = _checked(db, table, columns, found, set(profile(county).kinds), report)
        if report.findings and (not partial or not good):
            raise BadFile(
                f"{report.rows} 行中有 {len(report.findings)} 行有问题，没有入库。{report.findings[0].sentence()}",
                "改正后重新导入；或者加上 --partial，只入库没有问题的行。", code="plate.import",
                findings=tuple(report.findings),
            )  # fmt: skip
        _write(db, columns, good, actor=actor, source=source or path.name)
        report.written = len(good)
    return report


def _column(table: Table, heads: tuple[str, ...]) -> list[str]:
    head = next((head for head in heads if head in table.columns), None)
    return [cell or "" for cell in table.columns[head]] if head else [""] * len(table)


def _matched(db: Session, columns: Mapping[str, list[str]]) -> dict[int, tuple[str, bool]]:
    db.execute(text("CREATE TEMP TABLE incoming_plate (row int, address text, standard text) ON COMMIT DROP"))
    copy_rows(db, "incoming_plate", ("row", "address", "standard"),
              ((i, *pair) for i, pair in enumerate(zip(columns["address"], columns["standard"], strict=True))))  # fmt: skip
    db.execute(text("ANALYZE incoming_plate"))
    return {row.row: (row.code, row.made_up) for row in db.execute(_MATCH)}


def _checked(
    db: Session, table: Table, columns: Mapping[str, list[str]], found: Mapping[int, tuple[str, bool]],
    kinds: set[str], report: Report,
) -> list[tuple[int, str, bool]]:  # fmt: skip
    have = set(db.scalars(_HAVE))
    good = []
    for i in range(len(table)):
        why = _wrong(columns, i, found, kinds, have)
        if why:
            row = int(table.rows[i])
            report.findings.append(Finding("plate.import", "block", f"第 {row} 行", *why, row))
            continue
        have.add(found[i][0])
        good.append((i, *found[i]))
    return good


def _wrong(
    columns: Mapping[str, list[str]], i: int, found: Mapping[int, tuple[str, bool]], kinds: set[str], have: set[str]
) -> tuple[str, str] | None:  # fmt: skip
    if i not in found:
        return (
            f"登记库里没有地址“{columns['address'][i] or columns['standard'][i]}”",
            "先登记这个地址，或改正编码",
        )
    if found[i][0] in have:
        return f"地址 {found[i][0]} 已有门牌", "去掉这一行；换新请在系统里办理换发"
    if columns["kind"][i] and columns["kind"][i] not in kinds:
        return f"没有“{columns['kind'][i]}”这种门牌", f"可用的种类：{'、'.join(sorted(kinds))}"
    if columns["state"][i] not in STATES:
        return f"不认识的状态“{columns['state'][i]}”", f"可用的状态：{'、'.join(s for s in STATES if s)}"
    if columns["on"][i] and _day(columns["on"][i]) is None:
        return f"安装日期“{columns['on'][i]}”不是日期", "写成 2024-05-01 的样子"
    if (day := _day(columns["on"][i])) and day > date.today():
        return f"安装日期“{columns['on'][i]}”还没有到", "核对日期；还没有安装的，状态写“待安装”"
    return None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10].replace("/", "-"))
    except ValueError:
        return None


def _write(
    db: Session, columns: Mapping[str, list[str]], good: list[tuple[int, str, bool]], *, actor: str, source: str
) -> None:  # fmt: skip
    batches = _batches(db, columns, good, actor=actor, source=source)
    now = datetime.now(UTC)
    plates: list[tuple[Any, ...]] = []
    steps: list[Step] = []
    for i, address, made_up in good:
        day = _day(columns["on"][i])
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else now
        code, state = new_code(), STATES[columns["state"][i]]
        hung = state in {"hung", "damaged", "missing"}
        said = f"{source}，原编码 {columns['old'][i]}" if columns["old"][i] else source
        plates.append((code, address, columns["kind"][i] or "小门牌", "新编", None, batches.get(columns["maker"][i]),
                       columns["installer"][i] if hung else "", at if hung else None, None, None, said, made_up, at,
                       None))  # fmt: skip
        steps.append(Step("plate", code, "begin", None, state, actor, at, f"存量导入：{source}"))
    load(db, plates, steps)


def _batches(
    db: Session, columns: Mapping[str, list[str]], good: list[tuple[int, str, bool]], *, actor: str, source: str
) -> dict[str, str]:  # fmt: skip
    """A batch a maker, so that checks and progress know who made what."""
    counts: dict[str, int] = {}
    for i, _, _ in good:
        counts[columns["maker"][i]] = counts.get(columns["maker"][i], 0) + 1
    counts.pop("", None)
    made: dict[str, str] = {}
    for maker, count in counts.items():
        db.execute(
            text("INSERT INTO register.plate_maker (name) VALUES (:n) ON CONFLICT DO NOTHING"), {"n": maker}
        )
        made[maker] = f"DR{new_code()[:8]}"
        db.execute(
            text("INSERT INTO register.plate_batch (code, maker, title, ordered, made_up, sent_on, received_on, actor) "
                 "VALUES (:code, :maker, :title, :count, :made_up, current_date, current_date, :actor)"),
            {"code": made[maker], "maker": maker, "title": f"存量导入 {source}"[:100], "count": count,
             "made_up": any(made_up for _, _, made_up in good), "actor": actor},
        )  # fmt: skip
    return made
