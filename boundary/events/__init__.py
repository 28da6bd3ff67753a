"""Events of a line (界线事件): damage, a moved marker, a river that shifts, construction across the line, disputes."""

from boundary.events.finding import near_lines
from boundary.events.handling import move, take_part
from boundary.events.reading import MACHINE, BoundaryEvent, Party, find, listed, parties
from boundary.events.reporting import report
from boundary.events.words import KINDS, PARTS, REPAIRS

__all__ = [
    "KINDS",
    "MACHINE",
    "PARTS",
    "REPAIRS",
    "BoundaryEvent",
    "Party",
    "find",
    "listed",
    "move",
    "near_lines",
    "parties",
    "report",
    "take_part",
]
