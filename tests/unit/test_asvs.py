"""The table of the security standard names tests that are there, and the files that run the program name what is there."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path

import pytest

from geo.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LINES = re.findall(
    r"^\| (V[\d.]+) \| (.+?) \| (.+?) \|$",
    (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def known_tests() -> set[str]:
    return {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
    }


def test_every_line_is_held_by_a_test_that_exists_or_says_that_it_is_a_matter_of_operation() -> None:
    known = known_tests()
    assert len(LINES) >= 40
    gone = [
        (number, test) for number, _, test in LINES if test != "operation" and test.strip("`") not in known
    ]
    assert gone == []


@pytest.mark.parametrize(
    "unit", sorted((ROOT / "deploy" / "systemd").glob("*.service")), ids=lambda f: f.name
)
def test_units_start_modules_of_the_program_without_more_rights_than_they_need(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(unit.read_text(encoding="utf-8"))
    service = read["Service"]
    assert (service["User"], service["NoNewPrivileges"], service["ProtectSystem"]) == (
        "diming",
        "true",
        "strict",
    )
    for module in re.findall(r"-m ([\w.]+)", unit.read_text(encoding="utf-8")):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module


def test_every_setting_in_the_examples_is_one() -> None:
    text = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "deploy").rglob("*") if f.is_file())
    named = set(re.findall(r"\bDIMING_([A-Z_]+)\b", text)) - {
        "VERSION",
        "APP_PASSWORD",
        "OWNER_PASSWORD",
        "CERTIFICATES",
    }
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_board_asks_for_figures_that_are_counted() -> None:
    board = json.loads((ROOT / "deploy" / "grafana" / "diming.json").read_text(encoding="utf-8"))
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"(diming_\w+|process_\w+)", target["expr"])
    }
    assert asked == {
        "diming_requests_total",
        "diming_request_seconds_bucket",
        "process_resident_memory_bytes",
    }
