"""Ten thousand random interleavings of two phones and the office through the register: what was lost, written twice, held."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.bench.alone import alone
from tests.bench.frame import Context, Row, diming, measurement, private_home

PLAYS, QUICK = 10_000, 500
_AT_ONCE = 2
_PIECE = 50
_GOALS = {"interleavings": f"{PLAYS:,}", "lost": "0", "written twice": "0", "otherwise in the register": "0"}


@measurement(
    "interleavings", "Field records of two phones and the office, in any order, through the register"
)
def interleavings(context: Context) -> list[Row]:
    """Each play has a marker of its own; every delivery is a transaction, as the sync makes it. A play that loses or doubles
    anything stops the measurement and names its seed."""
    plays = QUICK if context.quick else PLAYS
    with private_home() as env, tempfile.TemporaryDirectory() as folder:
        diming(env, "up")
        diming(env, "migrate")
        code = alone(_ground, env["DIMING_HOME"], folder, plays)
        began = time.perf_counter()
        told = _all(env["DIMING_HOME"], code, plays)
        took = time.perf_counter() - began
    # The plays stop at the first of these, so there are none when they end.
    told |= {"lost": 0, "written twice": 0, "otherwise in the register": 0}
    rows = [Row(what, f"{count:,}", _GOALS.get(what, "")) for what, count in told.items()]
    return [*rows, Row("time", f"{took:,.0f} s, {plays / took:.1f} interleavings a second")]


def _all(home: str, code: str, plays: int) -> Counter[str]:
    pieces = [range(start, min(start + _PIECE, plays)) for start in range(0, plays, _PIECE)]
    told: Counter[str] = Counter()
    with ProcessPoolExecutor(_AT_ONCE, multiprocessing.get_context("spawn")) as pool:
        for found in pool.map(partial(_played, home, code), pieces):
            told += found
    return told


def _ground(home: str, folder: str, plays: int) -> str:
    os.environ["DIMING_HOME"] = home
    from tests.properties.field_register import ground

    return ground(Path(folder), plays)


def _played(home: str, code: str, seeds: range) -> Counter[str]:
    os.environ["DIMING_HOME"] = home
    from tests.properties.field_register import play

    told: Counter[str] = Counter()
    for seed in seeds:
        try:
            told += play(code, seed)
        except AssertionError as error:
            raise AssertionError(f"play {seed}: {error}") from error
    return told
