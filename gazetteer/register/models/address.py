"""Addresses (标准地址) and their points."""

from __future__ import annotations

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record, Sourced
from geo.store.columns import Base

NATURAL_KEY = (
    "county",
    "town",
    "comm",
    "handle_name",
    "number",
    "sub",
    "estate_name",
    "bld",
    "unit",
    "floor",
    "room",
)


class Address(Record, Base):
    """One registered address: the thirteen element levels, a display form, a code that survives renaming.

    What carries the number (the *handle*) is a road, a natural village or an estate; ``handle_name`` is its
    name as the address states it, even before anybody registered the handle.
    """

    __tablename__ = "address"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="period"),
        CheckConstraint("handle_name <> '' OR estate_name <> ''", name="handle"),
        Index(
            "uq_address_natural_key", "natural_key", unique=True, postgresql_where=text("valid_to IS NULL")
        ),
        Index(None, "road", "number_order"),
        Index(None, "natvil", postgresql_where=text("natvil IS NOT NULL")),
        Index(None, "estate", postgresql_where=text("estate IS NOT NULL")),
        Index(None, "division"),
        Index(None, "principal", postgresql_where=text("principal IS NOT NULL")),
        Index(None, "valid_to", postgresql_include=["code"], postgresql_where=text("valid_to IS NOT NULL")),
        Index(None, "valid_from"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, server_default=text("register.new_code('A')"))
    county: Mapped[str] = mapped_column(ForeignKey("register.division.code"))
    """区县, or the city where it has no counties (东莞)."""
    town: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    comm: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    road: Mapped[str | None] = mapped_column(ForeignKey("register.road.code"))
    natvil: Mapped[str | None] = mapped_column(ForeignKey("register.place.code"))
    estate: Mapped[str | None] = mapped_column(ForeignKey("register.place.code"))
    handle_kind: Mapped[str] = mapped_column(Text, server_default="road")
    """Which of road, natvil or estate carries the number."""
    handle_name: Mapped[str] = mapped_column(Text, server_default="")
    number: Mapped[str] = mapped_column(Text, server_default="")
    """门号, digits without 号: ``118``, ``400弄10``; ``66幢`` where the handle is an estate."""
    number_order: Mapped[int | None] = mapped_column(Integer)
    """The main number as an integer, for order along the road."""
    sub: Mapped[str] = mapped_column(Text, server_default="")
    """附号."""
    estate_name: Mapped[str] = mapped_column(Text, server_default="")
    bld: Mapped[str] = mapped_column(Text, server_default="")
    unit: Mapped[str] = mapped_column(Text, server_default="")
    floor: Mapped[str] = mapped_column(Text, server_default="")
    room: Mapped[str] = mapped_column(Text, server_default="")
    name: Mapped[str] = mapped_column(Text, server_default="")
    """What stands there (单位、店铺)."""
    note: Mapped[str] = mapped_column(Text, server_default="")
    """描述, never part of the standard form."""
    standard_address: Mapped[str] = mapped_column(Text)
    """标准地址, the display form of the primary address (门牌)."""
    auxiliary_address: Mapped[str] = mapped_column(Text, server_default="")
    """辅地址: the same door named by its estate."""
    principal: Mapped[str | None] = mapped_column(ForeignKey("register.address.code"))
    """主辅地址: the primary address of which this row is an auxiliary one."""
    division: Mapped[str] = mapped_column(Text, Computed("coalesce(comm, town, county)", persisted=True))
    natural_key: Mapped[str] = mapped_column(
        Text,
        Computed(
            "county || '|' || coalesce(town, '') || '|' || coalesce(comm, '') || '|' || handle_name || '|' || number"
            " || '|' || sub || '|' || estate_name || '|' || bld || '|' || unit || '|' || floor || '|' || room",
            persisted=True,
        ),
    )


class AddressPoint(Sourced, Base):
    """A typed point of an address (定位点): at most one of a kind."""

    __tablename__ = "address_point"
    __table_args__ = (
        CheckConstraint("kind IN ('entrance', 'building', 'parcel', 'plate', 'unit')", name="kind"),
        Index(None, "geom", postgresql_using="gist"),
        SCHEMA,
    )

    address: Mapped[str] = mapped_column(ForeignKey("register.address.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    """entrance 门, building 楼, parcel 宗地, plate 门牌位置, unit 单元."""
    geom: Mapped[WKBElement] = mapped_column(Geometry("POINT", SRID, spatial_index=False, nullable=False))
