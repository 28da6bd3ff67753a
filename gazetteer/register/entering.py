"""Enter a new place name by hand or by interface (地名登记): its parts and spelling follow from the name."""

from __future__ import annotations

from dataclasses import dataclass

from geoalchemy2.shape import from_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.models import Place
from gazetteer.register.models.mixins import SRID
from gazetteer.register.name_parts import parts_of
from geo.problems import BadInput, Conflict


@dataclass(frozen=True, slots=True)
class NewPlace:
    """What a new place name needs; geometry in CGCS2000 degrees."""

    name: str
    category: str
    division: str
    geometry: BaseGeometry | None = None
    origin: str = ""
    meaning: str = ""
    history: str = ""
    location: str = ""
    made_up: bool = False


def enter(db: Session, new: NewPlace) -> Place:
    """Register a place name in force; the caller has named the act.

    Raises:
        BadInput: no name, an unknown category or division.
        Conflict: the division has a name in force that is the same.
    """
    name = new.name.strip()
    if not 1 <= len(name) <= 50:
        raise BadInput("名称是空的，或超过 50 字。", "填写标准名称。", code="name")
    if new.category not in tuple("ABCDEFGH"):
        raise BadInput(f"没有“{new.category}”这一类。", "类别是 A 到 H 中的一个。", code="category")
    if not db.scalar(
        text("SELECT true FROM register.division WHERE code = :c AND valid_to IS NULL"), {"c": new.division}
    ):
        raise BadInput(f"没有代码为 {new.division} 的区划。", "核对区划代码。", code="division")
    same = db.scalar(
        text("SELECT code FROM register.place WHERE standard_name = :n AND division = :d AND valid_to IS NULL AND state = '现行'"),
        {"n": name, "d": new.division},
    )  # fmt: skip
    if same:
        raise Conflict(
            f"这里已有名为“{name}”的地名（{same}）。",
            "换一个名称，或修改已有的记录。",
            code="place.duplicate",
        )
    place = Place(
        standard_name=name, category=new.category, division=new.division, origin=new.origin, meaning=new.meaning,
        history=new.history, location=new.location, made_up=new.made_up, **parts_of(name, new.category),
        geom=None if new.geometry is None else from_shape(new.geometry, srid=SRID),
    )  # fmt: skip
    db.add(place)
    db.flush()
    db.refresh(place)
    return place
