"""Roads without a name (未命名道路): segments nobody named, put together into what a person would call one road."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import shapely

from gazetteer.road_audit.model import CLASS_WORDS, RoadFinding
from gazetteer.road_audit.network import Network

_WORDS = {"main": ("unnamed_main", "主次干道"), "lane": ("unnamed_lane", "背街小巷或村道")}


def unnamed(network: Network) -> Iterator[RoadFinding]:
    """One finding for each unnamed main road and lane that is long enough to be named."""
    rule = network.rule
    for rank, least in (("main", rule.least_main_m), ("lane", rule.least_lane_m)):
        wanted = [
            at for at, s in enumerate(network.segments) if not s.names and rule.rank(s.road_class) == rank
        ]
        for run in network.runs(wanted):
            length = float(shapely.length(network.flat[run]).sum())
            if length >= least:
                yield _finding(network, run, length, rank)


def _finding(network: Network, run: list[int], length: float, rank: str) -> RoadFinding:
    kind, word = _WORDS[rank]
    members = [network.segments[at] for at in run]
    shape = network.shape(run)
    township = Counter(m.township for m in members).most_common(1)[0][0]
    middle = shape.interpolate(0.5, normalized=True) if shape.geom_type == "LineString" else shape.centroid
    classes = "、".join(sorted({CLASS_WORDS.get(m.road_class, m.road_class) for m in members}))
    return RoadFinding(
        kind, f"{kind}:{middle.x:.5f},{middle.y:.5f}", f"未命名{classes}，长约{length:.0f}米",
        f"{len(members)}个路段、长约{length:.0f}米的{word}没有登记名称",
        "请发起命名，或在已有名称时补登记", shape, round(length, 1), township,
        segments=tuple(m.id for m in members), detail={"road_class": classes, "segments": len(members)},
        made_up=any(m.made_up for m in members),
    )  # fmt: skip
