"""Reference objects (方位物): what a marker is found again by."""

from __future__ import annotations

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, Float, ForeignKey, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA, SRID, Record
from geo.store.columns import Base


class ReferenceObject(Record, Base):
    """One of a marker's three reference objects (一号、二号、三号方位物), with its grid azimuth and distance.

    Internal like the marker's position, which follows from it.
    """

    __tablename__ = "reference_object"
    __table_args__ = (
        CheckConstraint("serial BETWEEN 1 AND 3", name="serial"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("azimuth >= 0 AND azimuth < 360", name="azimuth"),
        CheckConstraint("distance > 0", name="distance"),
        CheckConstraint("valid_to >= valid_from", name="period"),
        SCHEMA,
    )

    marker: Mapped[str] = mapped_column(ForeignKey("register.boundary_marker.code"), primary_key=True)
    serial: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    azimuth: Mapped[float | None] = mapped_column(Float)
    """坐标方位角 from the marker, degrees clockwise from the grid's north."""
    distance: Mapped[float | None] = mapped_column(Float)
    """Metres from the marker."""
    geom: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", SRID, spatial_index=False))
    """Its own position where the form gives it; azimuth and distance are then recomputed and compared."""
