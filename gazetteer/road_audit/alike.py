"""Names that are taken for each other: the same specific term with another generic term, or the same sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from gazetteer.naming.name import NameParts, take_apart
from gazetteer.naming.reading import sound_keys
from gazetteer.road_audit.model import RoadFinding
from gazetteer.road_audit.network import NamedRoad, Network

_MOST_ALIKE = 40
"""Names of one sound in one county; more means a reading that says nothing."""


def alike(network: Network) -> Iterator[RoadFinding]:
    """Pairs of near-same names (近似) and of same-sounding names (同音) within the scope of the rule."""
    scopes: dict[str, dict[str, list[NamedRoad]]] = defaultdict(lambda: defaultdict(list))
    for road in network.roads:
        scopes[road.township[: network.rule.scope_digits]][road.name].append(road)
    for named in scopes.values():
        parts = {name: take_apart(name, "E") for name in named}
        for one, other in _pairs(parts, lambda p: [p.specific] if len(p.specific) > 1 else []):
            if parts[one].generic != parts[other].generic:
                yield _pair(network, "near", named[one], named[other], "专名相同、通名不同，容易混淆")
        for one, other in _pairs(parts, lambda p: sound_keys(p.specific) if len(p.specific) > 1 else []):
            if parts[one].specific != parts[other].specific and parts[one].generic == parts[other].generic:
                yield _pair(network, "sound", named[one], named[other], "读音相同，口头报址时分不清")


def _pairs(parts: dict[str, NameParts], keys: object) -> Iterator[tuple[str, str]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for name, taken in parts.items():
        for key in keys(taken):  # type: ignore[operator]
            by_key[key].append(name)
    found = {
        pair
        for names in by_key.values()
        if 1 < len(names) <= _MOST_ALIKE
        for pair in combinations(sorted(set(names)), 2)
    }
    yield from sorted(found)


def _pair(
    network: Network, kind: str, first: list[NamedRoad], second: list[NamedRoad], why: str
) -> RoadFinding:
    roads = [*first, *second]
    away = min(a.flat.distance(b.flat) for a in first for b in second)
    members = [m for road in roads for m in road.members]
    names = (first[0].name, second[0].name)
    return RoadFinding(
        kind, f"{kind}:" + "|".join(sorted(f"{r.name}{r.code or r.township}" for r in roads)), "、".join(names),
        f"“{names[0]}”与“{names[1]}”{why}，相距约{away:.0f}米", "请核实，必要时为其中一条更名",
        network.shape(members), 0.0, second[0].township if second[0].township == first[0].township else "", names,
        tuple(r.code for r in roads if r.code), tuple(network.segments[m].id for m in members),
        {"distance_m": round(away)}, any(network.segments[m].made_up for m in members),
    )  # fmt: skip
