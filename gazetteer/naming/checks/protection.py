"""Names under protection (地名保护) and heritage classes."""

from __future__ import annotations

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.model import not_applicable


@check("N20", "列入保护名录的地名不随意更名、销名")
def protected(case: Case) -> Findings:
    """A protected name is renamed or cancelled only with a protection plan (保护方案), given as the written reason."""
    wanted = case.proposal
    if wanted.act == "命名":
        raise not_applicable("只检查更名和销名")
    name = wanted.old_name if wanted.act == "更名" else wanted.name
    listed = case.around.protected_named(name, wanted.record)
    return [
        case.finding(
            f"“{place.name}”（{place.code}）列入{place.protected}",
            "一般不予更名、销名；确有必要的，请先制定保护方案并写明",
            place=place,
        )
        for place in sorted(listed, key=lambda place: place.code)
    ]


@check("N23", "千年古镇等称号与政区建制相符")
def heritage_class(case: Case) -> Findings:
    """Other provinces require a 千年古镇 to be a town (建制镇) today; a 乡 that applies is told so."""
    wanted, classes = case.proposal, case.rule["classes"]
    if wanted.heritage not in classes:
        raise not_applicable("没有申报千年古镇")
    if case.parts.generic not in case.rule["not_towns"]:
        return []
    evidence = f"“{case.parts.name}”是乡，申报的是{wanted.heritage}"
    remedy = "请先向省级主管部门确认评选条件，必要时改报其他类别"
    return [case.finding(evidence, remedy)]
