"""What the public reports as wrong (报错)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0006_report"
down_revision = "0005_repair"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    # Whoever may read the audit need not see how to reach the person.
    audit_table(op, "register.report", hidden=("contact", "origin"))
