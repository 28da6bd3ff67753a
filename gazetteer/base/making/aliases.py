"""Old and short names of divisions, each resolved to the divisions now in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from gazetteer.base.making.files import read_csv
from gazetteer.base.making.names import short_name
from gazetteer.base.rows import Change, Division, DivisionAlias


def aliases(
    divisions: list[Division], changes: list[Change], source: Path, curated: Path
) -> list[DivisionAlias]:
    """All rows of division_aliases.csv, without names that are the target's own."""
    now = {row.code: row for row in divisions}
    rows = list(_short(divisions))
    rows += _resolved(changes, now)
    rows += _superseded_towns(divisions, read_csv(source / "names" / "ok_data_level4.csv"))
    for row in read_csv(curated / "aliases.csv"):
        rows.append(
            DivisionAlias(row["alias"], row["code"], row["kind"], int(row["until"]), int(row["rank"]))
        )
    unique = {(r.alias, r.code): r for r in reversed(rows) if r.code in now and now[r.code].name != r.alias}
    return sorted(unique.values())


def _short(divisions: Iterable[Division]) -> Iterator[DivisionAlias]:
    """黄岩、台州、浙江; towns are left to their ``short`` field, they would be forty thousand rows."""
    for row in divisions:
        if row.level <= 3 and row.short != row.name:
            yield DivisionAlias(row.short, row.code, "简称", 0, 0)


def _resolved(changes: list[Change], now: dict[str, Division]) -> Iterator[DivisionAlias]:
    heirs: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for change in changes:
        if change.successor and change.successor != change.code:
            heirs[change.code].add((change.successor, change.year))
    ended: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    first: dict[tuple[str, str, int], Change] = {}
    for change in changes:
        key = (change.code, change.name, change.year)
        ended[key] |= _follow(change, heirs, now)
        first.setdefault(key, change)
    for key, targets in ended.items():
        change = first[key]
        stem = short_name(change.name, change.level)
        carried = {code for code in targets if now[code].short == stem}
        for code in targets:
            kind = _kind(change, now[code], len(targets))
            yield DivisionAlias(
                change.name, code, kind, change.year, 0 if code in carried or not carried else 1
            )


def _follow(change: Change, heirs: dict[str, set[tuple[str, int]]], now: dict[str, Division]) -> set[str]:
    """Divisions in force at the end of all chains that begin with this change, of the same level."""
    found: set[str] = set()
    seen = {(change.code, change.year)}
    ahead = [(change.successor, change.year)]
    while ahead:
        code, year = ahead.pop()
        if (code, year) in seen:
            continue
        seen.add((code, year))
        later = [(heir, when) for heir, when in heirs.get(code, ()) if when > year]
        if code in now and now[code].level == change.level:
            found.add(code)
        elif later:
            ahead += later
    return found


def _kind(change: Change, target: Division, targets: int) -> str:
    """Kind of the change in the words of the alias table."""
    pairs = {
        ("县", "市"): "撤县设市", ("县", "区"): "撤县设区", ("市", "区"): "撤市设区", ("乡", "镇"): "撤乡设镇",
        ("乡", "街道"): "改设街道", ("镇", "街道"): "改设街道",
    }  # fmt: skip
    if short_name(change.name, change.level) == target.short:
        for (old, new), kind in pairs.items():
            if change.name.endswith(old) and target.name.endswith(new):
                return kind
    return (
        "析置" if targets > 1 else "更名" if "并" not in change.note and "撤销" not in change.note else "并入"
    )


def _superseded_towns(divisions: list[Division], stated: list[dict[str, str]]) -> Iterator[DivisionAlias]:
    """Towns of the older list that are gone, where exactly one town of the same county carries the stem on."""
    names: dict[str, set[str]] = defaultdict(set)
    stems: dict[tuple[str, str], list[Division]] = defaultdict(list)
    for row in divisions:
        if row.level == 4:
            names[row.code[:6]].add(row.name)
            stems[row.code[:6], row.short].append(row)
    for old in stated:
        code, name = old["ext_id"], old["ext_name"]
        heirs = stems.get((code[:6], short_name(name, 4)), [])
        if old["deep"] == "3" and name not in names[code[:6]] and len(heirs) == 1:
            change = Change(code, name, 4, "", 0, 0, heirs[0].code, heirs[0].name, "", "")
            yield DivisionAlias(name, heirs[0].code, _kind(change, heirs[0], 1), 0, 0)
