"""Keys by which the naming checks look names up (名称检索键), kept beside the register and written when a name changed.

A trigger marks a row of ``register.name_key`` as stale when a place, road or proposal got another name; readings and
generic terms are Python's business, so the keys are written here, before the next check.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.name import NameParts, normal, take_apart
from gazetteer.naming.reading import sound_keys

_LOT = 2000
_STALE = text("""
    SELECT kind, code, category, name FROM register.name_key WHERE stale ORDER BY kind, code LIMIT :lot
    FOR UPDATE SKIP LOCKED
""")
_WRITE = text("""
    UPDATE register.name_key k SET plain = n.plain, words = n.words, sounds = n.sounds, stale = false
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(kind text, code text, plain text, words text[], sounds text[])
    WHERE k.kind = n.kind AND k.code = n.code
""")


def refresh(db: Session) -> int:
    """Write the keys of every name that changed and give how many; nothing to do is one look at an empty index."""
    written = 0
    while rows := db.execute(_STALE, {"lot": _LOT}).all():
        made = [_keys(row.kind, row.code, row.category, row.name) for row in rows]
        db.execute(_WRITE, {"rows": json.dumps(made, ensure_ascii=False)})
        written += len(made)
    return written


def word_keys(category: str, parts: Iterable[str]) -> list[str]:
    """Keys for whole words: ``E:永宁``."""
    return [f"{category}:{word}" for word in parts if word]


def _keys(kind: str, code: str, category: str, name: str) -> dict[str, Any]:
    parts: NameParts = take_apart(name, category)
    words = dict.fromkeys((parts.specific, parts.stem, parts.name))
    sounds = sound_keys(parts.specific) if parts.specific else ()
    return {
        "kind": kind,
        "code": code,
        "plain": normal(name),
        "words": word_keys(category, words),
        "sounds": word_keys(category, sounds),
    }
