"""Cases: states, transitions, clocks, attachments, days off (办件)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0007_case"
down_revision = "0006_report"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in ("case", "case_clock", "day_off"):
        audit_table(op, f"register.{table}")
    # Where a photo was taken may be where a boundary marker stands.
    audit_table(op, "register.attachment", hidden=("point",))
