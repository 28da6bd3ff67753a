"""Numbering rules, locks, registrations (编号与门牌登记)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script

revision = "0010_numbering"
down_revision = "0009_toponym"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
