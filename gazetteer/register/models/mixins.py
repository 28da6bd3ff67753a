"""What every record of the register carries: time in force, origin of its data, version, the act that wrote it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Integer, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from geo.store.columns import Traced, Valid

SRID = 4490
"""All geometry of the register is CGCS2000, longitude before latitude."""
SCHEMA = {"schema": "register"}


class Sourced:
    """Where a row's facts come from, and whether its geometry is sample data (示例数据)."""

    source: Mapped[str] = mapped_column(Text, server_default="", sort_order=70)
    crs_source: Mapped[str] = mapped_column(Text, server_default="cgcs2000", sort_order=71)
    """Datum the coordinates were given in, before they became CGCS2000."""
    made_up: Mapped[bool] = mapped_column(Boolean, server_default=text("false"), sort_order=72)


class Record(Sourced, Valid, Traced):
    """A record of the register: origin, valid time, trace, and a version for optimistic locking.

    A change names the version it was made from, or is refused as a conflict. Superseded wordings of the same
    record lie in ``<table>_history`` with their own period.
    """

    @declared_attr
    def version(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        """How often the record was written."""
        return mapped_column(Integer, server_default=text("1"), sort_order=95)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        """Every update checks the version and raises it."""
        return {"version_id_col": cls.version}
