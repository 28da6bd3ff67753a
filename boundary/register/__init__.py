"""Lines and markers as the workbench reads them. Precise: ask ``boundary.access`` first, and log the reading."""

from boundary.register.lines import Line, line, lines
from boundary.register.markers import Marker, Reference, marker, markers, place_of

__all__ = ["Line", "Marker", "Reference", "line", "lines", "marker", "markers", "place_of"]
