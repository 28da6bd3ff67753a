"""Aliases (别名): every other name by which something is or was called."""

from __future__ import annotations

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base, Numbered

ALIAS_KINDS = (
    "撤乡设镇", "撤县设区", "乡镇改街道", "村合并", "村改社区", "路更名", "更名",
    "俗称", "推广名", "错写", "简称", "旧称",
)  # fmt: skip


class Alias(Numbered, Record, Base):
    """Another name, why it is one, since and until when, by which document, and where it is meant."""

    __tablename__ = "alias"
    __table_args__ = (
        CheckConstraint("alias <> ''", name="named"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(None, "alias"),
        Index(None, "scope", postgresql_using="gist"),
        SCHEMA,
    )

    alias: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    """撤乡设镇 村合并 村改社区 路更名 俗称 推广名 错写 简称 …"""
    source_doc: Mapped[str] = mapped_column(Text, server_default="")
    """批文、文件号."""
    scope: Mapped[WKBElement | None] = mapped_column(Geometry("MULTIPOLYGON", SRID, spatial_index=False))
    """Where the alias is meant, when it has several targets (城关镇)."""
    targets: Mapped[list[AliasTarget]] = relationship(back_populates="of", cascade="save-update, merge")


class AliasTarget(Numbered, Base):
    """One thing an alias may mean; exactly one of the four columns is filled."""

    __tablename__ = "alias_target"
    __table_args__ = (
        CheckConstraint("num_nonnulls(division, road, place, address) = 1", name="one_target"),
        Index("uq_alias_target", "alias", "division", "road", "place", "address", unique=True,
              postgresql_nulls_not_distinct=True),
        Index(None, "division"),
        Index(None, "road"),
        Index(None, "place"),
        Index(None, "address"),
        SCHEMA,
    )  # fmt: skip

    alias: Mapped[int] = mapped_column(ForeignKey("register.alias.id"))
    division: Mapped[str | None] = mapped_column(ForeignKey("register.division.code"))
    road: Mapped[str | None] = mapped_column(ForeignKey("register.road.code"))
    place: Mapped[str | None] = mapped_column(ForeignKey("register.place.code"))
    address: Mapped[str | None] = mapped_column(ForeignKey("register.address.code"))
    of: Mapped[Alias] = relationship(back_populates="targets")
