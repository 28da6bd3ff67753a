"""Plates, production, installation, defects (门牌)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0011_plate"
down_revision = "0010_numbering"
branch_labels = None
depends_on = None

# The precise place and the reporter's digest are for the office alone, not for whoever reads the audit.
HIDDEN = {"plate": ("installed_point",), "plate_repair": ("origin",)}
TABLES = (
    "plate_maker",
    "plate_batch",
    "plate",
    "plate_fault",
    "plate_repair",
    "plate_check",
    "plate_check_item",
)


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in TABLES:
        audit_table(op, f"register.{table}", hidden=HIDDEN.get(table, ()))
