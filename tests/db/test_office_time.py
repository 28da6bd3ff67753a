"""The office's day is 北京时间, whatever the machine counts in."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta

from sqlalchemy import text

from geo.store.engine import session


def test_a_machine_that_counts_in_utc_still_dates_its_papers_in_beijing() -> None:
    asked = "import geo; from datetime import datetime; print(datetime.now().astimezone().utcoffset())"
    said = subprocess.run([sys.executable, "-c", asked], env={**os.environ, "TZ": "UTC"}, capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert said.stdout.strip() == "8:00:00"


def test_the_database_and_the_program_agree_on_the_day(database_url: str) -> None:
    assert datetime.now().astimezone().utcoffset() == timedelta(hours=8)
    with session() as db:
        assert db.scalar(text("SHOW timezone")) == "Asia/Shanghai"
