"""Divisions (行政区划) from province to village, and how one became another."""

from __future__ import annotations

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base


class Division(Record, Base):
    """A division: 12-digit statistical code, level 1 province (省) … 5 village or residents' committee (村、社区).

    A name that changed under the same code is one record with history; a code that ended has ``valid_to``.
    """

    __tablename__ = "division"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{12}$'", name="code_digits"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(None, "parent"),
        Index(None, "name"),
        Index(None, "boundary", postgresql_using="gist"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    parent: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    name: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(Text, server_default="")
    """Name without its generic term: 黄岩 of 黄岩区."""
    kind: Mapped[str] = mapped_column(Text, server_default="")
    """Generic term: 省 市 区 县 镇 乡 街道 村 社区."""
    pinyin: Mapped[str] = mapped_column(Text, server_default="")
    point: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", SRID, spatial_index=False))
    boundary: Mapped[WKBElement | None] = mapped_column(Geometry("MULTIPOLYGON", SRID, spatial_index=False))


class DivisionSuccession(Base):
    """One step of a division into another (撤销、合并、析置); many to many."""

    __tablename__ = "division_succession"
    __table_args__ = (Index(None, "successor"), SCHEMA)

    predecessor: Mapped[str] = mapped_column(ForeignKey("register.division.code"), primary_key=True)
    successor: Mapped[str] = mapped_column(ForeignKey("register.division.code"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, server_default="")
    """撤县设区, 撤乡设镇, 村合并, 析置 …"""
    source: Mapped[str] = mapped_column(Text, server_default="")
