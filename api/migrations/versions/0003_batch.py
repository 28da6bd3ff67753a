"""Batches of addresses (批量任务): what was given, how far it is, what was found; kept until the caller has fetched it."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script

revision = "0003_batch"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
