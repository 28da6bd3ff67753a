"""Divisions written twice (重复书写的区划): which of them counts."""

from __future__ import annotations

from gazetteer.address.reading.division import Found


def without_repeats(found: list[Found]) -> tuple[list[Found], list[Found]]:
    """One division a type. A prefix written anew from its top replaces the first; a level doubled in place does not."""
    kept: dict[str, Found] = {}
    repeated: list[Found] = []
    if not found:
        return found, repeated
    top = min(f.level for f in found)
    anew, previous = False, 0
    for f in found:
        old = kept.get(f.type)
        anew = anew or (f.level == top and f is not found[0])
        if old is None:
            kept[f.type] = f
        elif _replaces(f, old, anew):
            anew = anew or f.level < previous
            repeated.append(old)
            kept[f.type] = f
        else:
            repeated.append(f)
        previous = f.level
    return (sorted(kept.values(), key=_where) if repeated else list(kept.values())), repeated


def _replaces(new: Found, old: Found, anew: bool) -> bool:
    """Whether the later of two divisions of one level counts: the fuller, another one, or that of a new beginning."""
    longer = (new.end - new.start) - (old.end - old.start)
    return (anew and (longer >= 0 or new.level < 4)) or longer > 0 or not _same(old, new)


def _where(found: Found) -> int:
    return found.start


def _same(one: Found, other: Found) -> bool:
    """Whether two spellings may mean one division."""
    return any(a.name == b.name for a in one.entries for b in other.entries)
