"""One proposal before one check: what the check may see, and how it says what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from gazetteer.naming.model import (
    NamedPlace,
    NamingFinding,
    Proposal,
    Scope,
    Severity,
    not_applicable,
    not_checked,
)
from gazetteer.naming.name import NameParts, take_apart
from gazetteer.naming.profile import Profile, Rule
from gazetteer.naming.scope import scope_of
from gazetteer.naming.surroundings import Surroundings


@dataclass(frozen=True)
class Case:
    """A proposal, its surroundings and the rules; ``rule`` is that of the check at work."""

    proposal: Proposal
    around: Surroundings
    profile: Profile
    rule: Rule

    def under(self, rule: Rule) -> Case:
        """The same case before another check."""
        return replace(self, rule=rule)

    @cached_property
    def parts(self) -> NameParts:
        """The proposed name taken apart."""
        return self.parts_of(self.proposal.name)

    def parts_of(self, name: str) -> NameParts:
        """Another name of the same category taken apart."""
        wanted = self.proposal
        return take_apart(name, wanted.category, wanted.feature, self.profile.words_folder)

    def new_name(self) -> NameParts:
        """The parts, where the act proposes a name at all; a cancellation (销名) does not."""
        if self.proposal.act == "销名":
            raise not_applicable("销名不产生新名称")
        return self.parts

    def specific(self) -> str:
        """The specific term (专名); a name without one has nothing to compare, which N01 reports."""
        found = self.new_name().specific
        if not found:
            raise not_applicable("名称没有专名，见N01")
        return found

    def scope(self) -> Scope:
        """The uniqueness scope (重名范围) of the category."""
        found = scope_of(self.proposal, self.profile, self.around)
        if found is None:
            raise not_applicable("规则配置没有为这类地名规定重名范围")
        return found

    def geometry(self) -> BaseGeometry:
        """The drawn geometry of the place."""
        found = self.proposal.geometry
        if found is None or found.is_empty:
            raise not_checked("没有可用的位置图形，请在地图上绘制或上传")
        return found

    def line(self) -> BaseGeometry:
        """The centre line of a road."""
        found = self.geometry()
        if "LineString" not in found.geom_type:
            raise not_checked("道路没有中心线图形，请绘制道路中心线")
        return found

    def others(self, places: Sequence[NamedPlace]) -> list[NamedPlace]:
        """The places without the one that is itself renamed or cancelled, in order of code."""
        own = self.proposal.record
        return sorted(
            (place for place in places if not own or place.code != own), key=lambda place: place.code
        )

    def finding(
        self,
        evidence: str,
        remedy: str,
        *,
        severity: Severity | None = None,
        place: NamedPlace | None = None,
        geometry: BaseGeometry | None = None,
        figures: tuple[str, ...] = (),
    ) -> NamingFinding:
        """A finding of this check; a written reason lowers a refusal that may be waived to a notice."""
        grade = severity or self.rule.severity()
        reason = self.proposal.reasons.get(self.rule.code, "").strip()
        if reason and grade == "block" and self.rule.waivable:
            grade = "inform"
        return NamingFinding(
            code=self.rule.code,
            severity=grade,
            where="拟用名称" if self.proposal.act != "销名" else "拟销名称",
            evidence=evidence,
            remedy=remedy,
            geometry=geometry if geometry is not None or place is None else place.geometry,
            record=place.code if place else "",
            reason=reason,
            source=self.rule.basis(*figures),
        )


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in quotes for a sentence, the rest counted: “永宁一路”“永宁二路”等5条."""
    shown = "".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}条"
