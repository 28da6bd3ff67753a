"""All checks over one proposal (自动校验): every check is reported, in order of code."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from gazetteer.naming.case import Case
from gazetteer.naming.checks import Check, entered
from gazetteer.naming.ground import usable
from gazetteer.naming.model import CheckResult, NamingFinding, Outcome, Proposal, Unfit
from gazetteer.naming.profile import Profile, Rule
from gazetteer.naming.surroundings import Surroundings

_MISSING = Rule("", "off", "G", "规则配置没有此项")


def check(
    proposal: Proposal, surroundings: Surroundings, profile: Profile, only: Container[str] | None = None
) -> list[CheckResult]:
    """What N01-N23, or those of them in ``only``, say about a proposal.

    Every check gives one result: passed, found, not applicable (with why), not checked (with what is lacking) or
    off. The same proposal, register and profile version give the same list. Never raises for any
    name; a geometry that is empty or not in degrees counts as none.
    """
    drawn = replace(proposal, geometry=usable(proposal.geometry))
    case = Case(drawn, surroundings, profile, _MISSING)
    return [_one(case, item) for item in entered() if only is None or item.code in only]


def _one(case: Case, item: Check) -> CheckResult:
    rule = case.profile.rules.get(item.code, _MISSING)
    if rule.level == "off":
        return _result(case, item, "off", (), "规则配置未启用")
    try:
        found = tuple(row for row in item.run(case.under(rule)) if row.severity != "off")
    except Unfit as unfit:
        return _result(case, item, unfit.outcome, (), unfit.note)
    return _result(case, item, "found" if found else "passed", found, "")


def _result(
    case: Case, item: Check, outcome: Outcome, found: tuple[NamingFinding, ...], note: str
) -> CheckResult:
    return CheckResult(item.code, item.title, outcome, found, note, case.profile.version, case.proposal.day)


def stopping(results: list[CheckResult]) -> list[NamingFinding]:
    """The findings that stop the act: refusals, and warnings whose written reason is still owed."""
    return [found for result in results for found in result.findings if found.stops]
