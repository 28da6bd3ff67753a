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

# Where a row lies, as paths of audit.lies_in, the most precise first.
_ROAD = "road>register.road.code.division"
_PLACE = "place>register.place.code.division"
_ADDRESS = "address>register.address.code.division"
_PLATE = "plate>register.plate.code.address>register.address.code.division"
_FACILITY = "facility>register.facility.code.division"
_REGISTRATION = "registration>register.registration.code.town,registration>register.registration.code.county"
_PROPOSAL = "proposal>register.proposal.code.division"
REACH = {
    "place": "division",
    "road": "division",
    "address": "division",
    "planned_name": "division",
    "proposal": "division",
    "registration": "town,county",
    "registration_person": _REGISTRATION,
    "registration_version": _REGISTRATION,
    "registration_paper": _REGISTRATION,
    "name_sign": _PROPOSAL,
    "plate_batch": f"town,{_ROAD}",
    "road_segment": f"division,{_ROAD}",
    "address_point": _ADDRESS,
    "alias_target": f"division,{_ROAD},{_PLACE},{_ADDRESS}",
    "plate": _ADDRESS,
    "plate_fault": _PLATE,
    "plate_check_item": "town",
    "facility": "division",
    "diagnosis_finding": "town",
    **dict.fromkeys((
        "meal_point", "meal_hours", "meal_price", "meal_served", "cemetery", "cemetery_movement", "cemetery_price",
        "cemetery_land", "cemetery_approval", "cemetery_check",
    ), _FACILITY),
}  # fmt: skip
# A new alias has no targets yet; its targets are looked at as they come. What anybody may say of any place, an account may
# too: a report, a damaged plate, an opinion; what becomes of it is decided where it lies.
REACH_UPDATED = {
    "alias": "id>register.alias_place.alias.division",
    "report": "division",
    "plate_repair": _PLATE,
    "proposal_voice": _PROPOSAL,
}
# Rows that show to whoever is bound to a division only where they lie in it.
SIGHT = (
    "proposal", "proposal_voice", "name_sign", "registration", "registration_person", "registration_version",
    "registration_paper", "report",
    "diagnosis_finding", "plate", "plate_batch", "plate_repair", "plate_fault", "plate_check_item",
    "road_finding", "cemetery_check", "\"case\"", "case_event", "case_clock", "attachment",
)  # fmt: skip
# Files and batches that may speak of any place: they are of the division of whoever took them in, and so is all below them.
TAKEN_IN = ("repair_batch", "exchange_batch", "site_ledger", "number_batch", "naming_batch", "import_batch")
BELOW = {
    "repair_decision": "batch>repair_batch.id",
    "repair_row": "batch>repair_batch.id",
    "repair_change": "batch>repair_batch.id",
    "repair_draw": "batch>repair_batch.id",
    "repair_checked": "batch>repair_batch.id",
    "repair_learnt": "batch>repair_batch.id",
    "exchange_row": "batch>exchange_batch.id",
    "site_ledger_row": "ledger>site_ledger.id",
    "ledger_reconciliation": "one,other>site_ledger.id",
    "ledger_match": "reconciliation>ledger_reconciliation.id",
}


def upgrade() -> None:
    for name in ("access.sees_all", "access.sees", "access.sees_case", "register.report_division"):
        install_one(op.get_bind(), name)
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    audit_table(op, "access.organisation")
    # What was hidden before stays hidden, and so do the secrets that this version adds.
    op.execute("DROP TRIGGER audit_row ON access.account")
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER audit_bulk_{event} ON access.account")
    audit_table(op, "access.account", hidden=("password_hash", "totp_secret", "recovery_hashes", "totp_step"))
    for name in ("audit.lies_in", "audit.check_reach"):
        install_one(op.get_bind(), name)
    for table, paths in REACH.items():
        _check_reach(table, "INSERT OR UPDATE", paths)
    for table, paths in REACH_UPDATED.items():
        _check_reach(table, "UPDATE", paths)
    for table in TAKEN_IN:
        _of_who_took_it_in(table)
    for table, path in BELOW.items():
        _seen_with(table, path)
    for table in (*SIGHT, *TAKEN_IN, *BELOW):
        op.execute(f"ALTER TABLE register.{table} ENABLE ROW LEVEL SECURITY")


def _of_who_took_it_in(table: str) -> None:
    op.execute(
        f"ALTER TABLE register.{table} ADD COLUMN reach text NOT NULL DEFAULT coalesce(current_setting('diming.reach', true), '')"
    )
    op.execute(
        f"COMMENT ON COLUMN register.{table}.reach IS '辖区: the beginning of the division codes of whoever took it in; empty for "
        "the whole district'"
    )
    op.execute(f"CREATE POLICY within_sight ON register.{table} USING (access.sees(reach)) WITH CHECK (true)")


def _seen_with(table: str, path: str) -> None:
    """A row shows where all that it hangs on does: ``columns>table.key``."""
    columns, _, above = path.partition(">")
    parent, _, key = above.partition(".")
    seen = " AND ".join(
        f"EXISTS (SELECT FROM register.{parent} above WHERE above.{key} = {table}.{column})"
        for column in columns.split(",")
    )
    op.execute(
        f"CREATE POLICY within_sight ON register.{table} USING (access.sees_all() OR {seen}) WITH CHECK (true)"
    )


def _check_reach(table: str, events: str, paths: str) -> None:
    op.execute(
        f"CREATE TRIGGER check_reach AFTER {events} ON register.{table} FOR EACH ROW "
        "WHEN (coalesce(current_setting('diming.reach', true), '') <> '') "
        f"EXECUTE FUNCTION audit.check_reach('{paths}')"
    )
