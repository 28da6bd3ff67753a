"""Make the committed tables of the base data from the source folder.

``python -m gazetteer.base.build SOURCE`` where SOURCE holds ``divisions/`` and ``names/`` as described in
``docs/data-sources.md``. The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer.base.making import aliases, characters, divisions, history, townships
from gazetteer.base.making.files import write_table
from gazetteer.base.making.pinyin import Reader, place_words
from gazetteer.base.rows import Change, Division, DivisionAlias

_HERE = Path(__file__).parent


def build(source: Path, target: Path = _HERE / "data") -> dict[str, int]:
    """Write all tables into ``target``; gives back the number of rows of each."""
    reader = Reader(source)
    curated = _HERE / "curated"
    target.mkdir(exist_ok=True)
    plain = divisions.current(source)
    rows = [Division(*row) for row in divisions.table(plain, reader)]  # type: ignore[arg-type]
    changes = history.county_changes(source) + townships.township_changes(source)
    other = aliases.aliases(rows, changes, source, curated)
    tables = {
        "divisions": (Division._fields, rows),
        "villages": (("code", "name", "parent", "short", "pinyin"), divisions.village_table(source, reader)),
        "history": (Change._fields, changes),
        "division_aliases": (DivisionAlias._fields, other),
        "characters": (("char", "level", "readings"), characters.table(reader)),
        "variants": (("form", "standard", "kind"), characters.variants(source, curated, reader)),
        "lookalikes": (("one", "other", "similarity"), characters.lookalikes(source, curated, reader)),
        "readings": (("word", "readings"), place_words(reader, [row.name for row in plain])),
    }
    return {name: write_table(target / f"{name}.csv.gz", *table) for name, table in tables.items()}


def main(arguments: list[str]) -> int:
    """Entry of the command line: one argument, the source folder."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python -m gazetteer.base.build 源数据目录\n")
        return 2
    source = Path(arguments[0])
    for name, count in build(source).items():
        sys.stdout.write(f"{name}\t{count}\n")
    lacking, explained = divisions.missing_counties(source)
    sys.stdout.write(
        f"缺县\t{len(lacking)}\t{'、'.join(lacking)}\n已撤销\t{len(explained)}\t{'、'.join(explained)}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
