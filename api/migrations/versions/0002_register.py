"""The register (登记册): divisions, places, roads, addresses, aliases, facilities; who changed what and when."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import install_one, run_script
from geo.store.triggers import audit_table, history_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RECORDS = ("division", "place", "road", "road_segment", "address", "alias", "facility")
PARTS = ("division_succession", "road_division", "address_point", "alias_target", "import_batch")


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    before, tables = script.split("-- tables\n")
    run_script(op.get_bind(), before)
    for name in ("register.code_text", "register.new_code", "register.step_state", "register.mark_change"):
        install_one(op.get_bind(), name)
    run_script(op.get_bind(), tables)
    for table in RECORDS:
        history_table(op, f"register.{table}")
    for table in (*RECORDS, *PARTS):
        audit_table(op, f"register.{table}")
        op.execute(
            f"CREATE TRIGGER mark_change AFTER INSERT OR UPDATE OR DELETE ON register.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change()"
        )
    for table in ("place", "road"):
        op.execute(
            f"CREATE TRIGGER step_state BEFORE INSERT OR UPDATE ON register.{table} "
            "FOR EACH ROW EXECUTE FUNCTION register.step_state()"
        )
