"""The words of the road audit (道路排查): a segment of the network, the rule it is run by, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from shapely.geometry.base import BaseGeometry

Rank = Literal["main", "lane", "other"]
KINDS: Final[Mapping[str, str]] = {
    "unnamed_main": "未命名主次干道",
    "unnamed_lane": "未命名背街小巷、村道",
    "many_names": "一路多名",
    "apart": "一名多路",
    "near": "近似名称",
    "sound": "同音名称",
    "unregistered": "使用未登记名称",
}
"""Kinds of finding in the order of the desk; the first three are counted in the bureau's yearly report."""
STATES: Final = ("待处理", "已发起", "已解决", "不是问题")

_MAIN: Final = ("快速路", "主干道", "次干道", "motorway", "trunk", "primary", "secondary", "tertiary")
_LANE: Final = ("支路", "巷弄", "村道", "residential", "living_street", "unclassified", "pedestrian")
CLASS_WORDS: Final = {
    "motorway": "高速公路", "trunk": "快速路", "primary": "主干道", "secondary": "次干道", "tertiary": "次干道",
    "residential": "支路", "unclassified": "支路", "living_street": "巷弄", "pedestrian": "步行街",
}  # fmt: skip
"""What an officer calls the classes of OpenStreetMap's ``highway``, in the words of the register."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the audit goes by (排查规则). Lengths in metres; every number is a setting, none is law.

    The share of one half is the criterion of check N18; the other figures are the project's own. Classes are the
    words of the register's 道路等级 and OpenStreetMap's ``highway``; links, service roads and footways are left out.
    """

    version: str = "2026-1"
    main: tuple[str, ...] = _MAIN
    lane: tuple[str, ...] = _LANE
    least_main_m: float = 50.0
    least_lane_m: float = 20.0
    overlap: float = 0.5
    """Share of the shorter line that lies beside the other (一路多名)."""
    beside_m: float = 8.0
    gap_m: float = 400.0
    """Lines of one name farther apart than this are different roads (一名多路)."""
    snap_m: float = 1.5
    turn_deg: float = 40.0
    scope_digits: int = 6
    """Within which division names are compared: 6 the county, 9 the township."""

    def rank(self, road_class: str) -> Rank:
        """Whether a class is a main road, a lane, or none that gets a name."""
        return "main" if road_class in self.main else "lane" if road_class in self.lane else "other"

    def stated(self) -> dict[str, Any]:
        """All figures, to be kept with the results of a run."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of the network: CGCS2000 degrees, its names (none, one, or several on one line), where it lies."""

    id: int
    line: BaseGeometry
    names: tuple[str, ...] = ()
    road: str = ""
    road_class: str = ""
    township: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class RoadFinding:
    """One thing the audit found, with its evidence on the map and a remedy.

    ``key`` stays the same from run to run while the thing does; ``roads`` are register codes, ``names`` the names
    concerned, ``detail`` figures such as the share of overlap.
    """

    kind: str
    key: str
    title: str
    evidence: str
    remedy: str
    geometry: BaseGeometry | None
    length_m: float = 0.0
    township: str = ""
    names: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    segments: tuple[int, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    made_up: bool = False
