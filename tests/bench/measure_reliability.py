"""What the suites of faults and made-up requests found: kills, full disks, turned clocks, a database that is away or slow, requests
delivered twice, damaged backups, old versions, hostile files, requests outside the description."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from tests.bench.frame import ROOT, Context, Row, measurement

SUITES = {
    "kills and restarts": "tests/faults/test_kill.py",
    "database away, silent, slow": "tests/faults/test_database_away.py",
    "deliveries twice and out of order": "tests/faults/test_delivery.py",
    "full disk": "tests/faults/test_full_disk.py",
    "clock jumps": "tests/faults/test_clock_jumps.py",
    "upgrade from earlier versions": "tests/faults/test_upgrade.py",
    "backup and damaged files": "tests/db/test_backup.py",
    "restore drill": "tests/faults/test_restore_drill.py",
    "log archive and replica": "tests/faults/test_log_archive.py",
    "hostile files": "tests/faults/test_hostile_files.py",
    "requests from the description": "tests/properties/test_api_fuzzing.py",
    "field records in any order": "tests/properties/test_field_interleavings.py",
}


@measurement("reliability", "Reliability")
def reliability(context: Context) -> list[Row]:
    """Run the suites, the long form unless ``--quick``, and give their figures as they were written down."""
    with tempfile.TemporaryDirectory(prefix="dm-reliability-") as folder:
        figures, cases = Path(folder) / "figures.jsonl", Path(folder) / "cases.xml"
        env = {**os.environ, "DIMING_RELIABILITY": str(figures), "PYTHONPATH": str(ROOT)}
        if not context.quick:
            env["DIMING_SOAK"] = "1"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--timeout=0",
            f"--junitxml={cases}",
            *SUITES.values(),
        ]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=sys.stderr, check=False)
        lines = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
        rows = [*(_row(json.loads(line)) for line in lines), *(_suites(cases) if cases.exists() else ())]
    return [*rows, Row("all suites", "hold" if done.returncode == 0 else "do not all hold", "hold")]


def _row(said: dict[str, object]) -> Row:
    suite = str(said.pop("suite"))
    return Row(suite, "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in said.items()))


def _suites(report: Path) -> list[Row]:
    """For each suite how many cases ran, failed, were skipped, and how long the slowest took."""
    found: dict[str, list[ElementTree.Element]] = defaultdict(list)
    # Written a moment ago by our own pytest.
    for case in ElementTree.parse(report).iter("testcase"):
        found[str(case.get("classname")).replace(".", "/") + ".py"].append(case)
    return [Row(f"suite: {label}", _said(found[file])) for label, file in SUITES.items() if file in found]


def _said(cases: list[ElementTree.Element]) -> str:
    bad = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    slowest = max(float(case.get("time", 0)) for case in cases)
    return f"cases {len(cases)}; failed {bad}; skipped {skipped}; slowest {slowest:.1f} s"
