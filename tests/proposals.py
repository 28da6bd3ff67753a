"""A small district for the tests of proposals: 黄岩区 with two townships, a few names, and who acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import steps
from gazetteer.proposal.model import Draft
from gazetteer.register.models import Division
from geo.cases import attachments
from geo.store.engine import act
from tests.naming import SQUARE

COUNTY, WEST, EAST = "331003000000", "331003001000", "331003002000"
CLERK = steps.Officer("zhang", {"officer", "reviewer"})
DAY = date(2026, 11, 2)
WEST_AREA, EAST_AREA = SQUARE.area("1287"), SQUARE.area("2398")


def district(db: Session) -> None:
    """Province, city, county and two townships side by side with polygons of 200 by 400 metres."""
    act(db, actor="test", action="set-up")
    for code, level, parent, name, short, area in (
        ("330000000000", 1, None, "浙江省", "浙江", None), ("331000000000", 2, "330000000000", "台州市", "台州", None),
        (COUNTY, 3, "331000000000", "黄岩区", "黄岩", None), (WEST, 4, COUNTY, "西城街道", "西城", WEST_AREA),
        (EAST, 4, COUNTY, "东城街道", "东城", EAST_AREA),
    ):  # fmt: skip
        boundary = None if area is None else f"SRID=4490;MULTIPOLYGON({area.wkt.removeprefix('POLYGON ')})"
        db.add(Division(code=code, level=level, parent=parent, name=name, short=short, boundary=boundary))
        db.flush()


def road(
    db: Session, code: str, name: str, line: BaseGeometry, division: str = WEST, state: str = "现行"
) -> str:
    """A registered road with one segment."""
    db.execute(text("INSERT INTO register.road (code, name, division, state) VALUES (:c, :n, :d, :s)"),
               {"c": code, "n": name, "d": division, "s": state})  # fmt: skip
    segment(db, line, road=code)
    return code


def segment(db: Session, line: BaseGeometry, *, road: str | None = None, division: str = WEST) -> int:
    """A line of the network; without a road it is unnamed."""
    return int(db.execute(
        text("INSERT INTO register.road_segment (road, division, road_class, geom) "
             "VALUES (:r, :d, '巷弄', ST_GeomFromText(:g, 4490)) RETURNING id"),
        {"r": road, "d": division, "g": line.wkt},
    ).scalar_one())  # fmt: skip


def place(db: Session, code: str, name: str, category: str, shape: BaseGeometry, **more: Any) -> str:
    """A registered place."""
    db.execute(
        text("INSERT INTO register.place (code, standard_name, category, division, state, heritage, geom) "
             "VALUES (:code, :name, :category, :division, :state, :heritage, ST_GeomFromText(:geom, 4490))"),
        {"division": WEST, "state": "现行", "heritage": "", **more, "code": code, "name": name, "category": category,
         "geom": shape.wkt},
    )  # fmt: skip
    return code


def estate(name: str = "橘韵家园", **more: Any) -> Draft:
    """An estate in the west that passes every check."""
    given: dict[str, Any] = {
        "feature": "estate", "geometry": SQUARE.area("1254").buffer(-0.0003), "land_area_m2": 20000.0,
        "green_rate": 0.36, "applicant": "示例置业有限公司", "contact": "李某", "phone": "13800000000",
        "reason": "新建住宅区", "meaning": "取橘乡韵味之意", "location": "东至横街，南至西江",
    }  # fmt: skip
    return Draft("F", WEST, name=name, **{**given, **more})


def papers(db: Session, code: str) -> None:
    """The papers that an estate's application needs."""
    for kind in ("application", "map", "permit"):
        attachments.put(db, "proposal", code, kind, f"{kind}.pdf", b"%PDF-1.4 sample", actor="zhang")
