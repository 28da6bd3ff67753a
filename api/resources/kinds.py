"""What each resource shows, from which rows, and by what it may be filtered. Nothing personal, nothing internal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_HERE: Final = "ST_MakeEnvelope(:west, :south, :east, :north, 4490)"


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource.

    Attributes:
        name: as in the path, ``/v1/{name}``.
        title: in Chinese, for messages.
        select: columns with ``code``, ``made_up``, ``geom`` and, where fields can be changed, ``version``, from the rows
            ``r`` in force on ``:day``; it ends in its WHERE, so that conditions are added with AND.
        named: the column that ``q`` searches.
        spatial: the condition for ``bbox``, over the alias ``r``.
        filters: parameter -> condition over ``r``.
    """

    name: str
    title: str
    select: str
    named: str
    spatial: str
    filters: Mapping[str, str] = field(default_factory=dict)


DIVISIONS = Resource(
    "divisions", "行政区划",
    """SELECT r.code, r.name, r.level, r.parent, p.name AS parent_name, r.short, r.pinyin,
              r.version, r.valid_from, r.valid_to, r.made_up,
              coalesce(published.rough_area(r.boundary, published.rough_grid_m()), r.point) AS geom
       FROM register.division_as_of(:day) r LEFT JOIN register.division p ON p.code = r.parent
       WHERE true""",
    "r.name",
    f"(r.boundary && {_HERE} OR r.point && {_HERE})",
    {"level": "r.level = :level", "parent": "r.parent = :parent", "division": "r.code LIKE :division"},
)  # fmt: skip
PLACES = Resource(
    "places", "地名",
    """SELECT r.code, r.national_code, r.category, r.class_code, r.standard_name, r.specific, r.generic,
              r.romanisation, r.pinyin, r.origin, r.meaning, r.history, r.heritage, r.state, r.division,
              d.name AS division_name, r.location, r.version, r.valid_from, r.valid_to, r.made_up, r.geom
       FROM register.place_as_of(:day) r LEFT JOIN register.division d ON d.code = r.division
       WHERE r.state IN ('现行', '更名')""",
    "r.standard_name",
    f"r.geom && {_HERE}",
    {"category": "r.category = :category", "division": "r.division LIKE :division"},
)  # fmt: skip
ROADS = Resource(
    "roads", "道路",
    """SELECT r.code, r.name, r.specific, r.generic, r.romanisation, r.pinyin, r.road_class, r.width_m, r.length_m,
              r.start_text, r.end_text, r.direction, r.number_from, r.number_to, r.meaning, r.state, r.division,
              d.name AS division_name, r.version, r.valid_from, r.valid_to, r.made_up, s.geom
       FROM register.road_as_of(:day) r LEFT JOIN register.division d ON d.code = r.division
       LEFT JOIN LATERAL (SELECT ST_Multi(ST_Collect(g.geom)) AS geom FROM register.road_segment_as_of(:day) g
                          WHERE g.road = r.code) s ON true
       WHERE r.state IN ('现行', '更名')""",
    "r.name",
    f"r.code IN (SELECT g.road FROM register.road_segment g WHERE g.geom && {_HERE})",  # noqa: S608 - constants only
    {"road_class": "r.road_class = :road_class", "division": "r.division LIKE :division"},
)  # fmt: skip
ADDRESSES = Resource(
    "addresses", "地址",
    """SELECT r.code, r.standard_address, r.auxiliary_address, r.handle_name, r.number, r.sub, r.road, r.natvil,
              r.estate, r.name, r.division, d.name AS division_name, r.version, r.valid_from, r.valid_to, r.made_up,
              p.kind AS point_kind, p.geom
       FROM register.address_as_of(:day) r LEFT JOIN register.division d ON d.code = r.division
       LEFT JOIN LATERAL (
         SELECT q.kind, q.geom FROM register.address_point q WHERE q.address = r.code
         ORDER BY array_position(ARRAY['entrance', 'plate', 'unit', 'building', 'parcel'], q.kind) LIMIT 1
       ) p ON true
       WHERE true""",
    "r.standard_address",
    f"r.code IN (SELECT q.address FROM register.address_point q WHERE q.geom && {_HERE})",  # noqa: S608 - constants only
    {"road": "r.road = :road", "number": "r.number = :number", "division": "r.division LIKE :division"},
)  # fmt: skip
FACILITIES = Resource(
    "facilities", "设施",
    """SELECT r.code, r.kind, r.name, r.category, r.division, d.name AS division_name, r.address,
              coalesce(a.standard_address, r.address_text) AS address_text, r.operator, r.phone, r.opening,
              r.capacity, r.state, r.version, r.valid_from, r.valid_to, r.made_up, r.geom
       FROM register.facility_as_of(:day) r LEFT JOIN register.division d ON d.code = r.division
       LEFT JOIN register.address a ON a.code = r.address
       WHERE true""",
    "r.name",
    f"r.geom && {_HERE}",
    {"kind": "r.kind = :kind", "category": "r.category = :category", "division": "r.division LIKE :division"},
)  # fmt: skip
RESOURCES: Final = {r.name: r for r in (DIVISIONS, PLACES, ROADS, ADDRESSES, FACILITIES)}
