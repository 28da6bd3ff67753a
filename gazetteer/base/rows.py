"""Rows of the base data: plain named tuples, quick to load and impossible to change by accident."""

from __future__ import annotations

from typing import NamedTuple


class Division(NamedTuple):
    """A division (行政区划) of the nation."""

    code: str
    """12 digits."""
    name: str
    """Full name with its generic term: 黄岩区."""
    level: int
    """1 province (省), 2 city (地), 3 county (县), 4 township (乡镇街道), 5 village or residents' committee."""
    parent: str
    """12-digit code of the division above, empty for a province."""
    short: str
    """Name without its generic term (黄岩); the full name where nothing sensible would be left."""
    pinyin: str
    """Reading of ``short``: toneless syllables parted by a space."""


class Change(NamedTuple):
    """One predecessor of one successor (沿革). Many-to-many: a split or a merger has several rows."""

    code: str
    """12-digit code of the division that ended or was renamed."""
    name: str
    level: int
    path: str
    """Names above it at that time, parted by a space: 浙江省 台州地区."""
    start: int
    """First year of the old state, 0 where unknown (the county record begins in 1981)."""
    year: int
    """Year of the change, 0 where unknown."""
    successor: str
    """12-digit code of one division that took over its ground; empty where it ended without one named."""
    successor_name: str
    document: str
    """Approval document (批准文件) where known."""
    note: str


class DivisionAlias(NamedTuple):
    """Another name for a division in force. Several rows of one alias are several possible targets."""

    alias: str
    code: str
    """12-digit code of the division in force that is meant."""
    kind: str
    """简称, 撤县设市, 撤县设区, 撤市设区, 撤乡设镇, 改设街道, 更名, 并入, 析置, 别称."""
    until: int
    """Year in which the old name ended, 0 where unknown or still in use."""
    rank: int
    """0 for the target that carries the name on, 1 for the others."""


class Character(NamedTuple):
    """A character of the Table of General Standard Chinese Characters (通用规范汉字表, 2013)."""

    char: str
    level: int
    """1 common (3,500), 2 (3,000), 3 (1,605: names, places, science)."""
    readings: tuple[str, ...]
    """All readings with tone marks, the usual one for place names first where that is settled."""
