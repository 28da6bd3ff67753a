"""Divisions in force, from province to township, with villages of three counties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from gazetteer.base.making.files import read_csv, read_json
from gazetteer.base.making.names import short_name
from gazetteer.base.making.pinyin import Reader

VILLAGE_COUNTIES = ("331003", "331082", "331024")
"""黄岩区 and the neighbours with which it shares the lines of the sample district."""


class Plain(NamedTuple):
    """A division before its short name and reading are worked out."""

    code: str
    name: str
    level: int
    parent: str


def current(source: Path) -> list[Plain]:
    """All divisions in force; counties and towns that the main file lacks are filled from the other files."""
    folder = source / "divisions"
    rows = list(_to_county(read_json(folder / "divisions_v1.json")["provinces"]))
    known = {row.code for row in rows}
    for county, entry in read_json(folder / "townships_v1.json").items():
        if county in known:
            rows += [Plain(code, name, 4, county) for name, code in entry["townships"].items()]
    rows += _towns_without_file(rows, read_csv(source / "names" / "ok_data_level4.csv"))
    return sorted(set(rows))


def _to_county(provinces: dict[str, Any]) -> Iterator[Plain]:
    for name, province in provinces.items():
        yield Plain(province["code"], name, 1, "")
        for city, entry in province["cities"].items():
            above = entry["code"] or province["code"]
            if entry["code"]:
                yield Plain(entry["code"], city, 2, province["code"])
            for county, code in entry["counties"].items():
                yield Plain(code, county, 3, above)


def _towns_without_file(rows: list[Plain], stated: list[dict[str, str]]) -> list[Plain]:
    """Towns of cities without counties (东莞、中山…) and of counties the township file leaves out."""
    filled = {row.parent for row in rows if row.level >= 3}
    bare = {row.code for row in rows if row.level in (2, 3)} - filled
    found = []
    for row in stated:
        code, above = row["ext_id"], row["ext_id"][:6] + "000000"
        # 台湾 is kept at province level only, as in the main file: no official township codes exist.
        if above in bare and code != above and not code.startswith("71") and code[6:9] != "000":
            found.append(Plain(code, row["ext_name"], 4, above))
    return found


def missing_counties(source: Path) -> tuple[list[str], list[str]]:
    """Counties that the historic record calls current and the divisions file lacks: (lacking, explained)."""
    rows = {row.code[:6] for row in current(source)}
    ended = {
        event["old"]["code"][:6]
        for event in read_json(source / "divisions" / "historical_changes_v1.json")["events"]
        if event["type"] == "撤销" and (event.get("old") or {}).get("code")
    }
    lacking = [
        f"{code} {name}"
        for code, name in _record_current(source)
        if code not in rows and not code.endswith("00")
    ]
    return [x for x in lacking if x[:6] not in ended], [x for x in lacking if x[:6] in ended]


def _record_current(source: Path) -> Iterator[tuple[str, str]]:
    for row in read_csv(source / "divisions" / "result.csv"):
        if row["状态"] == "在用":
            yield row["代码"], row["名称"]


def table(rows: list[Plain], reader: Reader) -> Iterator[tuple[object, ...]]:
    """Rows of divisions.csv: code, name, level, parent, short, pinyin."""
    for row in rows:
        short = short_name(row.name, row.level)
        yield row.code, row.name, row.level, row.parent, short, reader.say(short, row.code)


def village_table(source: Path, reader: Reader) -> Iterator[tuple[object, ...]]:
    """Rows of villages.csv for the counties that ship: code, name, parent, short, pinyin."""
    name = "zhejiang_plus_villages_2023-06-30.csv"
    for row in read_csv(source / "divisions" / name):
        if row["county6"] in VILLAGE_COUNTIES:
            short = short_name(row["village"], 5)
            parent = row["street_code9"] + "000"
            yield row["code12"], row["village"], parent, short, reader.say(short, row["code12"])
