"""What tables share: the declarative base with stable constraint names, and the columns of a register row."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, Identity, MetaData, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Constraint names are an interface: ``geo.store.constraints`` turns them into sentences.
NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """The base of every mapped table; its metadata is what the migrations are compared with."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: Text,
        datetime: TIMESTAMP(timezone=True),
        dict[str, Any]: JSONB,
        uuid.UUID: Uuid,
    }


class Numbered:
    """A surrogate key that PostgreSQL gives; never shown to a person, who sees ``code``."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True, sort_order=-10)


class Valid:
    """Valid time (有效期): in force from a date, inclusive, to a date, exclusive.

    ``valid_from`` empty: since ever, or not known. ``valid_to`` empty: still in force.
    """

    valid_from: Mapped[date | None] = mapped_column(Date, sort_order=80)
    valid_to: Mapped[date | None] = mapped_column(Date, sort_order=81)


class Traced:
    """Who wrote a row last: the act's id as in ``audit.entry``, filled by the database itself."""

    act_id: Mapped[uuid.UUID | None] = mapped_column(
        server_default=text("audit.current_act()"), sort_order=90
    )
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=91)
