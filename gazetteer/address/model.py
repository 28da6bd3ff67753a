"""The words every part of the address library shares: elements, defects, steps, answers.

Offsets are characters of the text exactly as given (end exclusive), never of a cleaned copy.
Coordinates are CGCS2000 degrees (EPSG:4490), longitude before latitude.

Nobody changes what was said once: use :func:`dataclasses.replace`. That is a rule and not enforced (``frozen``), for
twenty of these are made for an answer, and a frozen one takes five times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

ElementType = Literal[
    "prov", "city", "county", "town", "comm", "road", "natvil",
    "no", "sub", "estate", "bld", "unit", "floor", "room", "note",
]  # fmt: skip
ELEMENT_TYPES: Final[tuple[ElementType, ...]] = get_args(ElementType)
"""Every element type, in the order of the standard."""
Status = Literal["auto", "review", "none"]
Level = Literal[
    "door", "interpolated", "estate", "road", "natvil", "community", "town",
    "county", "city", "province", "intersection", "relative",
]  # fmt: skip


@dataclass(slots=True, unsafe_hash=True)
class Element:
    """One address element (地址要素): what it is, where it stands in the text, what it means."""

    type: ElementType
    text: str
    start: int
    end: int
    value: str
    """Normalised: ``118`` for 一百一十八号, ``66`` for 66栋, ``南城街道`` for 南城."""


@dataclass(slots=True, unsafe_hash=True)
class Defect:
    """One departure from the standard form (不规范之处). ``code`` is A01…A38, the rows of ``docs/defects.md``."""

    code: str
    start: int
    end: int
    text: str
    fix: str


@dataclass(slots=True, unsafe_hash=True)
class Step:
    """One thing that was changed or decided, by which rule, in one Chinese sentence."""

    rule: str
    before: str
    after: str
    reason: str


@dataclass(slots=True, unsafe_hash=True)
class Relation:
    """A relative place (相对位置): 人民路与十路交叉口东南方向194米, 卫生院西侧."""

    kind: Literal["intersection", "offset", "beside"]
    anchors: tuple[str, ...]
    direction: str = ""
    distance_m: float | None = None


@dataclass(slots=True, unsafe_hash=True)
class Parsed:
    """A text taken apart. Never raises for any text; an empty tuple says nothing was recognised."""

    text: str
    elements: tuple[Element, ...] = ()
    defects: tuple[Defect, ...] = ()
    steps: tuple[Step, ...] = ()
    relation: Relation | None = None

    def first(self, kind: ElementType) -> Element | None:
        """The first element of a kind, or None."""
        for element in self.elements:
            if element.type == kind:
                return element
        return None


@dataclass(slots=True, unsafe_hash=True)
class Candidate:
    """One record of the register that may be meant."""

    level: Level
    standard_address: str
    code: str
    lon: float
    lat: float
    confidence: float
    note: str = ""
    """What is different from what was asked, in Chinese: 未登记 118 号，相邻为 116 号、120 号."""
    made_up: bool = False
    """True where the geometry is sample data (示例数据)."""
    street: str = ""
    """The road, natural village or estate as registered; empty for a division."""
    number: str = ""
    """The number as it is said, 118号; empty where none is registered."""
    divisions: tuple[str, ...] = ()
    """Names of province, city, county, township and village; empty where the register knows none."""


@dataclass(slots=True, unsafe_hash=True)
class Answer:
    """What the engine says to one text: the best candidate first, why, and how sure."""

    text: str
    status: Status
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    parsed: Parsed = field(default_factory=lambda: Parsed(""))
    corrections: tuple[Step, ...] = ()
    """Steps of normalising and matching, in the order taken; each shown to the user."""

    @property
    def best(self) -> Candidate | None:
        """The first candidate, or None when nothing was found."""
        return self.candidates[0] if self.candidates else None


@dataclass(slots=True, unsafe_hash=True)
class Suggestion:
    """One completion while typing."""

    text: str
    level: Level
    standard_address: str
    code: str
    lon: float
    lat: float
    hint: str = ""
    made_up: bool = False
    """True where the geometry is sample data (示例数据)."""


@dataclass(slots=True, unsafe_hash=True)
class Nearby:
    """What lies at a point: nearest address, road, village and the division around it."""

    standard_address: str
    code: str
    level: Level
    lon: float
    lat: float
    distance_m: float
    road: str = ""
    village: str = ""
    town: str = ""
    county: str = ""
    city: str = ""
    province: str = ""
    division_code: str = ""
    made_up: bool = False
    """True where the geometry is sample data (示例数据)."""


# --- what the index is built from: plain rows, so that any store can give them ---


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """A division (行政区划), 12-digit code, level 1 province … 5 village or residents' committee."""

    code: str
    name: str
    level: int
    parent: str
    lon: float | None = None
    lat: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name for a division, road, estate or address (别名), perhaps for several targets."""

    alias: str
    target_kind: Literal["division", "road", "place", "address"]
    target: str
    """Code of the division, road, place or address meant; one row a target."""
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    scope: str = ""
    """The area in which the alias is meant, WKB in hexadecimal (CGCS2000); empty where it is meant everywhere."""


@dataclass(frozen=True, slots=True)
class HandleRow:
    """What carries house numbers or is found by name: a road, natural village, estate, building or facility."""

    code: str
    kind: Literal["road", "natvil", "estate", "place"]
    name: str
    division: str
    """Code of the smallest division known to hold it."""
    lon: float | None
    lat: float | None
    made_up: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One registered address with a point (门牌地址)."""

    code: str
    handle: str
    """Code of the road, natural village or estate the number belongs to; empty when only the text is known."""
    handle_name: str
    number: str
    """Normalised: ``118``, ``128-1`` (附号), ``400弄10`` (弄 hierarchy), ``66幢`` in an estate."""
    division: str
    lon: float
    lat: float
    name: str = ""
    """What stands there (单位、店铺、小区), searchable by name."""
    estate: str = ""
    made_up: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
