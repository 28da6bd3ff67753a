"""Geocoding of the made-up set: the right point, what is applied without a person, what is invented."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Answer
from tests.bench.alone import alone
from tests.bench.engine_timing import each, settle, share, spread
from tests.bench.frame import Context, Row, measurement
from tests.bench.synthetic import SETS, Question, index, metres, questions

NEAR_M = 2.0
LEVELS = ("door", "interpolated")


@measurement(
    "synthetic", "Made-up register of 100,000 doors, the sets that peers were measured on", needs_shared=True
)
def synthetic(context: Context) -> list[Row]:
    """An index built from the files themselves; each set in turn."""
    assert context.shared is not None
    return [
        row for name in SETS for row in _rows(name, alone(answered, context.shared / "data/synthetic", name))
    ]


def answered(folder: Path, name: str) -> dict[str, Any]:
    """The figures of one set."""
    asked = questions(folder, name)
    with tempfile.TemporaryDirectory(prefix="dm-bench-") as made:
        path = Path(made) / "synthetic.index"
        began = time.perf_counter()
        index(folder, path)
        built, size = time.perf_counter() - began, path.stat().st_size
        engine = Geocoder.open(path)
        settle(engine)
        times, answers = each(engine.geocode, [q.text for q in asked], lambda answer: answer)
    return judged(asked, answers) | {
        "times": spread(times),
        "index_s": built,
        "index_mb": size / 1e6,
    }


def judged(asked: Sequence[Question], answers: Sequence[Answer]) -> dict[str, Any]:
    """Shares over a set: hits, ``auto``, wrong among ``auto``, doors given where there is none; hits by style."""
    pairs = list(zip(asked, answers, strict=True))
    listed = [(q, a) for q, a in pairs if q.point]
    auto = [(q, a) for q, a in pairs if a.status == "auto"]
    styles: dict[str, list[bool]] = {}
    for q, a in listed:
        styles.setdefault(q.style, []).append(_right(q, a))
    return {
        "count": len(pairs),
        "hit": share(_right(q, a) for q, a in listed) if listed else None,
        "auto": share(a.status == "auto" for _, a in listed) if listed else None,
        "auto_wrong": share(not _right(q, a) for q, a in auto),
        "auto_count": len(auto),
        "unlisted": len(pairs) - len(listed),
        "invented": sum(a.best is not None and a.best.level in LEVELS for q, a in pairs if not q.point),
        "styles": {style: share(found) for style, found in sorted(styles.items())},
    }


def _right(asked: Question, answer: Answer) -> bool:
    best = answer.best
    if best is None or asked.point is None or best.level not in LEVELS:
        return False
    return metres((best.lon, best.lat), asked.point) <= NEAR_M


def _rows(name: str, found: dict[str, Any]) -> list[Row]:
    rows = [Row(f"**{name}**", f"{found['count']:,} texts")]
    if found["hit"] is not None:
        weak = [f"{style} {hit:.1%}" for style, hit in found["styles"].items() if hit < 1]
        rows += [
            Row("the right door, within 2 m", f"{found['hit']:.2%}", ">= 97 %"),
            Row("- kinds below 100 %", "; ".join(weak) or "none"),
            Row("`auto`", f"{found['auto']:.2%}", ">= 90 %"),
        ]
    rows.append(Row(f"wrong among {found['auto_count']:,} `auto`", f"{found['auto_wrong']:.2%}", "<= 0.2 %"))
    if found["unlisted"]:
        rows.append(
            Row(f"doors given for {found['unlisted']} texts that name none", str(found["invented"]), "0")
        )
    times = found["times"]
    speed = f"{times['per_s']:,.0f} a second; p95 {times['p95_ms']:.2f}, max {times['max_ms']:.1f} ms"
    return [*rows, Row("`geocode`, processor time", speed)]
