"""Times and right answers of one engine over one index, on one core, each query of its own timed where that matters."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.matching.keys import first_reading
from gazetteer.address.model import Answer
from geo.collector import leave_alone
from tests.bench.alone import quantile

Asked = dict[str, Any]
Gist = tuple[str, str, str]
"""Status, level and code of the best candidate; the last two empty where there is none."""


def timed(folder: Path, part: str) -> Any:
    """One part of the figures of a register; run through :func:`tests.bench.alone.alone`.

    Each part has a process of its own: what one has looked up and remembered must not speed up the next.
    """
    engine = Geocoder.open(folder / "register.index")
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    for text, _, _ in asked["messy"][:WARM]:
        engine.geocode(text)
        engine.geocode_lean(text)
    settle(engine)
    return PARTS[part](engine, asked)


def settle(engine: Geocoder) -> None:
    """Make an engine ready as every worker does: tables made, what is there to stay out of the collector's sight."""
    engine.prepare()
    leave_alone()


def _messy(asked: Asked) -> list[str]:
    return [text for text, _, _ in asked["messy"][WARM:]]


def _geocode(engine: Geocoder, asked: Asked) -> Asked:
    times, answers = each(engine.geocode, _messy(asked), gist)
    known = asked["messy"][WARM:]
    return {
        "times": spread(times),
        "right": accuracy(answers, [code for _, _, code in known]),
        "kinds": by_kind(answers, known),
    }


def _reverse(engine: Geocoder, asked: Asked) -> float:
    lons, lats = zip(*asked["points"], strict=True)
    return len(lons) / seconds(lambda: engine.reverse_many(lons, lats))


# Seconds of this thread's processor time: other work on the machine does not count, which wall time would.
clock = time.thread_time
WARM = 200
PARTS: dict[str, Callable[[Geocoder, Asked], Any]] = {
    "geocode": _geocode,
    "lean": lambda engine, asked: spread(each(engine.geocode_lean, _messy(asked))[0]),
    "clean": lambda engine, asked: spread(each(engine.geocode, [text for text, _ in asked["clean"]])[0]),
    "many": lambda engine, asked: len(_messy(asked)) / seconds(lambda: engine.geocode_many(_messy(asked))),
    "parse": lambda engine, asked: spread(each(engine.parse, _messy(asked))[0]),
    "reverse": _reverse,
    "suggest": lambda engine, asked: suggested(engine, asked["names"]),
}


def seconds(act: Callable[[], Any]) -> float:
    """How long it takes."""
    began = clock()
    act()
    return clock() - began


def each(
    act: Callable[[str], Any], texts: Iterable[str], note: Callable[[Any], Any] | None = None
) -> tuple[list[float], list[Any]]:
    """Seconds of every call, and what ``note`` keeps of its value outside that time.

    The values themselves are let go as a server does: thousands of them held would be walked by the collector again
    and again, inside the time of whichever call comes next.
    """
    times, kept = [], []
    for text in texts:
        began = clock()
        value = act(text)
        times.append(clock() - began)
        if note is not None:
            kept.append(note(value))
    return times, kept


def gist(answer: Answer) -> Gist:
    """What is judged of an answer."""
    best = answer.best
    return (answer.status, "", "") if best is None else (answer.status, best.level, best.code)


def spread(times: Sequence[float]) -> dict[str, float]:
    """A second's worth, and milliseconds in the middle, at 95 of a hundred and at worst."""
    return {
        "per_s": len(times) / sum(times),
        "p50_ms": quantile(times, 0.5) * 1000,
        "p95_ms": quantile(times, 0.95) * 1000,
        "max_ms": max(times) * 1000,
    }


def accuracy(answers: Sequence[Gist], codes: Sequence[str]) -> dict[str, float]:
    """Shares: the right door among registered ones, ``auto`` among them, wrong among ``auto``, invented doors.

    An empty code means that the text names no registered door: a door-level answer to it is an invented one.
    """
    listed = [(a, c) for a, c in zip(answers, codes, strict=True) if c]
    unlisted = [a for a, c in zip(answers, codes, strict=True) if not c]
    auto = [(a, c) for a, c in zip(answers, codes, strict=True) if a[0] == "auto"]
    return {
        "hit": share(a[2] == c for a, c in listed),
        "auto": share(a[0] == "auto" for a, _ in listed),
        "auto_wrong": share(a[2] != c for a, c in auto),
        "auto_count": len(auto),
        "invented": share(a[1] == "door" for a in unlisted),
        "unlisted": len(unlisted),
    }


def by_kind(answers: Sequence[Gist], asked: Sequence[Sequence[str]]) -> dict[str, float]:
    """Share of right doors of each kind of spelling that names a registered door."""
    groups: dict[str, list[bool]] = {}
    for answer, (_, kind, code) in zip(answers, asked, strict=True):
        if code:
            groups.setdefault(kind, []).append(answer[2] == code)
    return {kind: share(found) for kind, found in sorted(groups.items())}


def share(found: Iterable[bool]) -> float:
    """The part that is true; 0 of none."""
    given = list(found)
    return sum(given) / len(given) if given else 0.0


def suggested(engine: Geocoder, names: Sequence[str]) -> dict[str, Any]:
    """Every name typed from its first character to its last: as characters, full pinyin and initials.

    ``hit`` is the share of names among the first five once the whole has been typed; ``hit_2`` once two characters
    (syllables, initials) have been.
    """
    found: dict[str, Any] = {}
    for mode, spell in TYPED.items():
        times, whole, early = [], [], []
        for name in names:
            parts = spell(name)
            for count in range(1, len(parts) + 1):
                began = clock()
                offered = engine.suggest("".join(parts[:count]), 5)
                times.append((count, clock() - began))
                hit = any(s.text == name for s in offered)
                early += [hit] if count == min(2, len(parts)) else []
            whole.append(hit)
        found[mode] = spread([t for _, t in times]) | {
            "first_p95_ms": quantile([t for count, t in times if count == 1], 0.95) * 1000,
            "hit": share(whole),
            "hit_2": share(early),
        }
    return found


TYPED: dict[str, Callable[[str], list[str]]] = {
    "characters": list,
    "pinyin": lambda name: [first_reading(c) for c in name],
    "initials": lambda name: [first_reading(c)[0] for c in name],
}
