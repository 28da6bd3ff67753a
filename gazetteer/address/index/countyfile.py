"""One county's file (区县索引文件): its roads, doors and names, in the form of an index without divisions of its own.

Numbers of divisions are those of the head. A file carries its checksum in its name and is never written again: a county
that changes gets another file.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.address.index.build import Rows, assembled
from gazetteer.address.index.container import write_container
from gazetteer.address.index.divisions import DivisionTable
from gazetteer.address.index.numbering import check_room

COMPLETED = 24
"""Doors of one estate offered while typing: more than anybody is shown."""
Give = Callable[[str], Rows]
"""The rows of a county by its six digits; called in the process that writes the county."""


@dataclass(frozen=True, slots=True)
class CountyFile:
    """A county's file as the head knows it."""

    county: str
    """Six digits: of a county, or of a city or province for what belongs to no county."""
    file: str
    """The name of the file in the folder beside the head."""
    size: int
    checksum: str
    doors: int
    handles: int
    aliases: int


def folder_of(head: Path) -> Path:
    """Where the counties' files of a head lie."""
    return head.with_name(f"{head.name}.counties")


def write_county(head: Path, county: str, tree: DivisionTable, home: Set[int], rows: Rows) -> CountyFile:
    """Write one county beside the head, which does not know of it yet.

    Raises:
        BadInput: more than fits into one file.
    """
    sections, counts = assembled(tree, DivisionTable(), rows, home, COMPLETED)
    check_room(county, counts)
    sections |= _summary(sections)
    folder_of(head).mkdir(exist_ok=True)
    draft = folder_of(head) / f"{county}.draft"
    info = write_container(draft, sections, counts, {"county": county, "divisions": tree.mark()})
    name = f"{county}-{info.checksum[:16]}.index"
    draft.replace(folder_of(head) / name)
    return CountyFile(
        county, name, info.size_bytes, info.checksum, counts["doors"], counts["handles"], counts["aliases"]
    )


def _summary(sections: dict[str, np.ndarray[Any, Any]]) -> dict[str, np.ndarray[Any, Any]]:
    """What the head takes over: the divisions in use, and the square in which the doors lie."""
    lon, lat = sections["door.lon"], sections["door.lat"]
    box = [lon.min(), lat.min(), lon.max(), lat.max()] if len(lon) else [0, 0, -1, -1]
    used = np.unique(np.concatenate([sections["door.div"], sections["handle.div"]]))
    return {
        "county.box": np.array(box, "<i8"),
        "county.used": used,
        "county.door_div": np.unique(sections["door.div"]),
    }
