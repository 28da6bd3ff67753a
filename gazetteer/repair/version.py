"""Which engine and which index gave an answer, so that a decision can be understood years later."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import gazetteer.address
from gazetteer.address.answering.engine import Geocoder

_FOLDER = Path(gazetteer.address.__file__).resolve().parent


@lru_cache(maxsize=1)
def engine_version() -> str:
    """The first twelve digits of the SHA-256 of the address library's own source: another rule, another version."""
    whole = hashlib.sha256()
    for file in sorted([*_FOLDER.rglob("*.py"), *_FOLDER.rglob("*.json")]):
        whole.update(file.relative_to(_FOLDER).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:12]


def index_version(engine: Geocoder) -> str:
    """The state of the register in the index, and when it was built: ``17 2026-11-22T02:00:00+00:00``."""
    words = engine.index.info.meta
    return f"{words.get('data_version', '?')} {words.get('built_at', '')}".strip()
