"""What a measurement is, where results are kept, and the machine they were taken on."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "docs" / "measurements.json"


NOT_REACHED = "(not reached)"
"""At the end of a goal: a suite of tests failed, and so does the command."""
HEADS = ("what", "measured", "goal")


@dataclass(frozen=True)
class Row:
    """One figure: what, how much, what was wished for; ``more`` are further columns of a measurement with its own heads."""

    what: str
    value: str
    goal: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """How to measure: a short run, where the measuring data lies that does not ship (or None), or also what takes long."""

    quick: bool
    shared: Path | None
    long: bool = False


@dataclass(frozen=True)
class Measurement:
    """A named measurement; ``needs_shared`` ones are passed over, by name, where that data is absent."""

    name: str
    title: str
    run: Callable[[Context], list[Row]]
    needs_shared: bool
    heads: tuple[str, ...] = HEADS


MEASUREMENTS: dict[str, Measurement] = {}


def measurement(
    name: str, title: str, *, needs_shared: bool = False, heads: tuple[str, ...] = HEADS
) -> Callable[[Callable[[Context], list[Row]]], Callable[[Context], list[Row]]]:
    """Register a measurement under the name that ``./run bench NAME`` takes."""

    def keep(run: Callable[[Context], list[Row]]) -> Callable[[Context], list[Row]]:
        MEASUREMENTS[name] = Measurement(name, title, run, needs_shared, heads)
        return run

    return keep


def shared_folder() -> Path | None:
    """The measuring data: DIMING_SHARED, or a folder ``shared`` beside the checkout."""
    folder = Path(os.environ.get("DIMING_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "data").is_dir() else None


def machine() -> str:
    """One line about the machine, for every table."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    load = "/".join(f"{part:.1f}" for part in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({cpu}), {memory_gb:.0f} GiB, Python {platform.python_version()}; "
        f"load average at the end {load}"
    )


@contextmanager
def private_home() -> Iterator[dict[str, str]]:
    """A fresh register in a private cluster of its own; gives the environment that selects it."""
    with tempfile.TemporaryDirectory(prefix="dm-bench-") as folder:
        Path(folder).chmod(0o755)
        env = {**os.environ, "DIMING_HOME": f"{folder}/home", "PYTHONPATH": str(ROOT)}
        env.pop("DIMING_DATABASE_URL", None)
        try:
            yield env
        finally:
            diming(env, "down", check=False)


def diming(env: dict[str, str], *arguments: str, check: bool = True) -> float:
    """Run the command line as a user would; returns wall seconds. Its words go to standard error."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments], env=env, cwd=ROOT, stdout=sys.stderr, check=False
    )
    if check and done.returncode not in (0, 3):
        raise SystemExit(f"diming {' '.join(arguments)} 退出码 {done.returncode}")
    return time.perf_counter() - began


def keep(name: str, title: str, rows: list[Row], *, quick: bool) -> None:
    """Store one measurement's rows, so that a partial run leaves the others as they were."""
    stored = json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}
    stored[name] = {
        "title": title,
        "heads": MEASUREMENTS[name].heads,
        "rows": [[r.what, r.value, r.goal, *r.more] for r in rows],
        "machine": machine(),
        "date": dt.date.today().isoformat(),
        "quick": quick,
    }
    STORE.write_text(
        json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
