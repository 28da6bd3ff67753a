"""Rounds, inspections, events of boundaries (界线联检)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0012_inspection"
down_revision = "0011_plate"
branch_labels = None
depends_on = None

# Measured positions are as internal as the register's: the audit says that they changed, not what they are.
HIDDEN = {
    "boundary_inspection": ("geom", "height"),
    "inspection_reference": ("azimuth", "distance"),
    "inspection_signature": ("strokes",),
    "boundary_event": ("geom",),
}
TABLES = (
    "boundary_round",
    "boundary_task",
    "boundary_team",
    "boundary_inspection",
    "inspection_reference",
    "inspection_photo",
    "inspection_signature",
    "boundary_section",
    "boundary_event",
    "event_party",
)


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in TABLES:
        audit_table(op, f"register.{table}", hidden=HIDDEN.get(table, ()))
