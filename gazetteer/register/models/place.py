"""Places (地名): one record a toponym, and the states its name may pass through."""

from __future__ import annotations

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base


class NameTransition(Base):
    """Which state may follow which (状态流转表); a foreign key, so that no road around it exists.

    拟命名 proposed, 现行 in force, 更名 given up for another record's name, 销名 withdrawn, 未登记 seen on doors but
    never named. A record that takes a new name under its own code stays 现行; the old name becomes an alias.
    """

    __tablename__ = "name_transition"
    __table_args__ = (SCHEMA,)

    before: Mapped[str] = mapped_column(Text, primary_key=True)
    """Empty for a new record."""
    state: Mapped[str] = mapped_column(Text, primary_key=True)


class Place(Record, Base):
    """A place name (地名): category A–H of the law, class code of the national database, specific and generic term."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("category ~ '^[A-H]$'", name="category"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        CheckConstraint("standard_name <> ''", name="named"),
        ForeignKeyConstraint(
            ["state_before", "state"], ["register.name_transition.before", "register.name_transition.state"]
        ),
        Index(None, "division", "standard_name"),
        Index(None, "standard_name"),
        Index(None, "geom", postgresql_using="gist"),
        SCHEMA,
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, server_default=text("register.new_code('P')"))
    national_code: Mapped[str] = mapped_column(Text, server_default="")
    """地名代码, 20 digits: county 6, township 3, class 5, serial 6; empty until filed."""
    category: Mapped[str] = mapped_column(Text)
    class_code: Mapped[str] = mapped_column(Text, server_default="")
    """类别代码 of five digits: 22100 城镇居民点, 22200 农村居民点, 21610 行政村 …"""
    specific: Mapped[str] = mapped_column(Text, server_default="")
    """专名: 永宁 of 永宁江."""
    generic: Mapped[str] = mapped_column(Text, server_default="")
    """通名: 江 of 永宁江."""
    standard_name: Mapped[str] = mapped_column(Text)
    romanisation: Mapped[str] = mapped_column(Text, server_default="")
    """罗马字母拼写, as on signs."""
    pinyin: Mapped[str] = mapped_column(Text, server_default="")
    origin: Mapped[str] = mapped_column(Text, server_default="")
    meaning: Mapped[str] = mapped_column(Text, server_default="")
    history: Mapped[str] = mapped_column(Text, server_default="")
    heritage: Mapped[str] = mapped_column(Text, server_default="")
    """Which protection list it is on (地名保护名录), empty if on none."""
    state: Mapped[str] = mapped_column(Text, server_default="现行")
    state_before: Mapped[str] = mapped_column(Text, server_default="")
    """Set by a trigger; with ``state`` it is the foreign key into the transition table."""
    division: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    location: Mapped[str] = mapped_column(Text, server_default="")
    """位置描述, the bounds in words (四至)."""
    geom: Mapped[WKBElement | None] = mapped_column(Geometry("GEOMETRY", SRID, spatial_index=False))
