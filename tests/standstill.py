"""Run tests while single processes stand still for moments, as they do on a busy machine: it shakes races out.

    python -m tests.standstill --core 0 ./run test tests/pages/test_field.py

Everything runs on one core. Every moment one process of the command's own, or a backend of a private PostgreSQL, is
stopped and goes on: the browser, the server, a worker. What then fails assumed that the other side is quick.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time

import psutil


def main() -> int:
    """Run the command; gives its exit code."""
    ap = argparse.ArgumentParser(prog="python -m tests.standstill", description=main.__doc__)
    ap.add_argument("--core", type=int, help="run everything on this core")
    ap.add_argument("--longest", type=float, default=3.0, help="seconds one process stands still at most")
    ap.add_argument("--every", type=float, default=0.7, help="seconds between two, about")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("command", nargs=argparse.REMAINDER)
    asked = ap.parse_args()
    if asked.core is not None:
        psutil.Process().cpu_affinity([asked.core])
    rng, run = random.Random(asked.seed), subprocess.Popen(asked.command)
    while run.poll() is None:
        time.sleep(rng.uniform(0.05, 2 * asked.every))
        try:
            one = rng.choice(_stoppable(run.pid))
            _stand_still(one, rng.choice((0.05, 0.2, rng.uniform(0, asked.longest))))
        except (psutil.NoSuchProcess, IndexError):
            continue
    return run.returncode


def _stoppable(root: int) -> list[psutil.Process]:
    """The processes that the command has started, and what a PostgreSQL has for each of its connections."""
    own = psutil.Process(root).children(recursive=True)
    return own + [p for p in psutil.process_iter() if "".join(p.cmdline()[:1]).startswith("postgres: ")]


def _stand_still(process: psutil.Process, seconds: float) -> None:
    process.suspend()
    try:
        time.sleep(seconds)
    finally:
        process.resume()


if __name__ == "__main__":
    sys.exit(main())
