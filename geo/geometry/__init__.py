"""Geometry: parse, check, repair, measure, and the direction words of the field."""

from geo.geometry.check import check, repair
from geo.geometry.direction import bearing, direction_word
from geo.geometry.measure import Chainage, area_m2, chainage, distance_m, length_m, longest_segment
from geo.geometry.parse import parse

__all__ = [
    "Chainage", "area_m2", "bearing", "chainage", "check", "direction_word", "distance_m", "length_m",
    "longest_segment", "parse", "repair",
]  # fmt: skip
