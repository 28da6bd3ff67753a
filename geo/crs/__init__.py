"""Reference systems (坐标系): conversion, names, and the doubts a file's coordinates raise."""

from geo.crs.convert import convert
from geo.crs.names import System, system, system_of
from geo.crs.suspect import suspect

__all__ = ["System", "convert", "suspect", "system", "system_of"]
