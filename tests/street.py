"""A made-up town with a street drawn as text, in the real register: for numbering, registration and diagnosis."""

from __future__ import annotations

from datetime import date

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering.writing import NewDoor, write_door
from gazetteer.register.models import Division, Place, Road
from geo.store.engine import act
from tests.grid import Grid

COUNTY, TOWN, VILLAGE = "331003000000", "331003002000", "331003002001"
STREET = Grid(
    """
    . a . b . c . d . e . f .
    W . . . . M . . . . . . E
    . A . B . C . D . G . H .
    """,
    step_m=10,
)
"""横街路 from E (its beginning, the east end) to W; small letters stand north, on the right, and bear even numbers."""


def lay_out(db: Session) -> str:
    """Divisions, 横街路 in two pieces and nothing on it; gives the road's code."""
    act(db, actor="test", action="set-up")
    for code, level, parent, name in (
        ("330000000000", 1, None, "浙江省"), ("331000000000", 2, "330000000000", "台州市"),
        (COUNTY, 3, "331000000000", "黄岩区"), (TOWN, 4, COUNTY, "南城街道"), (VILLAGE, 5, TOWN, "塔山村村委会"),
    ):  # fmt: skip
        db.add(Division(code=code, level=level, parent=parent, name=name))
        db.flush()
    road = Road(name="横街路", division=TOWN, valid_from=date(1990, 1, 1))
    db.add(road)
    db.flush()
    for piece in ("WM", "ME"):
        db.execute(
            text("INSERT INTO register.road_segment (road, geom) VALUES (:r, ST_GeomFromText(:g, 4490))"),
            {"r": road.code, "g": shapely.to_wkt(STREET.line(piece), rounding_precision=9)},
        )
    return road.code


def village(db: Session, name: str = "上洋头") -> str:
    """A natural village of the town; gives its code."""
    place = Place(category="C", standard_name=name, division=VILLAGE)
    db.add(place)
    db.flush()
    return place.code


def estate(db: Session, name: str = "梅开苑") -> str:
    """An estate of the town; gives its code."""
    place = Place(category="F", standard_name=name, division=TOWN)
    db.add(place)
    db.flush()
    return place.code


def door(db: Session, road: str, number: str, at: str, sub: str = "") -> str:
    """A door of 横街路 at a character of the drawing; gives its code."""
    point = STREET.point(at)
    new = NewDoor(COUNTY, TOWN, None, "road", road, "横街路", number, sub, lon=point.x, lat=point.y)
    return write_door(db, new, on_day=date(2000, 1, 1))


def points(chars: str) -> list[tuple[float, float]]:
    """Longitude and latitude of characters of the drawing."""
    return [(STREET.point(c).x, STREET.point(c).y) for c in chars]
