"""Naming proposals, opinions, notices (地名申请)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import install_one, run_script
from geo.store.triggers import audit_table

revision = "0008_proposal"
down_revision = "0007_case"
branch_labels = None
depends_on = None

# Applicants and commenting citizens are persons; whoever may read the audit need not see them.
HIDDEN = {
    "proposal": ("applicant", "persons", "contact", "phone", "secret", "network", "receive_by", "collect_by"),
    "proposal_voice": ("name", "contact", "network"),
    "naming_expert": (),
    "naming_batch": (),
    "naming_decision": (),
    "document_wording": (),
    "built_up_area": (),
    "name_sign": (),
}
# Which column holds the name of what the checks look up.
NAMED = {"place": "standard_name", "road": "name", "proposal": "name"}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table, hidden in HIDDEN.items():
        audit_table(op, f"register.{table}", hidden=hidden)
    install_one(op.get_bind(), "register.mark_name")
    for table, column in NAMED.items():
        op.execute(
            f"CREATE TRIGGER mark_name AFTER INSERT OR UPDATE ON register.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION register.mark_name('{table}', '{column}')"
        )
        category = "'E'" if table == "road" else "category"
        state = "'拟命名'" if table == "proposal" else "state"
        op.execute(
            "INSERT INTO register.name_key (kind, code, category, name, division, state) "
            f"SELECT '{table}', code, {category}, {column}, coalesce(division, ''), {state} FROM register.{table} "
            f"WHERE {column} <> ''"
        )
