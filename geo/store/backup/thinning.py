"""Keep the newest backups of a schedule and remove the older ones."""

from __future__ import annotations

import fnmatch
from pathlib import Path


def thin_out(folder: Path, pattern: str, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` files whose names follow ``pattern`` (``{time}`` stands for any time).

    A pattern without ``{time}`` names one file, and nothing is removed.
    """
    if "{time}" not in pattern:
        return []
    before, _, after = pattern.partition("{time}")
    like = glob_of(before) + "????????-??????" + glob_of(after)
    # The time in the name sorts as text.
    found = sorted(path for path in folder.iterdir() if fnmatch.fnmatchcase(path.name, like))
    old = found[:-keep]
    for path in old:
        path.unlink()
    return old


def glob_of(text: str) -> str:
    """Text that stands for itself in a pattern of file names."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)
