"""Reports of the public (报错) as those see them who work on them: the list by state, one report, the decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.reports import KINDS, STATES, id_of, number_of
from geo.problems import Conflict, NotFound

REASONS: Final = {
    "accepted": ("已更正登记信息。", "已补录这个地址。", "已安排现场核实，核实后更正。"),
    "refused": (
        "与登记和现场一致，无需更改。",
        "不在本区范围内。",
        "说明不完整，无法核实。",
        "与已有的报错重复。",
    ),
}
"""What an office usually answers; anything else can be written."""

_COLUMNS: Final = """id, kind, text, contact, question, code, standard_address, ST_X(point) AS lon,
    ST_Y(point) AS lat, state, made_at, reason, decided_by, decided_at"""
_PAGE: Final = """
    SELECT {columns} FROM register.report
    WHERE (:state = '' OR state = :state) AND (:kind = '' OR kind = :kind)
      AND (:q = '' OR strpos(text, :q) > 0 OR strpos(standard_address, :q) > 0 OR strpos(question, :q) > 0)
      AND id {after} :after ORDER BY id {way} LIMIT :count
"""
_ONE = text(f"SELECT {_COLUMNS} FROM register.report WHERE id = :id")  # noqa: S608
_TOTAL = text("""
    SELECT count(*) FROM register.report
    WHERE (:state = '' OR state = :state) AND (:kind = '' OR kind = :kind)
      AND (:q = '' OR strpos(text, :q) > 0 OR strpos(standard_address, :q) > 0 OR strpos(question, :q) > 0)
""")
_KIND = text("""
    SELECT 'address' FROM register.address WHERE code = :code
    UNION ALL SELECT 'road' FROM register.road WHERE code = :code
    UNION ALL SELECT 'place' FROM register.place WHERE code = :code LIMIT 1
""")
_DECIDE = text("""
    UPDATE register.report SET state = :state, reason = :reason, decided_by = :by, decided_at = now()
    WHERE id = :id AND state = 'new'
""")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports: the state, the kind, a text they hold; empty for all."""

    state: str = ""
    kind: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report with its contact, which only those who work on it see."""

    id: int
    kind: str
    text: str
    contact: str
    question: str
    code: str
    standard_address: str
    lon: float | None
    lat: float | None
    state: str
    made_at: datetime
    reason: str
    decided_by: str | None
    decided_at: datetime | None

    @property
    def number(self) -> str:
        """The number that the public was told."""
        return number_of(self.id)

    @property
    def kind_word(self) -> str:
        """What kind of fault it is about."""
        return dict[str, str](KINDS)[self.kind]  # type: ignore[arg-type]

    @property
    def state_word(self) -> str:
        """What became of it."""
        return STATES[self.state]


def listed(
    db: Session, wanted: Wanted, *, newest: bool = True, after: int | None = None, count: int
) -> list[Report]:
    """Reports of a filter in the order they came, from behind ``after`` on."""
    sql = _PAGE.format(columns=_COLUMNS, after="<" if newest else ">", way="DESC" if newest else "ASC")
    begin = after if after is not None else (2**62 if newest else 0)
    rows = db.execute(text(sql), asdict(wanted) | {"after": begin, "count": count})
    return [Report(*row) for row in rows]


def total(db: Session, wanted: Wanted) -> int:
    """How many there are."""
    return int(db.scalar(_TOTAL, asdict(wanted)) or 0)


def one(db: Session, number: str) -> Report:
    """The report with a number like BC000123.

    Raises:
        NotFound: there is none.
    """
    row: Any = db.execute(_ONE, {"id": id_of(number)}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为 {number} 的报错。", "请核对编号。", code="no-such-report")
    return Report(*row)


def correction(db: Session, report: Report) -> tuple[str, str] | None:
    """Where what was reported is put right: the button's words and the page, filled as far as the report tells.

    None where the report names neither an address nor a record.
    """
    point = f"{report.lon:.7f},{report.lat:.7f}" if report.lon is not None and report.lat is not None else ""
    kind = db.scalar(_KIND, {"code": report.code}) if report.code else None
    if kind in ("place", "road"):
        return "更正这条登记", f"/desk/places/{kind}/{report.code}/edit"
    if kind == "address":
        asked = {"kind": "变更", "address": report.code, "point": point}
        return "办理门牌变更", "/desk/numbers/new?" + urlencode({k: v for k, v in asked.items() if v})
    if report.kind == "missing-address":
        asked = {"kind": "新编", "point": point}
        return "登记这个地址", "/desk/numbers/new?" + urlencode({k: v for k, v in asked.items() if v})
    return None


def decide(db: Session, report: Report, state: str, reason: str, *, by: str) -> None:
    """Accept or refuse a report that is still open.

    Raises:
        Conflict: somebody decided it before.
    """
    changed: Any = db.execute(_DECIDE, {"id": report.id, "state": state, "reason": reason, "by": by})
    if changed.rowcount == 0:
        raise Conflict(f"{report.number} 已经处理过。", "请刷新页面看处理结果。", code="report.decided")
