"""Base layers, published views of maps (地图)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from geo.store.sql import run_script

revision = "0017_map"
down_revision = "0016_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
