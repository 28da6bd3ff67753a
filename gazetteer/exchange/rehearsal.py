"""A national export to rehearse with (演练用导出文件, 示例数据): the register's own names with planted differences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from gazetteer.exchange import codes
from gazetteer.exchange.fields import NAMES, TITLES
from gazetteer.exchange.records import ours
from geo.files import write_table

_WAYS: Final = (
    "roman_alphabet_spelling",
    "place_meaning",
    "standard_name",
    "gdm",
    "place_code",
    "place_origin",
)


def write_rehearsal(db: Session, path: Path, *, area: str, differing: int, seed: int = 4575) -> int:
    """Write every name in force of a county as a national export in which ``differing`` records are out of date.

    The planted differences take turns: an empty spelling, another meaning, a name with a wrong character, a position
    200 m off (still found by its code), a missing code, an origin that says something else. Gives the count of rows.
    """
    codes.give(db)
    rows = [dict(record.fields) for record in ours(db, area=area)]
    rng = np.random.default_rng(seed)
    for turn, at in enumerate(
        sorted(rng.choice(len(rows), min(differing, len(rows)), replace=False).tolist())
    ):
        _spoil(rows[at], _WAYS[turn % len(_WAYS)])
    columns = {TITLES[name]: [row[name] for row in rows] for name in NAMES}
    write_table(path, columns, notice="示例数据，差异为演练而设")
    return len(rows)


def _spoil(row: dict[str, str], way: str) -> None:
    if way == "gdm":
        row["gdm"] = _moved(row["gdm"])
    elif way == "place_code":
        row["place_code"] = ""
    elif way == "standard_name":
        row["standard_name"] = row["standard_name"] + "（旧）"
    elif way == "roman_alphabet_spelling":
        row[way] = "" if row[way] else "JIUPINXIE"
    else:
        row[way] = "示例：国家库中的旧说法。"


def _moved(gdm: str) -> str:
    if not gdm:
        return '{"type":"Point","coordinates":[121.0,28.5]}'
    shape = json.loads(gdm)

    def move(at: list[object]) -> list[object]:
        if at and isinstance(at[0], list):
            return [move(part) for part in at if isinstance(part, list)]
        return [float(str(at[0])) + 0.002, at[1]]

    return json.dumps({"type": shape["type"], "coordinates": move(shape["coordinates"])})
