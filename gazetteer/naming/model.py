"""The words of place naming (地名命名): a proposal, a registered name, and what one check says.

Geometry is shapely in CGCS2000 degrees (EPSG:4490), longitude first. Lengths are metres, areas square metres,
rates are fractions of one (绿地率 35 % is 0.35).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geo.problems import Finding

Act = Literal["命名", "更名", "销名"]
Severity = Literal["block", "warn", "inform"]
State = Literal["拟命名", "现行", "销名"]
Outcome = Literal["passed", "found", "not_applicable", "not_checked", "off"]
"""``not_applicable``: the rule does not concern this name. ``not_checked``: it does, but something is lacking."""

CATEGORIES: Mapping[str, str] = {
    "A": "自然地理实体",
    "B": "行政区划",
    "C": "村（居）民委员会所在地、自然村等聚落",
    "D": "城市公园、自然保护地",
    "E": "街路巷",
    "F": "住宅区、楼宇",
    "G": "交通、水利、电力、通信、气象设施",
    "H": "其他",
}
"""Categories of place names (地名类别), art. 3 of the Regulations on Place Names (国务院令第753号)."""

FEATURES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "A": (("mountain", "山"), ("water", "水系"), ("coast", "海域岛礁"), ("plain", "平原、岙、垟")),
    "B": (("township", "乡、镇"), ("street_office", "街道"), ("division", "县级以上政区")),
    "C": (("natvil", "自然村"), ("village", "村"), ("community", "社区")),
    "D": (("park", "公园"), ("reserve", "自然保护地")),
    "E": (("road", "道路"), ("lane", "巷、弄")),
    "F": (("estate", "住宅区"), ("building", "楼宇")),
    "G": (("transport", "交通"), ("water_works", "水利"), ("power", "电力"), ("other_works", "通信、气象")),
    "H": (("any", "其他"),),
}  # fmt: skip
"""Kinds inside a category (细类) and what screens call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for a name and known of its place (申请事项); a field that is not known stays None, never a guess."""

    act: Act = "命名"
    feature: str = ""
    """Kind inside the category: see ``words/generic_terms.toml`` (road, natvil, estate, building, township…)."""
    geometry: BaseGeometry | None = None
    width_m: float | None = None
    length_m: float | None = None
    floor_area_m2: float | None = None
    land_area_m2: float | None = None
    storeys: int | None = None
    green_rate: float | None = None
    open_rate: float | None = None
    """Open ground (空地率) of the site."""
    on_hill: bool | None = None
    dead_end: bool | None = None
    commercial: bool | None = None
    applicant: str = ""
    """Name of the applying company or office (申请单位)."""
    persons: tuple[str, ...] = ()
    """Persons tied to the application: legal representative, donor (法定代表人、捐建人)."""
    old_name: str = ""
    """Name in force that a renaming replaces (更名前名称)."""
    record: str = ""
    """Code of the registered place that is renamed or cancelled."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Written reason per check code (书面理由、不存在特定联系的说明、保护方案)."""


@dataclass(frozen=True, slots=True)
class Proposal(Asked):
    """What the checks are asked about (命名、更名、销名申请)."""

    name: str
    """Proposed standard name; for a cancellation the name that ends."""
    category: str
    """A … H of :data:`CATEGORIES`."""
    jurisdiction: str
    """Division code of the applicant's county-level bureau, 6 digits or more; township codes have 9 or 12."""
    day: date
    """Day on which the rules are asked; a later run with the same day gives the same answer."""
    heritage: str = ""
    """Heritage class applied for, for example 千年古镇."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """One name of the register: in force, planned or cancelled."""

    code: str
    name: str
    category: str
    division: str
    """Code of the smallest division known to hold it, 6, 9 or 12 digits."""
    geometry: BaseGeometry | None = None
    feature: str = ""
    state: State = "现行"
    former_names: tuple[str, ...] = ()
    """Names it had before (曾用名), still in use as aliases."""
    protected: str = ""
    """Protection list and grade (地名保护名录), empty where it is on none."""


@dataclass(frozen=True, slots=True)
class DivisionArea:
    """A division with its polygon, as far as the register has one (行政区划与范围)."""

    code: str
    name: str
    short: str
    """Name without its generic term: 黄岩."""
    area: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name may stand only once (重名范围)."""

    kind: Literal["nation", "province", "county", "township", "builtup"]
    prefixes: tuple[str, ...] = ()
    """Division-code prefixes that make the scope; one empty prefix is the nation."""
    area: BaseGeometry | None = None
    """Polygon of the built-up area (建成区), where the register has one."""
    label: str = ""
    """How the scope is called in a sentence: 台州市建成区."""


@dataclass(frozen=True, slots=True)
class NamingFinding(Finding):
    """A finding with what an officer needs to judge it: the thing on the map, the record, the source of the rule."""

    geometry: BaseGeometry | None = None
    record: str = ""
    """Code of the registered place that is in the way."""
    reason: str = ""
    """The written reason already given for this check, empty where none is."""
    source: str = ""
    """The rule's text, and 猜测 where the figure is a local setting that no document confirms."""

    @property
    def stops(self) -> bool:
        """Whether the act must wait: refused, or a written reason (书面理由) is still owed."""
        return self.severity == "block" or (self.severity == "warn" and not self.reason)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check said about one proposal, reproducible by profile version and day."""

    code: str
    title: str
    outcome: Outcome
    findings: tuple[NamingFinding, ...] = ()
    note: str = ""
    """Why it was not applicable or not checked, in Chinese; empty otherwise."""
    profile: str = ""
    """Jurisdiction and version of the profile: ``331003@2025-06-01``."""
    day: date = date.min

    @property
    def stops(self) -> bool:
        """Whether any finding stops the act."""
        return any(found.stops for found in self.findings)


class Unfit(Exception):  # noqa: N818 - not an error: a check's way of saying that it has no answer
    """Raised inside a check that cannot or need not be run; becomes the result's outcome and note."""

    def __init__(self, outcome: Literal["not_applicable", "not_checked"], note: str) -> None:
        super().__init__(note)
        self.outcome: Literal["not_applicable", "not_checked"] = outcome
        self.note = note


def not_applicable(note: str) -> Unfit:
    """The rule does not concern this name (不适用)."""
    return Unfit("not_applicable", note)


def not_checked(note: str) -> Unfit:
    """The rule concerns it, but what is needed is lacking (缺资料，未检查)."""
    return Unfit("not_checked", note)
