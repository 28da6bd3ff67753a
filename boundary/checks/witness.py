"""B7: a repaired or moved marker counts only when the other side was there (条例第六条)."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def witness_doubt(responsible: str, witnesses: Collection[str], sides: Mapping[str, str]) -> str:
    """In Chinese which side was not there; empty where all others were.

    Args:
        responsible: division code of the side that repaired.
        witnesses: codes of the sides that witnessed.
        sides: code → name of every side of the marker.
    """
    missing = [name for code, name in sides.items() if code != responsible and code not in witnesses]
    return f"修复时没有{'、'.join(missing)}到场见证" if missing else ""
