"""The audit over a whole network: every kind of finding in one pass of seconds, pure of database and settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from gazetteer.road_audit.alike import alike
from gazetteer.road_audit.model import KINDS, RoadFinding, Rule, Segment
from gazetteer.road_audit.network import Network
from gazetteer.road_audit.overlap import apart, many_names
from gazetteer.road_audit.unnamed import unnamed

Progress = Callable[[str, int, int], None]
_STEPS: tuple[tuple[str, Callable[[Network], Iterator[RoadFinding]]], ...] = (
    ("查找未命名道路", unnamed),
    ("查找一路多名", many_names),
    ("查找一名多路", apart),
    ("查找近似和同音名称", alike),
)


def audit(
    segments: Iterable[Segment], rule: Rule | None = None, progress: Progress = lambda step, done, total: None
) -> list[RoadFinding]:
    """Everything the rule finds in a network, in the order of :data:`~gazetteer.road_audit.model.KINDS`.

    Args:
        segments: lines in CGCS2000 degrees; WGS84 will do, nothing here is finer than a metre.
        rule: figures to go by.
        progress: told each step.
    """
    network = Network(segments, rule or Rule())
    found: list[RoadFinding] = []
    for number, (word, step) in enumerate(_STEPS):
        progress(word, number, len(_STEPS))
        found.extend(step(network))
    progress("排查完成", len(_STEPS), len(_STEPS))
    return found


def counts(findings: Iterable[RoadFinding]) -> dict[str, int]:
    """How many of each kind, zero included."""
    found = Counter(finding.kind for finding in findings)
    return {kind: found[kind] for kind in KINDS}
