"""What the suites of faults and made-up requests found, each a measurement of its own: ``./run soak`` runs all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from tests.bench.frame import NOT_REACHED, ROOT, Context, Row, measurement

PREFIX = "reliability-"


@dataclass(frozen=True)
class Suite:
    """Test files that belong together, and what their figures shall reach, by the name that a test keeps them under."""

    title: str
    files: tuple[str, ...]
    goals: dict[str, str] = field(default_factory=dict)


SUITES = {
    "api": Suite("requests made up from the description", ("tests/properties/test_api_fuzzing.py",),
                 {"made-up requests": ">= 100 cases an operation, 20,000 before a release; wrong 0"}),
    "away": Suite("the database away, silent, slow", ("tests/faults/test_database_away.py",),
                  {"database away": "30 s away; 503 in <= 2 s; back <= 5 s after it"}),
    "backup": Suite("backup, damage, restore", ("tests/db/test_backup.py", "tests/faults/test_restore_drill.py"),
                    {"restore drill": "refused, or whole; half restored 0"}),
    "clock": Suite("clocks that jump", ("tests/faults/test_clock_jumps.py",)),
    "delivery": Suite("requests delivered twice and out of order", ("tests/faults/test_delivery.py",),
                      {"duplicated delivery": "twice 0", "reordered delivery": "done twice 0"}),
    "disk": Suite("a full disk", ("tests/faults/test_full_disk.py",), {"full disk": "half files 0; rows without file 0"}),
    "kill": Suite("kill -9 of server, worker, database under writes", ("tests/faults/test_kill.py",),
                  {"kill": "200 kills; lost 0; half 0; twice 0", "restart of workers": "undone 0; refused 0"}),
    "log": Suite("archived log, a replica that follows", ("tests/faults/test_log_archive.py",)),
    "numbers": Suite("officers who give numbers on one road at once", ("tests/faults/test_numbers_at_once.py",),
                     {"numbers on one road": "10,000 different"}),
    "rights": Suite("every route for every kind of caller",
                    ("tests/api/test_rights.py", "tests/api/test_reach_walk.py", "tests/db/test_reach.py"),
                    {"rights": "without an entry 0; passed wrongly 0", "reach": "shown of elsewhere 0"}),
    "upgrade": Suite("backups of earlier versions", ("tests/faults/test_upgrade.py",), {"upgrade": "changed 0"}),
}  # fmt: skip


def measured(suite: Suite, context: Context) -> list[Row]:
    """Run the suite, the long form unless ``--quick``, and give its figures as its tests wrote them down."""
    with tempfile.TemporaryDirectory(prefix="dm-reliability-") as folder:
        figures, cases = Path(folder) / "figures.jsonl", Path(folder) / "cases.xml"
        env = {**os.environ, "DIMING_RELIABILITY": str(figures), "PYTHONPATH": str(ROOT)}
        if not context.quick:
            env["DIMING_SOAK"] = "1"
        command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", f"--junitxml={cases}", *suite.files]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=sys.stderr, check=False)
        lines = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
        rows = [_row(suite, json.loads(line)) for line in lines]
        told = _said(cases) if cases.exists() else "did not run"
    return [*rows, Row("tests", told, "failed 0" if done.returncode == 0 else f"failed 0 {NOT_REACHED}")]


def _row(suite: Suite, said: dict[str, object]) -> Row:
    name = str(said.pop("suite"))
    told = "; ".join(f"{key.replace('_', ' ')} {_number(value)}" for key, value in said.items())
    return Row(name, told, suite.goals.get(name, ""))


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _said(report: Path) -> str:
    # Written a moment ago by our own pytest.
    cases = list(ElementTree.parse(report).iter("testcase"))
    bad = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    spent = sum(float(case.get("time", 0)) for case in cases)
    return f"{len(cases)}; failed {bad}; skipped {skipped}; {spent:,.0f} s"


for _name, _suite in SUITES.items():
    measurement(PREFIX + _name, f"Reliability: {_suite.title}")(partial(measured, _suite))
