"""The changed part of a register as plain rows: whole roads, villages and estates, each with all of its doors."""

from __future__ import annotations

from dataclasses import dataclass, field

from gazetteer.address.model import AliasRow, DoorRow, HandleRow


@dataclass(frozen=True, slots=True)
class Changes:
    """What replaces a part of an index. A changed door brings its whole road, so that neighbours stay right."""

    handles: list[HandleRow] = field(default_factory=list)
    """Roads, villages, estates and places as they are now."""
    doors: list[DoorRow] = field(default_factory=list)
    """All doors of these, and changed doors that belong to none."""
    aliases: list[AliasRow] = field(default_factory=list)
    """Other names of these."""
    touched: frozenset[str] = frozenset()
    """Codes whose records in the index no longer hold: of handles and of doors."""

    @property
    def rows(self) -> int:
        """How many rows lie over the index."""
        return len(self.handles) + len(self.doors)
