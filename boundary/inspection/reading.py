"""What is written down at a marker (联检读数), before it is stored."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

import shapely

from boundary.inspection.words import REFERENCE_STATES, STATES
from geo.problems import BadInput


@dataclass(frozen=True, slots=True)
class Measured:
    """A position measured in the field: CGCS2000 degrees and metres.

    A raw fix of the day differs from CGCS2000 (epoch 2000.0) by most of a metre here, so ``epoch`` says which it is,
    and ``correction`` which service reduced it.
    """

    lon: float
    lat: float
    accuracy_m: float | None = None
    height: float | None = None
    epoch: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceSeen:
    """One reference object (方位物) as it was found: grid azimuth in degrees, distance in metres, where measured."""

    serial: int
    state: str
    azimuth: float | None = None
    distance: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one round found at one marker.

    Attributes:
        round, marker: the task it answers.
        state: one of ``words.STATES``.
        inspected_at: when, with a time zone.
        inspectors: names, with 、 between.
        action: what was done about the state (处理).
        id: the device's own id of the record, so that sending it twice makes one.
    """

    round: str
    marker: str
    state: str
    inspected_at: datetime
    inspectors: str = ""
    measured: Measured | None = None
    references: tuple[ReferenceSeen, ...] = ()
    cleaned: bool = False
    repainted: bool = False
    action: str = ""
    note: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def check(reading: Reading) -> None:
    """Refuse a record that no form could hold.

    Raises:
        BadInput: the field and what it must be.
    """
    if reading.state not in STATES:
        raise BadInput(f"“{reading.state[:20]}”不是界桩状态", f"可用：{'、'.join(STATES)}")
    if reading.inspected_at.tzinfo is None:
        raise BadInput("检查时间没有时区", "请用带时区的时间，例如 2026-11-22T09:30:00+08:00")
    if (at := reading.measured) is not None and not shapely.box(73, 3, 136, 54).contains(
        shapely.Point(at.lon, at.lat)
    ):
        raise BadInput("实测坐标不在中国范围内", "请核对经纬度和坐标系（CGCS2000，经度在前）")
    for seen in reading.references:
        if seen.serial not in (1, 2, 3) or seen.state not in REFERENCE_STATES:
            raise BadInput(f"第 {seen.serial} 号方位物的核查结果不对", f"可用：{'、'.join(REFERENCE_STATES)}")
