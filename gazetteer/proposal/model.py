"""The words of proposals (地名申请): what is given, what is kept, which states the public may see.

Geometry is shapely in CGCS2000 degrees; lengths are metres, areas square metres, rates fractions of one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from gazetteer.naming.model import FEATURES as FEATURES
from gazetteer.naming.model import Asked, Proposal

MACHINE: Final = "proposal"
STATES: Final = {
    "draft": "草稿", "submitted": "待受理", "correcting": "待补正", "accepted": "已受理", "checked": "校验通过",
    "arguing": "论证中", "consulting": "征求意见中", "noticed": "公示中", "reviewing": "公示期满", "opined": "已出具意见",
    "approved": "已批准", "filed": "已备案", "announced": "已公告", "signed": "标志已设置", "refused": "不予同意",
    "withdrawn": "已撤回", "ended": "已终止",
}  # fmt: skip
PUBLIC: Final = frozenset({"noticed", "reviewing", "opined", "approved", "filed", "announced", "signed"})
"""States in which the public may know of a proposal (公示以后)."""
EDITABLE: Final = frozenset({"draft", "submitted", "correcting", "accepted"})
"""States in which the facts of a proposal may still change."""


@dataclass(frozen=True, slots=True)
class Draft(Asked):
    """What an applicant gives (申请内容). Personal fields are :data:`PERSONAL`; they never leave the office."""

    category: str
    division: str
    name: str = ""
    planned_name: str = ""
    road_class: str = ""
    surface: str = ""
    segments: tuple[int, ...] = ()
    start_text: str = ""
    end_text: str = ""
    direction: str = ""
    location: str = ""
    usage: str = ""
    built_on: str = ""
    origin: str = ""
    meaning: str = ""
    reason: str = ""
    applicant_kind: str = "单位"
    contact: str = ""
    phone: str = ""
    receive_by: str = ""
    collect_by: str = ""
    made_up: bool = False

    def to_check(self, day: date) -> Proposal:
        """The proposal as the checks want it, asked on a day."""
        shared = {one.name for one in fields(Proposal)} & {one.name for one in fields(self)}
        given = {name: getattr(self, name) for name in shared}
        given["persons"] = tuple(p for p in (*self.persons, self.contact) if p)
        given["applicant"] = self.applicant if self.applicant_kind == "单位" else ""
        return Proposal(jurisdiction=self.division, day=day, **given)


PERSONAL: Final = ("applicant", "persons", "contact", "phone", "receive_by", "collect_by")
FIELDS: Final = tuple(one.name for one in fields(Draft) if one.name != "geometry")


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal as the register keeps it: what was given, where it stands, what was decided."""

    code: str
    draft: Draft
    state: str
    version: int
    town: str
    """Name of the township, or of the county for what lies in several."""
    pinyin: str
    romanisation: str
    channel: str
    candidates: list[dict[str, Any]]
    findings: list[dict[str, Any]] | None
    checked_at: datetime | None
    rules: str
    reports: dict[str, str]
    noticed_from: date | None
    noticed_to: date | None
    filed_on: date | None
    filing_number: str
    announced_on: date | None
    announcement_number: str
    signed_on: date | None
    batch: str | None
    opinion: str | None
    approval: str | None
    result: str
    made_by: str
    made_at: datetime

    @property
    def title(self) -> str:
        """The name, or for what has none yet where it lies."""
        return (
            self.draft.name
            or self.draft.old_name
            or f"{self.town}未命名{'道路' if self.draft.category == 'E' else '地名'}"
        )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def open(self) -> bool:
        """Whether the case still runs."""
        return self.state not in {"signed", "refused", "withdrawn", "ended"}
