"""Words that boast (刻意夸大) and words that puzzle or offend (怪异难懂、有悖公序良俗)."""

from __future__ import annotations

import re

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.lists import words
from gazetteer.naming.name import NameParts
from gazetteer.naming.reading import bare, read, toned_keys

_NUMERALS = re.compile(r"[一二三四五六七八九十百千零〇两\d]+")


@check("N11", "不刻意夸大")
def grand(case: Case) -> Findings:
    """Words of the 2018 notice: 宇宙、中央、天下、世界……"""
    name = case.new_name().name
    listed = words("grand", case.profile.words_folder)["words"]
    remedy = "请另取专名；确有历史或地理依据的，请写明理由"
    return [case.finding(f"含有夸大词“{word}”", remedy) for word in listed if word in name]


@check("N12", "不怪异、不低俗")
def odd(case: Case) -> Findings:
    """Numbers for a name, digits mixed with characters, feudal rank, a sound that offends."""
    case.specific()
    return [*_numbers(case, case.parts), *_titles(case, case.parts), *_sounds(case, case.parts)]


def _numbers(case: Case, parts: NameParts) -> Findings:
    settled = words("odd", case.profile.words_folder)["settled_numerals"]
    if re.search(r"\d", parts.specific) and not parts.specific.isdigit():
        return [case.finding(f"“{parts.specific}”数字与汉字混用", "请改用汉字专名")]
    whole = _NUMERALS.fullmatch(parts.specific) and parts.ordinal is None
    if whole and parts.specific not in settled:
        return [case.finding(f"专名“{parts.specific}”全是数字", "请另取有含义的专名")]
    return []


def _titles(case: Case, parts: NameParts) -> Findings:
    lists = words("odd", case.profile.words_folder)
    remedy = "请另取专名；确为历史地名的，请写明理由"
    listed = [word for word in lists["titles"] if word in parts.name]
    if listed:
        return [case.finding(f"含有封建帝王、官爵类词语“{word}”", remedy) for word in listed]
    seen = [char for char in lists["title_characters"] if char in parts.specific]
    return [case.finding(f"含有封建帝王类用字“{char}”", remedy) for char in seen]


def _sounds(case: Case, parts: NameParts) -> Findings:
    """The whole specific term in any tone, or a part of the name in the very tones."""
    whole = {bare(said) for said in toned_keys(parts.specific)}
    spoken = [one.reading for one in read(parts.specific, parts.generic)]
    for word in words("odd", case.profile.words_folder)["sounds"]:
        said = toned_keys(word)[0]
        if bare(said) in whole or f" {said} " in f" {' '.join(spoken)} ":
            return [case.finding(f"读音与“{word}”相同或相近", "请换用读音不致误会的字")]
    return []
