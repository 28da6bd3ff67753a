"""Numbering, claims of numbers, registrations, diagnosis (编号、号码占用、门牌登记、编号诊断)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script
from geo.store.triggers import audit_table

revision = "0010_numbering"
down_revision = "0009_toponym"
branch_labels = None
depends_on = None

AUDITED = ("number_claim", "number_batch", "registration", "registration_paper", "address_succession",
           "diagnosis_finding", "plate_seen")  # fmt: skip
# Who applied stays in the table; whoever may read the audit sees only that it was written.
PERSONAL = ("applicant", "id_number", "phone", "title_number")


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in AUDITED:
        audit_table(op, f"register.{table}", hidden=("private_hash",) if table == "registration" else ())
    audit_table(op, "register.registration_person", hidden=PERSONAL)
    audit_table(op, "register.registration_version", hidden=("person",))
