"""The rooms of the workbench (工作台), one folder each: pages, acts and interfaces of one trade."""

from __future__ import annotations

from api.desks import (
    boundary,
    cemeteries,
    data,
    diagnosis,
    exchange,
    field,
    home,
    maps,
    meals,
    naming,
    numbers,
    places,
    plates,
    repairs,
    roads,
    system,
)

ROOMS = (
    home,
    # Before naming: /apply/number is a page of its own, not the case with the number “number”.
    numbers,
    naming,
    places,
    roads,
    exchange,
    repairs,
    plates,
    diagnosis,
    boundary,
    field,
    meals,
    cemeteries,
    data,
    maps,
    system,
)
"""Every room in the order of the rail; a room may further have ``WAITING``, ``DUE``, ``SEARCH`` and ``FIGURES``."""

ROUTERS = tuple(router for room in ROOMS for router in room.ROUTERS)
"""Every router of every room."""
