"""Whether the engine's confidence means what it says: a table and a reliability diagram."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from gazetteer.address.matching.confidence import AUTO_AT
from tests.bench.calibration import Class, Judged, classes, expected_error, of_made, of_real
from tests.bench.diagram import draw
from tests.bench.frame import ROOT, Context, Row, measurement

SEED = 77
PICTURE = ROOT / "docs" / "reliability.svg"
"""Seeds 11 to 15 made the table that ships; this one was never fitted to."""


@measurement(
    "calibration",
    "Whether confidence means what it says (reliability diagram: [reliability.svg](reliability.svg))",
)
def calibration(context: Context) -> list[Row]:
    """Made counties always; real addresses where they are at hand."""
    with tempfile.TemporaryDirectory(prefix="dm-bench-") as folder:
        sets = {
            "made: five counties": list(
                of_made(60_000, 6_000 if context.quick else 20_000, SEED, Path(folder))
            )
        }
        if context.shared is not None:
            sets["real addresses"] = list(of_real(context.shared / "data" / "geocoding", Path(folder)))
    parts = {name: classes(found) for name, found in sets.items()}
    draw(PICTURE, parts)
    return [row for name, found in sets.items() for row in _rows(name, found, parts[name])]


def _rows(name: str, found: Sequence[Judged], parts: Sequence[Class]) -> list[Row]:
    auto = [j for j in found if j.auto]
    wrong = sum(not j.right for j in auto)
    rows = [Row(f"**{name}**", f"{len(found):,} answers with a door")]
    rows += [
        Row(f"said {c.low:g} to {c.high:g}, {c.count:,} answers", f"said {c.said:.3f}, right {c.right:.3f}")
        for c in parts
    ]
    return [
        *rows,
        Row("mean distance of said and right", f"{expected_error(parts):.3f}"),
        Row(
            f"wrong among {len(auto):,} `auto` (threshold {AUTO_AT})",
            f"{wrong / max(1, len(auto)):.2%}",
            "<= 0.2 %",
        ),
        Row("`auto` for doors that are not registered", str(sum(not j.listed for j in auto))),
    ]
