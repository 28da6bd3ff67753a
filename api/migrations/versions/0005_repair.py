"""Repair of a stock of bad addresses (存量不规范地址整改): files, rows, decisions, undoing, samples."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0005_repair"
down_revision = "0004_boundary"
branch_labels = None
depends_on = None

# A file of addresses may hold names and telephone numbers; whoever may read the audit need not see them.
HIDDEN = {
    "repair_batch": (),
    "repair_row": ("given", "original", "answer"),
    "repair_decision": (),
    "repair_checked": (),
}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table, hidden in HIDDEN.items():
        audit_table(op, f"register.{table}", hidden=hidden)
