"""Importing by the command line, in seconds of the wall clock."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.alone import alone
from tests.bench.frame import Context, Row, diming, measurement, private_home


@measurement("import", "370,000 addresses by the command line, checked and indexed")
def importing(context: Context) -> list[Row]:
    """A fresh register: divisions, places and roads first, then the addresses and the index by the clock."""
    doors = 20_000 if context.quick else 370_000
    with private_home() as env, tempfile.TemporaryDirectory(prefix="dm-bench-") as folder:
        files = alone(_files, folder, doors)
        diming(env, "up")
        diming(env, "migrate")
        before = sum(_imported(env, files, kind) for kind in ("divisions", "places", "roads"))
        addresses = _imported(env, files, "addresses")
        index = diming(env, "index", "build")
    return [
        Row("addresses", f"{doors:,}"),
        Row("`diming import addresses`", f"{addresses:.1f} s ({doors / addresses:,.0f} a second)"),
        Row("`diming index build`", f"{index:.1f} s"),
        Row("both", f"{addresses + index:.1f} s", "<= 60 s for 370,000"),
        Row("divisions, places and roads before", f"{before:.1f} s"),
    ]


def _files(folder: str, doors: int) -> dict[str, str]:
    from gazetteer.sample import make

    return {kind: str(path) for kind, path in make(Path(folder), doors=doors).items()}


def _imported(env: dict[str, str], files: dict[str, str], kind: str) -> float:
    return diming(env, "import", kind, files[kind], "--datum", "cgcs2000", "--source", "bench")
