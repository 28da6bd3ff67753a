"""Where a name may stand only once (重名、同音的范围), from the profile and the place."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from gazetteer.naming.model import Proposal, Scope
from gazetteer.naming.profile import Profile
from gazetteer.naming.surroundings import Surroundings

_DIGITS = {"nation": 0, "province": 2, "county": 6, "township": 9}
_LABELS = {"nation": "全国", "province": "本省", "county": "本县（市、区）", "township": "本镇街"}


def scope_of(proposal: Proposal, profile: Profile, around: Surroundings) -> Scope | None:
    """The scope for a proposal, or None where the profile sets none for its category (公园、设施等).

    A built-up area (建成区) is its registered polygon where the place lies in one; otherwise the divisions that the
    profile names for it. A township scope without a township code falls back to the county: wider, never narrower.
    """
    table = profile.scope(proposal.category, proposal.feature)
    kind = table.get("within")
    if kind is None or kind == "none":
        return None
    if kind == "builtup":
        return _built_up(proposal.geometry, proposal.jurisdiction, table.get("divisions", []), around)
    digits = min(_DIGITS[kind], len(proposal.jurisdiction))
    label = _LABELS["county"] if kind == "township" and digits < _DIGITS[kind] else _LABELS[kind]
    return Scope(kind, (proposal.jurisdiction[:digits],), None, label)


def _built_up(
    geometry: BaseGeometry | None, jurisdiction: str, divisions: list[str], around: Surroundings
) -> Scope:
    found = around.built_up_at(geometry) if geometry is not None else None
    if found:
        return Scope("builtup", (), found[1], found[0])
    prefixes = tuple(divisions) or (jurisdiction[:6],)
    return Scope("builtup", prefixes, None, "建成区（未登记范围，按所列政区计）")


def county_scope(proposal: Proposal) -> Scope:
    """The whole county, for questions that no category narrows."""
    return Scope("county", (proposal.jurisdiction[:6],), None, _LABELS["county"])
