"""Saved views and drafts of the desk (工作台)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0016_desk"
down_revision = "0015_security"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    audit_table(op, "register.saved_view")
    # A draft changes with every few strokes and is nobody else's business: it is not audited.
