"""What the public reports as wrong (报错): taken without an account, slowed down, kept with its trace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.parameters import Latitude, Longitude
from geo.problems import NotFound, TooOften
from geo.store.engine import act

STATES: Final = {"new": "待处理", "accepted": "已采纳", "refused": "未采纳"}
"""What became of a report, in the words of the desk and of the answer to who reported."""
_NUMBER = re.compile(r"^BC0*(\d{1,12})$")
Kind = Literal["wrong-point", "wrong-name", "missing-address", "other"]
KINDS: Final[dict[Kind, str]] = {
    "wrong-point": "位置不对",
    "wrong-name": "名称或号码不对",
    "missing-address": "缺少这个地址",
    "other": "其他",
}
HOURLY = 10
"""Reports from one network address within an hour; a whole office may share one."""

_INSERT = text("""
    INSERT INTO register.report (kind, text, contact, question, code, standard_address, point, origin)
    VALUES (:kind, :text, :contact, :question, :code, :standard_address,
            ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490), :origin)
    RETURNING id
""")
_RECENT = text(
    "SELECT count(*) FROM register.report WHERE origin = :origin AND made_at > now() - interval '1 hour'"
)
_ANSWER = text("SELECT id, kind, state, reason, made_at, decided_at FROM register.report WHERE id = :id")
_LIST = text("""
    SELECT id, kind, text, contact, question, code, standard_address, ST_X(point) AS lon, ST_Y(point) AS lat,
           state, made_at
    FROM register.report WHERE id < :before ORDER BY id DESC LIMIT :count
""")


class Report(BaseModel):
    """One report: what kind, in which words, about what."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    kind: Kind
    text: str = Field(min_length=1, max_length=500, description="说明，至多 500 字。")
    contact: str = Field("", max_length=100, description="联系方式，选填，不公开。")
    question: str = Field("", max_length=500, description="查询时输入的文字。")
    code: str = Field("", max_length=64, description="所说地址、道路或地名的编码。")
    standard_address: str = Field("", max_length=200)
    lon: Longitude | None = Field(None, description="正确位置的经度（CGCS2000），选填。")
    lat: Latitude | None = None

    @field_validator("text", "contact", "question", "code", "standard_address")
    @classmethod
    def _plain(cls, value: str) -> str:
        # A line break is what people write; other control characters the database may not even hold.
        return "".join(c for c in value if c >= " " or c == "\n")

    @model_validator(mode="after")
    def _whole_point(self) -> Report:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("经度和纬度须同时给出")
        return self


def take(db: Session, report: Report, *, address: str, actor: str) -> str:
    """Keep a report and give the number under which the bureau finds it.

    Args:
        db: the unit of work.
        report: what was said.
        address: the network address it came from; only a digest that changes daily is kept.
        actor: what the audit calls the caller.

    Raises:
        TooOften: ten reports from this network address within the hour.
    """
    origin = hashlib.sha256(f"{date.today()}|{address}".encode()).hexdigest()[:24]
    if (db.scalar(_RECENT, {"origin": origin}) or 0) >= HOURLY:
        raise TooOften(
            "提交的报错太多。", "请一小时后再试，急事请直接联系地名主管部门。", code="report-throttled"
        )
    act(db, actor=actor, action="report.take")
    return number_of(db.scalar(_INSERT, report.model_dump() | {"origin": origin}))


def number_of(made: int | None) -> str:
    """The number as a person reads it out: BC000123."""
    return f"BC{made:06d}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What anybody may know of a report: neither its words nor who sent it."""

    number: str
    kind: str
    state: str
    reason: str
    made_at: datetime
    decided_at: datetime | None


def id_of(number: str) -> int | None:
    """The row behind a number like BC000123, however it was typed; None where it is no such number."""
    match = _NUMBER.match(number.strip().upper())
    return int(match[1]) if match else None


def answer_to(db: Session, number: str) -> Answer:
    """The bureau's answer to a report, for whoever holds its number.

    Raises:
        NotFound: there is no report of this number.
    """
    row = db.execute(_ANSWER, {"id": id_of(number)}).one_or_none()
    if row is None:
        raise NotFound(
            f"没有编号为“{number.strip()[:20]}”的报错。",
            "编号形如 BC000123，请核对后再查。",
            code="no-such-report",
        )
    word = next(word for kind, word in KINDS.items() if kind == row.kind)
    return Answer(number_of(row.id), word, STATES[row.state], row.reason or "", row.made_at, row.decided_at)


def listed(db: Session, *, before: int, count: int) -> Sequence[dict[str, Any]]:
    """Reports, the newest first, for those who work on them; with the contact."""
    rows = db.execute(_LIST, {"before": before, "count": count}).mappings()
    return [{"number": number_of(row["id"]), **row, "made_at": row["made_at"].isoformat()} for row in rows]
