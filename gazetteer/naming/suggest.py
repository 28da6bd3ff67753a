"""Free and valid names for a place (备选名称), from what is local: plan, landforms, neighbours, series, history.

Every suggestion has been through all checks: none is refused, and what still stands against it is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gazetteer.naming.check import check
from gazetteer.naming.checks.size import fits, measures
from gazetteer.naming.lists import words
from gazetteer.naming.model import NamedPlace, NamingFinding, Proposal
from gazetteer.naming.name import NameParts, take_apart
from gazetteer.naming.profile import Profile
from gazetteer.naming.romanise import Romanisation, romanise
from gazetteer.naming.scope import county_scope
from gazetteer.naming.surroundings import Surroundings
from gazetteer.naming.terms import terms

_NUMERALS = "一二三四五六七八九十"
_LANDFORM_M, _VILLAGE_M, _ROAD_M = 3000.0, 2000.0, 30.0
_USUAL = {
    "A": "山", "A/water": "溪", "A/coast": "岛", "A/plain": "垟",
    "B/township": "镇", "B/street_office": "街道",
    "C": "村", "C/community": "社区",
    "D": "公园", "D/reserve": "自然保护区",
    "E": "路", "E/lane": "巷",
    "F": "苑", "F/building": "大楼",
    "G": "桥", "G/water_works": "水库", "G/power": "变电站", "G/other_works": "通信站",
}  # fmt: skip
_MOST_TRIED = 120
"""Candidates that go through all checks; those that are simply taken do not count."""
_GROUND = frozenset({"N18"})
"""Checks whose refusal may lie in the drawing and not in the name; see :func:`_try`."""

_BODY = re.compile(r"(?<=..)(居民委员会|居委会|村民委员会|村委会|社区|村)+$")
"""What makes a committee (村委会、居委会、社区) of the name of its village."""
_STREETS = ("路", "街", "巷", "弄", "道")

Sourced = tuple[str, str]
"""A specific term or whole name and where it comes from, in Chinese."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One free name, why it fits, how it is written in letters, and what still stands against it."""

    name: str
    source: str
    romanisation: Romanisation
    remaining: tuple[NamingFinding, ...] = ()
    """What still stands against it: warnings, and faults of the drawing that no name can heal."""


def suggest(proposal: Proposal, around: Surroundings, profile: Profile, count: int = 5) -> list[Suggestion]:
    """At least three (where any can be had) and at most ``count`` free names, those without warnings first.

    Names that a check refuses are left out; the sources take turns, so that the list is not all landforms. The same
    proposal, register and profile give the same list.
    """
    if proposal.act == "销名":
        return []
    drawn = _faults_of_drawing(proposal, around, profile)
    free = (
        row for row in _candidates(proposal, around, profile) if _is_free(proposal, row[0], around, profile)
    )
    clear: list[Suggestion] = []
    warned: list[Suggestion] = []
    for name, source in itertools.islice(free, _MOST_TRIED):
        found = _try(replace(proposal, name=name), source, around, profile, drawn)
        if found:
            (warned if set(found.remaining) - drawn else clear).append(found)
        if len(clear) >= count:
            break
    return (clear + warned)[:count]


def _faults_of_drawing(proposal: Proposal, around: Surroundings, profile: Profile) -> set[NamingFinding]:
    """Refusals that every name would meet, because they lie in the geometry: found with a name nobody has."""
    nobody = replace(proposal, name="〇〇" + _generic(proposal, profile))
    results = check(nobody, around, profile, _GROUND)
    return {found for result in results for found in result.findings if found.severity == "block"}


def _is_free(proposal: Proposal, name: str, around: Surroundings, profile: Profile) -> bool:
    """Whether nobody in the scope has the name: the cheap question before all others."""
    return not check(replace(proposal, name=name), around, profile, ("N04",))[0].stops


def _try(
    wanted: Proposal, source: str, around: Surroundings, profile: Profile, drawn: set[NamingFinding]
) -> Suggestion | None:
    """The suggestion, or None when a check refuses the name; faults of the drawing are kept in sight, not counted."""
    found = [row for result in check(wanted, around, profile) for row in result.findings]
    if any(row.severity == "block" and row not in drawn for row in found):
        return None
    letters = romanise(wanted.name, wanted.category, wanted.feature, extra=profile.words_folder)
    return Suggestion(wanted.name, source, letters, tuple(row for row in found if row.severity != "inform"))


def _candidates(proposal: Proposal, around: Surroundings, profile: Profile) -> Iterator[Sourced]:
    """Whole names to try, the sources taking turns, each name once, never the one that was proposed."""
    generic = _generic(proposal, profile)
    stock = words("stock", profile.words_folder)
    near = [
        _planned(proposal, around),
        _continued(proposal, around),
        _series(proposal, around, profile),
        *_neighbours(proposal, around, generic),
    ]
    listed = [_listed(stock.get(proposal.jurisdiction[:6], {}), generic), _listed(stock["general"], generic)]
    seen = {proposal.name, proposal.old_name}
    for name, source in itertools.chain(_in_turn([*near, *listed]), _composed(stock["compose"], generic)):
        if name not in seen:
            seen.add(name)
            yield name, source


def _in_turn(sources: list[Iterator[Sourced]]) -> Iterator[Sourced]:
    for row in itertools.zip_longest(*sources):
        yield from (item for item in row if item is not None)


def _generic(proposal: Proposal, profile: Profile) -> str:
    """The generic term to use: the proposed one if its size fits, else one whose size does, else the usual one."""
    category, known = proposal.category, measures(proposal)
    rules = {g: rule for (c, g), rule in profile.sizes.items() if c == category}
    parts = take_apart(proposal.name, category, proposal.feature, profile.words_folder)
    own = parts.generic
    if own and (own not in rules or fits(rules[own], known) is not False):
        return own
    all_terms = terms(category, proposal.feature, profile.words_folder)
    # 大厦 may fit the floor area of an estate, but is no word for one.
    fitting = [g for g, rule in rules.items() if g in all_terms and fits(rule, known)]
    usual = _USUAL.get(f"{category}/{proposal.feature}", _USUAL.get(category, ""))
    return fitting[0] if fitting else usual or (all_terms[0] if all_terms else "")


def _planned(proposal: Proposal, around: Surroundings) -> Iterator[Sourced]:
    if proposal.geometry is not None:
        for row in around.planned_at(proposal.geometry, 50.0):
            if row.category == proposal.category:
                yield row.name, f"地名方案在此处的规划名称（{row.code}）"


def _continued(proposal: Proposal, around: Surroundings) -> Iterator[Sourced]:
    """The name under which the road goes on in the neighbouring county."""
    if proposal.category == "E" and proposal.geometry is not None:
        for road in around.roads_near(proposal.geometry, _ROAD_M):
            if road.division[:6] != proposal.jurisdiction[:6]:
                yield road.name, f"相邻政区同一道路的名称（{road.code}）"


def _series(proposal: Proposal, around: Surroundings, profile: Profile) -> Iterator[Sourced]:
    """The next free lane of the road that the place touches: 永宁路三巷 after 永宁路二巷."""
    if proposal.category != "E" or proposal.geometry is None:
        return
    lane = "弄" if _generic(proposal, profile) == "弄" else "巷"
    for road in around.roads_near(proposal.geometry, _ROAD_M):
        parts = take_apart(road.name, "E", road.feature, profile.words_folder)
        if road.code == proposal.record or parts.ordinal is not None or lane == parts.generic:
            continue
        used = _used_ordinals(road, around, proposal, lane)
        free = next((i for i in range(1, 11) if i not in used), None)
        if free and _generic(proposal, profile) in ("巷", "弄"):
            yield f"{road.name}{_NUMERALS[free - 1]}{lane}", f"接“{road.name}”，按序数派生"


def _used_ordinals(road: NamedPlace, around: Surroundings, proposal: Proposal, lane: str) -> set[int]:
    places = around.same_specific(road.name, "E", county_scope(proposal))
    parts: list[NameParts] = [take_apart(place.name, "E", place.feature) for place in places]
    return {row.ordinal for row in parts if row.generic == lane and row.ordinal is not None}


def _neighbours(proposal: Proposal, around: Surroundings, generic: str) -> list[Iterator[Sourced]]:
    """Landforms and waters first, then villages, by distance."""
    if proposal.geometry is None:
        return []
    kinds = (("A", _LANDFORM_M, "附近自然地理实体"), ("C", _VILLAGE_M, "附近村落"))
    return [
        _named_after(around.places_near(proposal.geometry, m, c), generic, label) for c, m, label in kinds
    ]


def _named_after(places: Sequence[NamedPlace], generic: str, label: str) -> Iterator[Sourced]:
    for place in places:
        stem = _BODY.sub("", take_apart(place.name, place.category, place.feature).specific)
        # 院桥街居委会 leaves the name of a street, which a second generic term would stack on.
        if len(stem) >= 2 and not stem.endswith(_STREETS):
            yield stem + generic, f"{label}“{place.name}”"


def _listed(stock: dict[str, list[str]], generic: str) -> Iterator[Sourced]:
    labels = {
        "history": "采词库·历史文化",
        "landforms": "采词库·山水",
        "virtue": "采词库·嘉言",
        "nature": "采词库·风物",
    }
    rows = [[(word + generic, labels.get(kind, "采词库")) for word in stock[kind]] for kind in sorted(stock)]
    return _in_turn([iter(row) for row in rows])


def _composed(stock: dict[str, list[str]], generic: str) -> Iterator[Sourced]:
    """Two characters each, in an order that mixes both lists."""
    first, last = stock["first"], stock["last"]
    for shift in range(len(last)):
        for i, char in enumerate(first):
            yield f"{char}{last[(i + shift) % len(last)]}{generic}", "采词库·组词"
