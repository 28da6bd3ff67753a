"""A register of the size of a district with its plates, loaded by the command line into a private cluster."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.alone import alone
from tests.bench.frame import Context, diming, private_home

MAKERS = ("标牌一厂", "标牌二厂", "标牌三厂")
CREWS = tuple(f"安装{word}组" for word in "一二三四五六七八")
STATES = ("已安装",) * 16 + ("已到货", "制作中", "损坏", "缺失")


@contextmanager
def district(context: Context) -> Iterator[tuple[dict[str, str], Path, int, int]]:
    """370,000 doors (20,000 when quick), indexed; gives environment, a folder, doors, and a third as many plates."""
    doors = 20_000 if context.quick else 370_000
    plates = 6_500 if context.quick else 120_000
    with private_home() as env, tempfile.TemporaryDirectory(prefix="dm-bench-") as name:
        files = alone(_files, name, doors)
        diming(env, "up")
        diming(env, "migrate")
        for kind in ("divisions", "places", "roads", "addresses"):
            diming(env, "import", kind, files[kind], "--datum", "cgcs2000", "--source", "bench")
        yield env, Path(name), doors, plates


def plate_list(env: dict[str, str], folder: Path, plates: int) -> str:
    """A list of plates as a district hands it over, one a door: CSV with maker, crew, day and state; gives its path."""
    return alone(_listed, env["DIMING_HOME"], str(folder / "plates.csv"), plates)


def _files(folder: str, doors: int) -> dict[str, str]:
    from gazetteer.sample import make

    return {kind: str(path) for kind, path in make(Path(folder), doors=doors).items()}


def _listed(home: str, file: str, plates: int) -> str:
    os.environ["DIMING_HOME"] = home
    from sqlalchemy import text

    from geo.store.engine import session

    with session(timeout_s=0) as db:
        rows = db.execute(
            text("SELECT code, standard_address FROM register.address WHERE valid_to IS NULL AND number <> '' "
                 "AND bld = '' ORDER BY handle_name, number_order, code LIMIT :most"), {"most": plates},
        ).all()  # fmt: skip
    with Path(file).open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow(("地址编码", "标准地址", "状态", "制作单位", "安装人", "安装日期", "原编码"))
        for at, row in enumerate(rows):
            day = f"2025-{at // 11_000 % 12 + 1:02d}-{at % 28 + 1:02d}"
            write.writerow((row.code, row.standard_address, STATES[at % len(STATES)], MAKERS[at // 500 % len(MAKERS)],
                            CREWS[at // 90 % len(CREWS)], day, f"M{at:08d}"))  # fmt: skip
    return file
