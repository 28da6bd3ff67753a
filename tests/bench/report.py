"""Writes docs/measurements.md from the stored results."""

from __future__ import annotations

import json

from tests.bench.frame import HEADS, ROOT, STORE
from tests.bench.limits import LIMITS

HEAD = """# Measurements

Written by `./run bench`; not by hand. Times are of one run on the machine named under each table and move with it:
ratios and shares count. Sets named `geocoding` and `parsing` are real data that may be measured with but do not ship.
"""


def write() -> None:
    """Draw every stored measurement as a table."""
    stored = json.loads(STORE.read_text(encoding="utf-8"))
    parts = [HEAD]
    for name, one in sorted(stored.items()):
        note = " (quick run)" if one["quick"] else ""
        parts.append(f"\n## {one['title']}\n\n`./run bench {name}`{note}\n\n")
        heads = one.get("heads", HEADS)
        parts += [f"| {' | '.join(row)} |\n" for row in (heads, ["---"] * len(heads), *one["rows"])]
        parts += [f"\n{LIMITS[name]}\n"] if name in LIMITS else []
        parts.append(f"\n{one['date']}, {one['machine']}\n")
    (ROOT / "docs" / "measurements.md").write_text("".join(parts), encoding="utf-8")
