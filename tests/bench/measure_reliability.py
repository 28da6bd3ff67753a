"""What the suites of faults and made-up requests found: kills, a database that is away, requests outside the description."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
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
    with tempfile.TemporaryDirectory(prefix="dm-reliability-") as folder:
        figures = Path(folder) / "figures.jsonl"
        env = {**os.environ, "DIMING_RELIABILITY": str(figures), "PYTHONPATH": str(ROOT)}
        if not context.quick:
            env["DIMING_SOAK"] = "1"
        command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", *SUITES]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=sys.stderr, check=False)
        lines = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
    rows = [_row(json.loads(line)) for line in lines]
    return [*rows, Row("suites", "all hold" if done.returncode == 0 else "some fail", "all hold")]


def _row(said: dict[str, object]) -> Row:
    suite = str(said.pop("suite"))
    return Row(suite, "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in said.items()))
