"""Boundary lines (界线), their markers (界桩) and reference objects (方位物)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table, history_table

revision = "0004_boundary"
down_revision = "0003_batch"
branch_labels = None
depends_on = None

RECORDS = ("boundary_line", "boundary_marker", "reference_object")
PARTS = ("boundary_side", "boundary_marker_line")
# Precise positions stay in the register's own schema; whoever may read the audit need not see them.
HIDDEN = {
    "boundary_marker": ("geom", "north", "east", "height", "attributes"),
    "reference_object": ("geom", "azimuth", "distance"),
}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in RECORDS:
        history_table(op, f"register.{table}")
    for table in (*RECORDS, *PARTS):
        audit_table(op, f"register.{table}", hidden=HIDDEN.get(table, ()))
        op.execute(
            f"CREATE TRIGGER mark_change AFTER INSERT OR UPDATE OR DELETE ON register.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change()"
        )
