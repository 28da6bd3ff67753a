"""Generic term and size (通名与规模相称): 大道 is wide and long, 大厦 tall or large."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import length_m
from gazetteer.naming.model import NamingFinding, Proposal, not_applicable, not_checked
from gazetteer.naming.profile import GUESS, SizeRule

MEASURES: Mapping[str, tuple[str, str]] = {
    "width_m": ("宽度", "米"),
    "length_m": ("长度", "米"),
    "floor_area_m2": ("建筑面积", "平方米"),
    "land_area_m2": ("用地面积", "平方米"),
    "storeys": ("层数", "层"),
    "green_rate": ("绿地率", ""),
    "open_rate": ("空地率", ""),
    "on_hill": ("依山而建", ""),
    "dead_end": ("断头路", ""),
    "commercial": ("商业街", ""),
}
"""Measures of a proposal that a size rule may ask for: Chinese name and unit."""


def measures(proposal: Proposal) -> dict[str, Any]:
    """What is known of the size; a road's length comes from its line where none is given."""
    known = {key: getattr(proposal, key) for key in MEASURES}
    line = proposal.geometry
    if known["length_m"] is None and line is not None and "LineString" in line.geom_type:
        known["length_m"] = length_m(line)
    return known


def meets(condition: Mapping[str, Any], known: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds; None where it depends on what is not known.

    ``width_m = 40`` is a least value, ``length_m_above = 500`` a value to exceed, ``width_m_below = 4`` a bound not
    reached, ``dead_end = true`` a fact.
    """
    answers = [_meets_one(key, wanted, known) for key, wanted in condition.items()]
    return False if False in answers else None if None in answers else True


def _meets_one(key: str, wanted: Any, known: Mapping[str, Any]) -> bool | None:
    measure, compare, _ = _comparison(key)
    value = known[measure]
    if value is None:
        return None
    return bool(value) is wanted if isinstance(wanted, bool) else compare(value, wanted)


def _comparison(key: str) -> tuple[str, Callable[[float, float], bool], str]:
    """The measure that a condition's key asks about, how it is compared, and that in words."""
    if key.endswith("_below"):
        return key.removesuffix("_below"), operator.lt, "小于"
    if key.endswith("_above"):
        return key.removesuffix("_above"), operator.gt, "大于"
    return key, operator.ge, "不小于"


def fits(rule: SizeRule, known: Mapping[str, Any]) -> bool | None:
    """Whether any of a rule's conditions holds; None where it may."""
    answers = [meets(condition, known) for condition in rule.any_of]
    return True if True in answers else None if None in answers else False


@check("N14", "通名与规模相称")
def size(case: Case) -> Findings:
    """The size that the generic term asks for in this city; and the stated length against the drawn line."""
    parts, wanted = case.new_name(), case.proposal
    rule = case.profile.sizes.get((wanted.category, parts.generic))
    if rule is None:
        raise not_applicable(
            f"规则配置没有为通名“{parts.generic}”规定规模" if parts.generic else "名称没有通名"
        )
    known, length = measures(wanted), _length_agrees(case)
    fit = fits(rule, known)
    if fit is None:
        lacking = "、".join(_lacking(rule, known))
        raise not_checked(f"“{parts.generic}”的规模要求需要{lacking}，请补填")
    return length if fit else [_too_small(case, rule, known), *length]


def _lacking(rule: SizeRule, known: Mapping[str, Any]) -> list[str]:
    keys = [_comparison(key)[0] for condition in rule.any_of for key in condition]
    return [MEASURES[key][0] for key in dict.fromkeys(keys) if known[key] is None]


def _too_small(case: Case, rule: SizeRule, known: Mapping[str, Any]) -> NamingFinding:
    has = "、".join(said(key, known[key]) for key in _asked(rule) if known[key] is not None)
    evidence = f"通名“{rule.generic}”要求{described(rule)}，申报为{has}"
    better = [
        other.generic
        for (category, _), other in case.profile.sizes.items()
        if category == rule.category and other.generic != rule.generic and fits(other, known)
    ]
    remedy = f"可改用通名“{'”“'.join(better)}”" if better else "请改用与规模相称的通名"
    found = case.finding(evidence, remedy)
    return _sourced(found, rule)


def _sourced(found: NamingFinding, rule: SizeRule) -> NamingFinding:
    """The finding with the source of the size rule itself, which may be more or less sure than the check."""
    return replace(found, source=f"{rule.source}（{GUESS}）" if rule.certainty == "G" else rule.source)


def _asked(rule: SizeRule) -> list[str]:
    return list(dict.fromkeys(_comparison(key)[0] for condition in rule.any_of for key in condition))


def described(rule: SizeRule) -> str:
    """The rule in words: 宽度不小于40米且长度不小于3000米."""
    return "，或".join("且".join(_wish(key, wanted) for key, wanted in row.items()) for row in rule.any_of)


def _wish(key: str, wanted: Any) -> str:
    measure, _, how = _comparison(key)
    name = MEASURES[measure][0]
    if isinstance(wanted, bool):
        return f"{'是' if wanted else '不是'}{name}"
    return f"{name}{how}{_figure(measure, wanted)}"


def said(key: str, value: Any) -> str:
    """A known measure in words: 宽度12米."""
    name, _ = MEASURES[key]
    return f"{'' if value else '非'}{name}" if isinstance(value, bool) else f"{name}{_figure(key, value)}"


def _figure(key: str, value: float) -> str:
    if key.endswith("_rate"):
        return f"{value:.0%}"
    return f"{round(value, 1):.10g}{MEASURES[key][1]}"


def _length_agrees(case: Case) -> Findings:
    """A notice where the stated length and the drawn line differ by more than a share."""
    stated, line = case.proposal.length_m, case.proposal.geometry
    if stated is None or line is None or "LineString" not in line.geom_type or line.is_empty:
        return []
    drawn, allowed = length_m(line), case.rule["length_differs"]
    if abs(drawn - stated) <= allowed * max(stated, drawn):
        return []
    evidence = f"申报长度{stated:g}米，图上长度约{drawn:.0f}米，相差超过{allowed:.0%}"
    severity = case.rule.severity("length_level")
    return [case.finding(evidence, "请核对长度或图形", severity=severity, figures=("length_differs",))]
