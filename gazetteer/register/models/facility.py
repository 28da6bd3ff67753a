"""Facilities (设施): meal points, cemeteries and what else the bureau keeps on a map."""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base

FACILITY_KINDS = {"meal": "助餐点", "cemetery": "公墓", "care": "养老设施", "other": "其他"}


class Facility(Record, Base):
    """A facility: kind, name, address, place on the map, what is known of it."""

    __tablename__ = "facility"
    __table_args__ = (
        CheckConstraint("kind IN ('meal', 'cemetery', 'care', 'other')", name="kind"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(None, "kind", "division"),
        Index(None, "address"),
        Index(None, "geom", postgresql_using="gist"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, server_default=text("register.new_code('F')"))
    kind: Mapped[str] = mapped_column(Text)
    """meal 助餐点, cemetery 公墓, care 养老设施, other."""
    name: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text, server_default="")
    """Tier or category within the kind: 中央厨房 老年食堂 助餐点; 经营性公墓 乡村公益性墓地 骨灰堂 …"""
    division: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    address: Mapped[str | None] = mapped_column(ForeignKey("register.address.code"))
    address_text: Mapped[str] = mapped_column(Text, server_default="")
    operator: Mapped[str] = mapped_column(Text, server_default="")
    phone: Mapped[str] = mapped_column(Text, server_default="")
    """The facility's own number; a person's number belongs into ``contact``, which is never published."""
    contact: Mapped[str] = mapped_column(Text, server_default="")
    opening: Mapped[str] = mapped_column(Text, server_default="")
    capacity: Mapped[int | None] = mapped_column(Integer)
    """Meals a sitting, or graves."""
    state: Mapped[str] = mapped_column(Text, server_default="在用")
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    geom: Mapped[WKBElement | None] = mapped_column(Geometry("GEOMETRY", SRID, spatial_index=False))
