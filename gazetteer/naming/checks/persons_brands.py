"""Persons and enterprises in the name (人名、企业名、商标名) and foreign words (外国地名、人名)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.company import trade_name
from gazetteer.naming.lists import words
from gazetteer.naming.name import normal


def _list(case: Case, name: str) -> dict[str, Any]:
    return words(name, case.profile.words_folder)


def _inside(text: str, candidates: Iterable[str]) -> list[str]:
    """The words that stand in the text, longest first, none inside another that is already found."""
    found: list[str] = []
    for word in sorted(set(candidates), key=lambda word: (-len(word), word)):
        if word and word in text and not any(word in longer for longer in found):
            found.append(word)
    return found


@check("N07", "不用国家领导人名字")
def leaders(case: Case) -> Findings:
    """A leader's full name anywhere, or the given name alone as the specific term."""
    name, lists = case.new_name().name, _list(case, "leaders")
    remedy = "请另取专名，不得以国家领导人的名字作地名"
    found = [case.finding(f"含有国家领导人名字“{word}”", remedy) for word in _inside(name, lists["full"])]
    if not found and case.parts.stem in lists["given"]:
        evidence = f"专名“{case.parts.stem}”与国家领导人的名相同"
        found.append(case.finding(evidence, remedy, severity=case.rule.severity("given")))
    return found


@check("N08", "不以人名作地名")
def persons(case: Case) -> Findings:
    """Historic and fictional persons, also by another name, and the persons tied to the application."""
    name, lists = case.new_name().name, _list(case, "persons")
    tied = [normal(person) for person in case.proposal.persons]
    found = []
    for word in _inside(name, [*lists["historic"], *lists["fictional"], *(p for p in tied if len(p) > 1)]):
        kind = (
            "与申请有关的人员" if word in tied else "虚构人物" if word in lists["fictional"] else "历史人物"
        )
        remedy = "请另取专名；与该人确无特定联系的，请写明理由"
        found.append(case.finding(f"含有{kind}姓名“{word}”", remedy))
    return found


@check("N09", "不用外国人名、地名及其译写")
def foreign(case: Case) -> Findings:
    """Listed foreign names, and runs of characters that are typical of transliteration."""
    parts, lists = case.new_name(), _list(case, "foreign")
    remedy = "请另取反映本地特点的专名"
    listed = _inside(parts.name, lists["anywhere"])
    listed += [word for word in lists["whole"] if word in (parts.specific, parts.stem) and word not in listed]
    found = [case.finding(f"含有外国人名、地名“{word}”", remedy) for word in listed]
    run = _transliterated(parts.specific, lists, case.rule["run"])
    if run and not found:
        severity = case.rule.severity("transliteration")
        figures = ("run", "transliteration")
        found.append(case.finding(f"“{run}”疑为外语音译", remedy, severity=severity, figures=figures))
    return found


def _transliterated(specific: str, lists: dict[str, Any], least: int) -> str:
    """The first run of at least ``least`` transliteration characters that is no name of a minority language."""
    for word in lists["domestic"]:
        specific = specific.replace(word, " ")
    match = re.search(f"[{lists['transliteration']}]{{{least},}}", specific)
    return match.group() if match else ""


@check("N10", "不用企业名称、商标名称")
def brands(case: Case) -> Findings:
    """Listed brands and the applicant's own trade name (字号)."""
    name = case.new_name().name
    found = []
    own = _own_trade_name(case)
    remedy = "请另取专名；与该企业、商标不存在特定联系的，请写明理由"
    for word in _inside(name, [*_list(case, "brands")["words"], own]):
        whose = f"申请单位“{case.proposal.applicant}”的字号" if word == own else "企业名称或商标名称"
        found.append(case.finding(f"“{word}”是{whose}", remedy))
    return found


def _own_trade_name(case: Case) -> str:
    divisions = case.around.known_divisions(case.proposal.jurisdiction)
    names = [name for division in divisions for name in (division.name, division.short)]
    own = trade_name(case.proposal.applicant, names, case.profile.words_folder)
    return own if len(own) >= 2 and own not in names else ""
