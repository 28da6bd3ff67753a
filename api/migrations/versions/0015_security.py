"""Organisations, rights of objects, chained audit (组织与审计)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import install_one, run_script
from geo.store.triggers import audit_table

revision = "0015_security"
down_revision = "0014_service"
branch_labels = None
depends_on = None

# The columns that say where a row lies, the most precise first.
REACH = {
    "place": "division",
    "road": "division",
    "address": "division",
    "planned_name": "division",
    "proposal": "division",
    "registration": "town,county",
    "plate_batch": "town",
}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    audit_table(op, "access.organisation")
    # What was hidden before stays hidden, and so do the secrets that this version adds.
    op.execute("DROP TRIGGER audit_row ON access.account")
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER audit_bulk_{event} ON access.account")
    audit_table(op, "access.account", hidden=("password_hash", "totp_secret", "recovery_hashes", "totp_step"))
    install_one(op.get_bind(), "audit.check_reach")
    for table, columns in REACH.items():
        op.execute(
            f"CREATE TRIGGER check_reach AFTER INSERT OR UPDATE ON register.{table} FOR EACH ROW "
            "WHEN (coalesce(current_setting('diming.reach', true), '') <> '') "
            f"EXECUTE FUNCTION audit.check_reach('{columns}')"
        )
