"""What the suites of faults and made-up requests found: kills, a database that is away, requests outside the description."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.frame import ROOT, Context, Row, measurement

SUITES = (
    "tests/faults/test_kill.py",
    "tests/faults/test_database_away.py",
    "tests/properties/test_api_fuzzing.py",
)


@measurement("reliability", "Reliability")
def reliability(context: Context) -> list[Row]:
    """Run the suites, the long form unless ``--quick``, and give their figures as they were written down."""
    return suites(SUITES, context)


@measurement("numbers", "Officers who give numbers on one road at once")
def numbers(context: Context) -> list[Row]:
    """The suite of competing officers, 50 with 200 numbers each unless ``--quick``."""
    return suites(("tests/faults/test_numbers_at_once.py",), context)


@measurement("sync", "Two phones and the office write about one record in random order")
def sync(context: Context) -> list[Row]:
    """The suite of interleavings through the database, 10,000 unless ``--quick``."""
    return suites(("tests/properties/test_field_interleavings.py",), context)


def suites(files: Sequence[str], context: Context) -> list[Row]:
    """Run test files in their long form (unless quick) and give the figures that they keep, and whether all hold."""
    with tempfile.TemporaryDirectory(prefix="dm-reliability-") as folder:
        figures = Path(folder) / "figures.jsonl"
        env = {**os.environ, "DIMING_RELIABILITY": str(figures), "PYTHONPATH": str(ROOT)}
        if not context.quick:
            env["DIMING_SOAK"] = "1"
        command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", *files]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=sys.stderr, check=False)
        lines = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
    rows = [_row(json.loads(line)) for line in lines]
    return [*rows, Row("suites", "all hold" if done.returncode == 0 else "some fail", "all hold")]


def _row(said: dict[str, object]) -> Row:
    suite = str(said.pop("suite"))
    return Row(suite, "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in said.items()))
