"""Meal points and cemeteries in full (助餐与公墓)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table, history_table

revision = "0014_service"
down_revision = "0013_field"
branch_labels = None
depends_on = None

RECORDS = ("meal_point", "cemetery")
# Rows that carry their own time in force: a new row supersedes an old one, so no history beside them is needed.
DATED = (
    "meal_hours", "meal_price", "meal_served", "population_cell", "cemetery_movement", "cemetery_price", "cemetery_land",
    "cemetery_approval", "cemetery_village", "cemetery_check", "burial_count", "site_ledger", "ledger_reconciliation",
    "ledger_match", "siting_rule", "siting_layer",
)  # fmt: skip
SHOWN = ("meal_point", "meal_hours", "meal_price", "cemetery", "cemetery_movement", "cemetery_price")


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in RECORDS:
        history_table(op, f"register.{table}")
    for table in (*RECORDS, *DATED):
        audit_table(op, f"register.{table}")
    for table in SHOWN:
        op.execute(
            f"CREATE TRIGGER mark_change AFTER INSERT OR UPDATE OR DELETE ON register.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change()"
        )
