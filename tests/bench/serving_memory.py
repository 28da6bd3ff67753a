"""What one worker holds in memory: a fresh process opens the index and answers one query of each type."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from tests.bench.alone import memory_mb


def first_answers(folder: Path) -> dict[str, Any]:
    """Seconds until the first answer and memory after it; then memory after a thousand queries. Run alone."""
    began = time.process_time()
    from gazetteer.address.answering.engine import Geocoder

    imported = time.process_time()
    bare = memory_mb()
    engine = Geocoder.open(folder / "register.index")
    opened = time.process_time()
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    (lon, lat), name = asked["points"][0], asked["names"][0]
    engine.geocode(asked["messy"][0][0])
    answered = time.process_time()
    engine.parse(asked["clean"][0][0])
    engine.suggest(name[0])
    engine.reverse(lon, lat)
    fresh = memory_mb()
    for text, _, _ in asked["messy"][:1000]:
        engine.geocode(text)
    return {
        "import_s": imported - began,
        "open_s": opened - imported,
        "first_s": answered - opened,
        "bare": bare,
        "fresh": fresh,
        "served": memory_mb(),
    }
