"""Boundary lines, markers and reference objects as typed classes; tables of schema ``register``."""

from boundary.models.line import BoundaryLine, BoundarySide
from boundary.models.marker import BoundaryMarker, BoundaryMarkerLine
from boundary.models.reference import ReferenceObject

__all__ = ["BoundaryLine", "BoundaryMarker", "BoundaryMarkerLine", "BoundarySide", "ReferenceObject"]
