"""Renaming acts, road audit, national exchange, change feed, heritage, stories, planned names (地名管理与交换)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import install_one, run_script
from geo.store.triggers import audit_table

revision = "0009_toponym"
down_revision = "0008_proposal"
branch_labels = None
depends_on = None

AUDITED = ("renaming", "road_finding", "place_code", "exchange_term", "heritage", "story", "planned_name")
# The tables whose changes others subscribe to, with the column that names the record and the word for its kind.
FEEDS = {
    "place": ("code", "place"), "road": ("code", "road"), "address": ("code", "address"),
    "division": ("code", "division"), "facility": ("code", "facility"), "alias": ("id", "alias"),
}  # fmt: skip


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for table in AUDITED:
        audit_table(op, f"register.{table}")
    for name in ("register.feed_insert", "register.feed_update", "register.feed_point"):
        install_one(op.get_bind(), name)
    for table, (key, kind) in FEEDS.items():
        op.execute(
            f"CREATE TRIGGER feed_insert AFTER INSERT ON register.{table} REFERENCING NEW TABLE AS come "
            f"FOR EACH STATEMENT EXECUTE FUNCTION register.feed_insert('{key}', '{kind}')"
        )
        op.execute(
            f"CREATE TRIGGER feed_update AFTER UPDATE ON register.{table} REFERENCING OLD TABLE AS gone "
            f"NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION register.feed_update('{key}', '{kind}')"
        )
    op.execute(
        "CREATE TRIGGER feed_point AFTER UPDATE ON register.address_point REFERENCING NEW TABLE AS come "
        "FOR EACH STATEMENT EXECUTE FUNCTION register.feed_point()"
    )
