"""Personal data in an address field (个人信息): phone and identity numbers, names of recipients.

Found so that they can be cut out and reported by kind; they are never written to a log or a message.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gazetteer.address.words.vocabulary import NOISE_WORDS, SURNAMES

_NUMBER = re.compile(
    r"(?<![\dA-Za-z])(?:(?P<identity>\d{6}(?:19|20)\d{9}[\dXx])|(?P<phone>(?:\(?\+?86\)?-?)?1[3-9]\d(?:-?\d{4}){2}"
    r"|0\d{2,3}-?\d{7,8}(?:-\d{1,4})?))(?![\dA-Za-z])"
)
_PERSON = re.compile(
    rf"(?<=[,( \x01-])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:先生|女士|小姐|老师)?(?=[,) -]*(?:(?:身份证|电话|手机)号?码?[:,]?)?(?:\x01|收(?:$|,)|$))"
    rf"|^[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[,) -]*(?:(?:身份证|电话|手机)号?码?[:,]?)?\x01)"
    rf"|(?<=[,( 号室楼层\x01])[{SURNAMES}](?:先生|女士|小姐|老师|师傅|阿姨|经理|总)|(?<=,)[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=收(?:$|,))"
    rf"|(?<=[,( 号室楼层\x01])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:收(?:$|(?=,))|(?=(?:(?:身份证|电话|手机)号?码?[:,]?)?\x01))"
)


_ACCOUNT = re.compile(r"(?:微信|vx|wx|qq)号?[:,]?[a-z0-9][a-z0-9_-]{4,19}", re.IGNORECASE)
# What every phone number, recipient or remark has in it: most texts are done with one look each.
_ACCOUNTS = re.compile("微信|[vw]x|qq", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"[0-9][0-9-]{9}")
_NAMED = re.compile(rf"[,( \x01-][{SURNAMES}]|先生|女士|小姐|老师|师傅|阿姨|经理|总|收")
_REMARK = re.compile("[电放意支急谢寄收联手]")


class Personal(NamedTuple):
    """One piece of personal data: its kind (phone, identity, name) and span in the cleaned text."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=8)
def find_personal(clean: str) -> tuple[Personal, ...]:
    """Phone numbers, identity numbers and recipients in a cleaned text; it is asked for twice for an answer."""
    found: list[Personal] = []
    if len(clean) < 4:
        return ()
    marked = clean
    if _LONG_NUMBER.search(clean):
        found = [Personal(m.lastgroup or "phone", m.start(), m.end()) for m in _NUMBER.finditer(clean)]
    if _ACCOUNTS.search(clean):
        found += [Personal("phone", m.start(), m.end()) for m in _ACCOUNT.finditer(clean)]
    if found:
        for p in found:
            marked = marked[: p.start] + "\x01" * (p.end - p.start) + marked[p.end :]
    if not found and not _NAMED.search(marked):
        return ()
    found += [Personal("name", m.start(), m.end()) for m in _PERSON.finditer(marked)]
    return tuple(sorted(found, key=lambda p: p.start))


def cut_out(clean: str) -> str:
    """The text with personal data replaced by separators of the same length: what is looked for in the register."""
    for p in find_personal(clean):
        clean = clean[: p.start] + "," * (p.end - p.start) + clean[p.end :]
    return clean


def mask(clean: str, personal: tuple[Personal, ...]) -> str:
    """The text with personal data and delivery remarks replaced by separators of the same length."""
    for p in personal:
        clean = clean[: p.start] + "," * (p.end - p.start) + clean[p.end :]
    return clean if not _REMARK.search(clean) else NOISE_WORDS.sub(lambda m: "," * len(m.group()), clean)
