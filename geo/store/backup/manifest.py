"""What a backup says of itself; the first member of the file, so that it can be read without the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import BaseModel

from geo.settings import Settings

NAME: Final = "manifest.json"
DUMP: Final = "database.dump"
FORMAT: Final = 1
#: Folders of the data folder that belong to the register; the address index is made anew from it.
FOLDERS: Final = ("files", "keys", "plates")


class Member(BaseModel):
    """One packed file: its path in the backup, its bytes, their SHA-256."""

    path: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """The backup's own description (备份清单).

    Attributes:
        format: the layout of the file; a program reads only those it knows.
        made_at: when, with the zone.
        revision: the version of the tables.
        postgres: the major version of the database server.
        counts: rows of each table of the register, in the same snapshot as the dump.
        members: everything packed behind the manifest.
    """

    format: int = FORMAT
    made_at: datetime
    revision: str
    postgres: int
    counts: dict[str, int]
    members: list[Member]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(self.counts.values())


def packed_folders(settings: Settings) -> list[tuple[str, str]]:
    """Pairs of a folder on the disk and its name in the backup, of those that exist."""
    return [(str(settings.home / name), name) for name in FOLDERS if (settings.home / name).is_dir()]
