"""Roads (街路巷) and their pieces."""

from __future__ import annotations

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base, Numbered


class Road(Record, Base):
    """A named road (街路巷): how wide and long, from where to where; its lines are its segments."""

    __tablename__ = "road"
    __table_args__ = (
        CheckConstraint("width_m > 0", name="width"),
        CheckConstraint("length_m > 0", name="length"),
        CheckConstraint("number_from <= number_to", name="numbers"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        CheckConstraint("name <> ''", name="named"),
        ForeignKeyConstraint(
            ["state_before", "state"], ["register.name_transition.before", "register.name_transition.state"]
        ),
        Index(None, "division", "name"),
        Index(None, "name"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, server_default=text("register.new_code('R')"))
    name: Mapped[str] = mapped_column(Text)
    specific: Mapped[str] = mapped_column(Text, server_default="")
    generic: Mapped[str] = mapped_column(Text, server_default="")
    romanisation: Mapped[str] = mapped_column(Text, server_default="")
    pinyin: Mapped[str] = mapped_column(Text, server_default="")
    road_class: Mapped[str] = mapped_column(Text, server_default="")
    """快速路 主干道 次干道 支路 巷弄 村道."""
    width_m: Mapped[float | None] = mapped_column(Float)
    length_m: Mapped[float | None] = mapped_column(Float)
    start_text: Mapped[str] = mapped_column(Text, server_default="")
    """起点(东/南)."""
    end_text: Mapped[str] = mapped_column(Text, server_default="")
    """止点(西/北)."""
    direction: Mapped[str] = mapped_column(Text, server_default="")
    """走向."""
    number_from: Mapped[int | None] = mapped_column(Integer)
    number_to: Mapped[int | None] = mapped_column(Integer)
    """门牌号段 of the road, where it is laid down."""
    meaning: Mapped[str] = mapped_column(Text, server_default="")
    state: Mapped[str] = mapped_column(Text, server_default="现行")
    state_before: Mapped[str] = mapped_column(Text, server_default="")
    division: Mapped[str] = mapped_column(ForeignKey("register.division.code"))
    """Smallest division that holds the whole road."""


class RoadDivision(Base):
    """A division that a road runs through (跨行政区), besides the one that holds it."""

    __tablename__ = "road_division"
    __table_args__ = (Index(None, "division"), SCHEMA)

    road: Mapped[str] = mapped_column(ForeignKey("register.road.code"), primary_key=True)
    division: Mapped[str] = mapped_column(ForeignKey("register.division.code"), primary_key=True)


class RoadSegment(Numbered, Record, Base):
    """One line of the road network (路段); ``road`` is empty while nobody has named it."""

    __tablename__ = "road_segment"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(None, "road"),
        Index(None, "geom", postgresql_using="gist"),
        SCHEMA,
    )

    road: Mapped[str | None] = mapped_column(ForeignKey("register.road.code"))
    road_class: Mapped[str] = mapped_column(Text, server_default="")
    division: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    geom: Mapped[WKBElement] = mapped_column(
        Geometry("LINESTRING", SRID, spatial_index=False, nullable=False)
    )
