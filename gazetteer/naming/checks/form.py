"""Form of the name (名称构成): specific and generic term, foreign signs, length."""

from __future__ import annotations

import re

from gazetteer import base
from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.model import CATEGORIES, NamingFinding, not_applicable
from gazetteer.naming.name import NameParts, standard_forms
from gazetteer.naming.terms import may_stand_without, stack_terms, terms

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇]")
_SORTS = (
    (re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+"), "拉丁字母"),
    (re.compile(r"[0-9０-９①-⑳]+"), "数字"),
    (re.compile(r"[·•・‧∙\-－—–‐_~～]+"), "间隔号或连接号"),
    (re.compile(r"\s+"), "空格"),
)


@check("N01", "专名加通名，通名在后，不单用、不叠用通名")
def generic_term(case: Case) -> Findings:
    """A name is specific term + generic term; the generic term is last, never alone, never doubled."""
    parts, wanted = case.new_name(), case.proposal
    if not parts.name:
        return [case.finding("没有填写名称", "请填写由专名和通名组成的名称")]
    known = terms(wanted.category, wanted.feature, case.profile.words_folder)
    if not known:
        raise not_applicable(f"{wanted.category}类地名没有通名词表")
    if not parts.generic:
        if may_stand_without(wanted.category, wanted.feature, case.profile.words_folder):
            return []
        sample = "、".join(known[-6:])
        kind = CATEGORIES.get(wanted.category, wanted.category)
        return [case.finding(f"“{parts.name}”末尾没有{kind}类的通名", f"请以合适的通名结尾，如{sample}")]
    if not parts.specific:
        return [case.finding(f"“{parts.name}”只有通名，没有专名", "请在通名前加上专名")]
    return _stacked(case, parts)


def _stacked(case: Case, parts: NameParts) -> Findings:
    first, last = stack_terms(case.proposal.category, case.profile.words_folder)
    if parts.generic not in last:
        return []
    doubled = next(
        (term for term in sorted(first, key=len, reverse=True) if parts.specific.endswith(term)), ""
    )
    if not doubled:
        return []
    kept = parts.specific.removesuffix(doubled)
    advice = f"请只留一个通名，如“{kept}{parts.generic}”" if kept else "请另取专名，只留一个通名"
    return [case.finding(f"“{doubled}”与“{parts.generic}”两个通名叠用", advice)]


@check("N03", "不用繁体字、异体字、字母、数字和间隔符号")
def foreign_signs(case: Case) -> Findings:
    """Only standard Chinese characters: no traditional or variant forms, letters, digits, dots, dashes."""
    case.new_name()
    name = case.proposal.name
    found = [_sort_finding(case, label, sign) for sign, label in _SORTS if sign.search(name)]
    table, kinds = standard_forms(), base.variant_kinds()
    old = [char for char in dict.fromkeys(name) if char in table]
    for char in old:
        kind = kinds.get(char, "异体") + "字"
        found.append(
            case.finding(
                f"“{char}”是{kind}，规范字为“{table[char]}”", f"请改为“{name.replace(char, table[char])}”"
            )
        )
    rest = "".join(
        dict.fromkeys(c for c in name if not _HAN.match(c) and not any(s.match(c) for s, _ in _SORTS))
    )
    if rest:
        found.append(case.finding(f"含有非汉字符号“{printable(rest)}”", "请删去符号，只用规范汉字"))
    return found


def _sort_finding(case: Case, label: str, sign: re.Pattern[str]) -> NamingFinding:
    seen = "、".join(dict.fromkeys(part.group() for part in sign.finditer(case.proposal.name)))
    return case.finding(f"含有{label}“{seen}”", "请只用规范汉字书写，序数用汉字数字")


def printable(text: str) -> str:
    """The text with what cannot be shown (control characters, lone surrogates) as U+XXXX."""
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)


@check("N15", "名称长度适当")
def length(case: Case) -> Findings:
    """Two to six characters; more than eight is too long for signs and for the ear."""
    count = len(case.new_name().name)
    least, usual, most = case.rule["least"], case.rule["usual"], case.rule["most"]
    if count < least:
        return [case.finding(f"名称只有{count}个字", f"请用{least}至{usual}个字", figures=("least",))]
    if count > most:
        return [
            case.finding(f"名称有{count}个字，超过{most}个字", f"请缩短到{usual}个字以内", figures=("most",))
        ]
    if count > usual:
        note = f"名称有{count}个字，多于常用的{usual}个字"
        return [case.finding(note, "如无必要请缩短", severity=case.rule.severity("long"), figures=("usual",))]
    return []
