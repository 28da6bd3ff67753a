"""Boundary markers (界桩) and the lines they stand on."""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base


class BoundaryMarker(Record, Base):
    """A marker as its register form (界桩登记表) and table of results (成果表) state it.

    Its position is internal: nothing outside schema ``register`` holds it, and ``published.boundary_marker`` tells
    only in which square of at least 100 m it stands.
    """

    __tablename__ = "boundary_marker"
    __table_args__ = (
        CheckConstraint("code <> ''", name="coded"),
        CheckConstraint("level IN ('', '省级', '市级', '县级', '乡级', '村级')", name="level"),
        CheckConstraint("standing IN ('single', 'double', 'triple')", name="standing"),
        CheckConstraint("faces IN (2, 3)", name="faces"),
        CheckConstraint("(north IS NULL) = (east IS NULL)", name="projected"),
        CheckConstraint("height BETWEEN -500 AND 9000", name="height"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(None, "number"),
        Index(None, "geom", postgresql_using="gist"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    """界桩代码; the number where a form has none."""
    number: Mapped[str] = mapped_column(Text, server_default="")
    """界桩编号 as it stands on the marker; text, because schemes differ (…Q, …A/B, 238184Ⅰ)."""
    spatial_id: Mapped[str] = mapped_column(Text, server_default="")
    """空间数据标识码."""
    name: Mapped[str] = mapped_column(Text, server_default="")
    level: Mapped[str] = mapped_column(Text, server_default="")
    standing: Mapped[str] = mapped_column(Text, server_default="single")
    """single 单立; double 同号双立 and triple 同号三立: two or three of one number on the banks beside the line."""
    faces: Mapped[int | None] = mapped_column(SmallInteger)
    """Faces that carry a name: 2 双面型, 3 三面型 (a tri-point)."""
    networked: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """物联网界桩: it reports tilt and drift by itself."""
    material: Mapped[str] = mapped_column(Text, server_default="")
    data_type: Mapped[str] = mapped_column(Text, server_default="")
    is_public: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """是否公开: whether the marker may be shown at all, and then only roughly."""
    sign_codes: Mapped[str] = mapped_column(Text, server_default="")
    """界线标志区划代码."""
    height: Mapped[float | None] = mapped_column(Float)
    """高程, metres."""
    north: Mapped[float | None] = mapped_column(Float)
    """纵坐标 (the surveyors' X) as written, metres."""
    east: Mapped[float | None] = mapped_column(Float)
    """横坐标 (the surveyors' Y) as written, metres, with the zone before it where the form has it."""
    location: Mapped[str] = mapped_column(Text, server_default="")
    """位置描述."""
    entrusted: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """是否托管."""
    custodian: Mapped[str] = mapped_column(Text, server_default="")
    """托管单位."""
    changes: Mapped[str] = mapped_column(Text, server_default="")
    """界桩变更历史记录, in the form's own words."""
    state: Mapped[str] = mapped_column(Text, server_default="完好")
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """What else the form says, by its own headings: 所在地, 技术负责, 物联网设备, 签字 …"""
    geom: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", SRID, spatial_index=False))


class BoundaryMarkerLine(Base):
    """A marker's place on a line; a tri-point (三交点) stands on several."""

    __tablename__ = "boundary_marker_line"
    __table_args__ = (Index(None, "line", "serial"), SCHEMA)

    marker: Mapped[str] = mapped_column(ForeignKey("register.boundary_marker.code"), primary_key=True)
    line: Mapped[str] = mapped_column(ForeignKey("register.boundary_line.code"), primary_key=True)
    serial: Mapped[int | None] = mapped_column(Integer)
    """Order along the line, west to east or north to south; empty where the form does not say."""
