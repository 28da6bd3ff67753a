"""The ground: schemas, extensions, audit, accounts and logins, keys of repeated requests."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import install_one, run_script
from geo.store.triggers import audit_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    install_one(op.get_bind(), "audit.current_act")
    audit_table(op, "access.account", hidden=("password_hash",))
    audit_table(op, "access.api_key", hidden=("key_hash",))
