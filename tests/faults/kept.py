"""What the reliability suites found, kept for the command that writes the page of measurements."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def keep(suite: str, figures: dict[str, Any]) -> None:
    """Append one suite's figures to the file that ``DIMING_RELIABILITY`` names; nothing where it names none."""
    target = os.environ.get("DIMING_RELIABILITY")
    if target:
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"suite": suite, **figures}) + "\n")
