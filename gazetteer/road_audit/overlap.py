"""One road with several names (一路多名) and one name on several roads (一名多路)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import shapely

from gazetteer.road_audit.model import RoadFinding
from gazetteer.road_audit.network import NamedRoad, Network, components


def many_names(network: Network) -> Iterator[RoadFinding]:
    """Two names that lie on one line, or beside each other for at least half of the shorter road."""
    roads = network.roads
    if len(roads) < 2:
        return
    beside, overlap = network.rule.beside_m, network.rule.overlap
    flat = np.array([road.flat for road in roads], dtype=object)
    left, right = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=beside)
    for one, other in sorted(
        {(int(min(p)), int(max(p))) for p in zip(left, right, strict=True) if p[0] != p[1]}
    ):
        first, second = roads[one], roads[other]
        if first.name == second.name or _meant_to(first.name, second.name):
            continue
        share = _share(first, second, beside)
        if share >= overlap:
            yield _two_names(network, first, second, share)


def _meant_to(one: str, other: str) -> bool:
    """深南大道辅路 runs beside 深南大道, 北环高架 above 北环大道, and is meant to."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or (
        long[:2] == short[:2] and any(w in one + other for w in ("辅路", "辅道", "高架", "立交"))
    )


def _share(first: NamedRoad, second: NamedRoad, beside: float) -> float:
    """The share of the shorter road that lies beside the longer one."""
    short, long = sorted((first, second), key=lambda road: road.length_m)
    return float(
        short.flat.intersection(shapely.buffer(long.flat, beside, quad_segs=3, cap_style="flat")).length
    ) / max(short.length_m, 1e-9)


def _two_names(network: Network, first: NamedRoad, second: NamedRoad, share: float) -> RoadFinding:
    pair = sorted((first, second), key=lambda road: (-road.length_m, road.name))
    names, members = tuple(road.name for road in pair), [m for road in pair for m in road.members]
    short = min(pair, key=lambda road: road.length_m)
    return RoadFinding(
        "many_names", "many_names:" + "|".join(sorted(f"{r.name}{r.code}" for r in pair)), "、".join(names),
        f"“{names[0]}”与“{names[1]}”有{share:.0%}的长度在同一条路上（{share * short.length_m:.0f}米）",
        "请在判定单上选定一个标准名称，其余转为别名", network.shape(members), round(share * short.length_m, 1),
        short.township or pair[0].township, names, tuple(r.code for r in pair if r.code),
        tuple(network.segments[m].id for m in members), {"overlap": round(share, 3)},
        any(network.segments[m].made_up for m in members),
    )  # fmt: skip


def apart(network: Network) -> Iterator[RoadFinding]:
    """One name on roads that do not join: each group of lines farther than the gap from the others."""
    named: dict[tuple[str, str], list[NamedRoad]] = defaultdict(list)
    for road in network.roads:
        named[road.name, road.township[: network.rule.scope_digits]].append(road)
    for (name, _), roads in sorted(named.items()):
        members = [m for road in roads for m in road.members]
        flat = network.flat[members]
        if len(members) < 2:
            continue
        left, right = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=network.rule.gap_m)
        groups = components(len(members), list(zip(left.tolist(), right.tolist(), strict=True)))
        if len(groups) > 1:
            yield _pieces(network, name, roads, [[members[at] for at in group] for group in groups])


def _pieces(network: Network, name: str, roads: list[NamedRoad], groups: list[list[int]]) -> RoadFinding:
    flat = [shapely.multilinestrings(shapely.get_parts(network.flat[group])) for group in groups]
    gap = max(min(a.distance(b) for b in flat if b is not a) for a in flat)
    members = [m for group in groups for m in group]
    towns = {network.segments[m].township for m in members} - {""}
    length = float(sum(part.length for part in flat))
    return RoadFinding(
        "apart", f"apart:{name}:" + "|".join(sorted(r.code or r.township for r in roads)), name,
        f"“{name}”分为{len(groups)}处，互不相连，最远的一处离其他各处约{gap:.0f}米",
        "请核实是否同一条路：是断头路的补绘连接，不是的为其中几处另行命名", network.shape(members), round(length, 1),
        min(towns) if len(towns) == 1 else "", (name,), tuple(r.code for r in roads if r.code),
        tuple(network.segments[m].id for m in members), {"pieces": len(groups), "gap_m": round(gap)},
        any(network.segments[m].made_up for m in members),
    )  # fmt: skip
