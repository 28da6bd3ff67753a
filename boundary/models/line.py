"""Boundary lines (界线) and the divisions on their two sides."""

from __future__ import annotations

from datetime import date

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base


class BoundaryLine(Record, Base):
    """A line agreed between jurisdictions (界线), such as 黄临线; its approval document is what makes it one."""

    __tablename__ = "boundary_line"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("level IN ('', '省级', '市级', '县级', '乡级', '村级')", name="level"),
        CheckConstraint("length_m > 0", name="length"),
        CheckConstraint("markers >= 0 AND single >= 0 AND double >= 0 AND triple >= 0", name="counts"),
        CheckConstraint("next_due BETWEEN 1990 AND 2200", name="next_due"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(None, "name"),
        Index(None, "geom", postgresql_using="gist"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, server_default=text("register.new_code('L')"))
    """界线代码."""
    name: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text, server_default="")
    """省级 市级 县级 乡级 村级, empty where not said."""
    length_m: Mapped[float | None] = mapped_column(Float)
    """Length as the agreement states it, which need not be that of the drawn line."""
    start_text: Mapped[str] = mapped_column(Text, server_default="")
    end_text: Mapped[str] = mapped_column(Text, server_default="")
    markers: Mapped[int | None] = mapped_column(Integer)
    """界桩颗数 as agreed; the markers on record may be fewer."""
    single: Mapped[int | None] = mapped_column(Integer)
    double: Mapped[int | None] = mapped_column(Integer)
    triple: Mapped[int | None] = mapped_column(Integer)
    """单立、双立、三立 among them."""
    disputed: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """是否争议."""
    approval: Mapped[str] = mapped_column(Text, server_default="")
    """批准文件."""
    agreed_on: Mapped[date | None] = mapped_column(Date)
    """Day of the agreement (协议书签订日期)."""
    lead: Mapped[str] = mapped_column(Text, server_default="")
    """Side that leads this round of joint inspection (牵头方); the sides swap each round."""
    next_due: Mapped[int | None] = mapped_column(SmallInteger)
    """Year of the next joint inspection (下次联检), five years after the last."""
    geom: Mapped[WKBElement | None] = mapped_column(Geometry("MULTILINESTRING", SRID, spatial_index=False))
    agreement: Mapped[str] = mapped_column(Text, server_default="", sort_order=100)
    """协议书: title and number of the agreement."""
    detail_map: Mapped[str] = mapped_column(Text, server_default="", sort_order=101)
    """界线详图: sheets and scale of the detail map."""


class BoundarySide(Base):
    """A division that the line parts from another (相邻区划)."""

    __tablename__ = "boundary_side"
    __table_args__ = (Index(None, "division"), SCHEMA)

    line: Mapped[str] = mapped_column(ForeignKey("register.boundary_line.code"), primary_key=True)
    division: Mapped[str] = mapped_column(ForeignKey("register.division.code"), primary_key=True)
