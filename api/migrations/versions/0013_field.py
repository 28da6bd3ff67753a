"""Devices, sync batches, conflicts of the field (外业同步)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0013_field"
down_revision = "0012_inspection"
branch_labels = None
depends_on = None

# Measured positions and signatures are in what devices bring; whoever may read the audit need not see them.
HIDDEN = {
    "field_device": (),
    "field_record": ("content", "marks"),
    "field_item": ("content", "seen"),
    "field_conflict": ("mine", "theirs", "choice"),
    "field_upload": ("lon", "lat"),
}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table, hidden in HIDDEN.items():
        audit_table(op, f"register.{table}", hidden=hidden)
