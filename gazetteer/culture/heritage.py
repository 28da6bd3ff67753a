"""Names under protection (地名文化遗产): class, level, since when, and the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.check import check
from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.model import Proposal
from gazetteer.naming.profile import load_profile
from gazetteer.register.impact import Kind, record_of
from geo.problems import BadInput
from geo.settings import settings

CLASSES: Final = ("千年古县", "千年古城", "千年古镇", "千年古村落", "甲骨文金文地名", "少数民族语地名", "近现代重要地名",
                  "地方传统地名")  # fmt: skip
"""Classes of place-name heritage (地名文化遗产类别); what exactly a province counts as one is the province's to say."""
LEVELS: Final = ("国家级", "省级", "市级", "县级", "候选")
_THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing of a name; ``since_year`` is the first year the name is evidenced, negative before our era."""

    id: int
    kind: str
    code: str
    name: str
    heritage_class: str
    level: str
    since_year: int | None
    evidence: str
    listed_on: date | None
    document: str
    protection: str
    made_up: bool

    def age(self, year: int) -> int | None:
        """How many years the name is old in a year."""
        return None if self.since_year is None else year - self.since_year


def add(
    db: Session, kind: Kind, code: str, heritage_class: str, level: str, *, evidence: str, since_year: int | None = None,
    listed_on: date | None = None, document: str = "", protection: str = "",
) -> None:  # fmt: skip
    """Put a name on a protection list; from then on check N20 stands before its renaming.

    Raises:
        BadInput: an unknown class or level, no evidence, a class of a thousand years without that age, or check N23
            finds the division unfit for the class and ``protection`` gives no reason.
    """
    record = record_of(db, kind, code)
    _demand_fit(db, kind, code, heritage_class, protection)
    if heritage_class not in CLASSES or level not in LEVELS:
        raise BadInput("没有这个遗产类别或级别。", f"类别：{'、'.join(CLASSES)}。", code="heritage.class")
    if not evidence.strip():
        raise BadInput("没有写依据。", "写明文献、碑刻等依据。", code="heritage.evidence")
    year = date.today().year
    if heritage_class.startswith("千年") and (since_year is None or year - since_year < _THOUSAND):
        raise BadInput(
            "“千年”类要求地名已有一千年以上。", "填写最早见于记载的年份，或改选类别。", code="heritage.age"
        )
    db.execute(
        text(f"INSERT INTO register.heritage (kind, code, class, level, since_year, evidence, listed_on, document, protection, "  # noqa: S608
             f"made_up) SELECT :kind, code, :class, :level, :since, :evidence, :listed, :document, :protection, made_up "
             f"FROM register.{kind} WHERE code = :code"),
        {"kind": kind, "code": code, "class": heritage_class, "level": level, "since": since_year, "evidence": evidence.strip(),
         "listed": listed_on, "document": document, "protection": protection},
    )  # fmt: skip
    if kind == "place":
        db.execute(
            text("UPDATE register.place SET heritage = :said, version = version + 1 WHERE code = :code"),
            {"said": f"{level}{heritage_class}", "code": record.code},
        )


def _demand_fit(db: Session, kind: Kind, code: str, heritage_class: str, reason: str) -> None:
    """Check N23 over the record: a 乡 that is listed as 千年古镇 needs a written reason."""
    if kind != "place" or not heritage_class.startswith("千年"):
        return
    row = db.execute(
        text("SELECT standard_name AS name, category, coalesce(division, '') AS division FROM register.place WHERE code = :c"),
        {"c": code},
    ).one()  # fmt: skip
    today = date.today()
    asked = Proposal(row.name, row.category, row.division, today, feature="township" if row.category == "B" else "",
                     heritage=heritage_class, reasons={"N23": reason.strip()} if reason.strip() else {})  # fmt: skip
    results = check(asked, MemoryRegister(), load_profile(row.division[:6], today, settings().naming_rules))
    stopping = [f for one in results if one.code == "N23" for f in one.findings if f.stops]
    if stopping:
        raise BadInput(f"{stopping[0].evidence}。", f"{stopping[0].remedy}；确认可以申报的，在“保护措施”里写明理由。",
                       code="heritage.class-fit", findings=tuple(stopping))  # fmt: skip


def of(db: Session, code: str) -> list[Entry]:
    """Listings of one name."""
    return _entries(db, "WHERE h.code = :code", {"code": code})


def protected(db: Session) -> list[Entry]:
    """The protection list (保护名录): every name that is on it."""
    return _entries(db, "", {})


def _entries(db: Session, where: str, asked: dict[str, Any]) -> list[Entry]:
    rows = db.execute(
        text("SELECT h.id, h.kind, h.code, coalesce(p.standard_name, r.name, '') AS name, h.class, h.level, h.since_year, "  # noqa: S608
             "h.evidence, h.listed_on, h.document, h.protection, h.made_up FROM register.heritage h "
             "LEFT JOIN register.place p ON h.kind = 'place' AND p.code = h.code "
             "LEFT JOIN register.road r ON h.kind = 'road' AND r.code = h.code "
             f"{where} {'AND' if where else 'WHERE'} h.retired_at IS NULL ORDER BY h.level, name, h.id"), asked,
    )  # fmt: skip
    return [Entry(*row) for row in rows]
