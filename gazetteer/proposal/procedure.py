"""The procedure of a jurisdiction (办理程序): clocks, steps that may not be left out, materials; all of it profile data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy.orm import Session

from gazetteer.naming.profile import Approver, Profile, load_profile
from geo.cases import clocks
from geo.settings import settings

MACHINE = "proposal"
STEPS = {"argue": "专家论证", "consult": "征求意见", "notice": "公示"}
GUESS = "（猜测，请本单位核定）"


@dataclass(frozen=True, slots=True)
class Limit:
    """One statutory time limit (时限) with the rule it comes from."""

    name: str
    label: str
    days: int
    basis: Literal["calendar", "working"]
    source: str


@dataclass(frozen=True, slots=True)
class Material:
    """One paper of an application (申请材料): ``kind`` is that of the attachment."""

    kind: str
    title: str
    required: bool
    source: str


def profile_of(division: str, day: date) -> Profile:
    """The rules in force for the county of a division on a day; the bureau's own files stand above the shipped ones."""
    return load_profile(division[:6], day, settings().naming_rules)


def limit(profile: Profile, name: str) -> Limit:
    """A time limit by name: notice decision filing announcement signs."""
    row = profile.procedure["clocks"][name]
    return Limit(name, row["label"], row["days"], row["basis"], _said(row))


def required_steps(profile: Profile, category: str, feature: str) -> frozenset[str]:
    """Steps without which no decision may be made (argue, consult, notice)."""
    return frozenset(_steps(profile, category, feature).get("required", ()))


def steps_said(profile: Profile, category: str, feature: str) -> str:
    """The same in a sentence with its source, and whether it is a guess that the bureau has to settle."""
    row = _steps(profile, category, feature)
    needed = [word for step, word in STEPS.items() if step in row.get("required", ())]
    return (
        f"{'、'.join(needed) or '专家论证、征求意见、公示均不作'}必经环节。依据：{_said(row)}。"
        if row
        else ""
    )


def _steps(profile: Profile, category: str, feature: str) -> dict[str, Any]:
    table = profile.procedure.get("steps", {})
    found: dict[str, Any] = (
        table.get(f"{category}/{feature}") or table.get(category) or table.get("default", {})
    )
    return found


def materials(profile: Profile, category: str) -> list[Material]:
    """The papers an application of a category may carry, the required ones first."""
    rows = profile.procedure.get("materials", {})
    found = [
        Material(kind, row["title"], category in row["required"], _said(row)) for kind, row in rows.items()
    ]
    return sorted(found, key=lambda row: not row.required)


def opinion_stem(profile: Profile) -> str:
    """What stands before the year in the number of an opinion (发文字号): 民地名意."""
    return str(profile.procedure["numbers"]["opinion"]["stem"])


def approver(profile: Profile, category: str, feature: str) -> Approver:
    """Who decides, and whether this office gives an opinion (意见) or the approval itself (批准)."""
    return profile.approver(category, feature)


def start_clock(db: Session, code: str, profile: Profile, name: str, on: date) -> date:
    """Start a time limit of a proposal by its profile and give the last day in time."""
    rule = limit(profile, name)
    return clocks.start(
        db, MACHINE, code, name, label=rule.label, on=on, days=rule.days, basis=rule.basis, source=rule.source
    )


def _said(row: dict[str, Any]) -> str:
    return str(row["source"]) + (GUESS if row["certainty"] == "G" else "")
