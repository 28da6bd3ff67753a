"""Numbers of an address and their unit words (号、弄、幢、单元、层、室…): where they stand and what they count.

One compiled pattern finds every number of a text from left to right. Chinese numerals count only with a unit
word behind them, so 五一路, 二环路, 十里铺 and 三三公路 stay names.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CN = "[零〇一二三四五六七八九十百千两廿卅]{1,9}+"
_AN = r"(?:[A-Za-z]{0,2}+\d++[A-Za-z]?+(?![A-Za-z]))"
_N = rf"(?:{_AN}|{_CN})"
_SUB = rf"(?:[附付增]{_N}号?|之{_N}(?!号)|-\d+(?!\d*(?:室|幢|单元|-))|[甲乙丙丁](?!级))"

_PATTERN = (
    r"(?P<marked>(?<![^路街巷弄道里条村号口,)])[甲乙丙丁戊增临附付]\d++号(?![楼院])|N[oO]-?\d++[A-Za-z]?+号?(?![A-Za-z\d#]))|"
    rf"(?P<lane>{_N}支?弄(?![堂里]))"
    rf"|(?P<group>第?{_N}(?:村民小组|居民小组|居民组|村民组|生产队|大队|组(?!团|合|装)|社(?!区|会|保)|队(?!伍)))"
    rf"|(?P<bld>(?:(?:{_N}(?:[-、]{_N})?|[A-Za-z]{{1,2}}|[甲乙丙丁])(?:号楼(?![上下])|号幢|号栋|幢楼|栋楼|#楼|幢|栋|座(?!落)|#(?!\d+号)|号厂房|号公寓楼?)|[东西南北中]座))"
    rf"|(?P<unit>(?:{_N}|[东西南北中]|[A-Za-z])单元|{_N}门(?![口卫牌诊岗禁面市店头前外内]))"
    rf"|(?P<floor>(?:负|地下|第)?(?:{_N}(?:、{_N}|-{_N})?)(?:楼|层)(?![村上下])|[BbLl]\d{{1,2}}[Ff]?(?:层|楼)|\d{{1,2}}[Ff](?![A-Za-z0-9])|底层|顶楼|地下[一二三]层)"
    rf"|(?P<room>(?:{_AN}(?:[-、]{_AN})*|{_CN})(?:室|房(?![产地屋])|商铺|铺位|摊位|店面|户))"
    rf"|(?P<pair>\d+-\d{{1,3}}号(?!大街|路|街|线|桥|院|码头))"
    rf"|(?P<no>(?:{_AN}(?:[-、]{_AN})*|{_CN}(?:[-至]{_CN})?)号(?!大街|路|街|线|桥|院|码头|地块|公路|渠|坝|国道){_SUB}?)"
    rf"|(?P<after>{_AN}(?:附|付|之){_AN}号?|\d++[甲乙丙丁](?=$|[,\-()]|\d))"
    rf"|(?P<chain>{_AN}(?:[-#、]+{_AN})+(?![国省县]道|[路街期区年米度]|号))"
    r"|(?P<bare>(?<![0-9A-Za-z])[A-Za-z]{0,2}+\d++[A-Za-z]?+(?![A-Za-z\d]|号|期|[国省县]道|[路街巷区米年度院线厂连村届代.]|公里|大街|千米|中(?!心)))"
)
# What stands in most addresses, with one meaning each: tried first, and told apart by its last character.
_PLAIN = r"(?P<plain>\d++(?:号(?![楼幢栋厂公大路街线桥院码地渠坝国附付增之\-甲乙丙丁])|室|[幢栋](?!楼)|单元))"
_PLAIN_KINDS = {"号": "no", "室": "room", "幢": "bld", "栋": "bld", "元": "unit"}
# The look-ahead turns most characters away before any alternative is tried.
_START = "(?=[0-9A-Za-z零〇一二三四五六七八九十百千两廿卅第负地底顶甲乙丙丁戊增临附付]|[东西南北中][座单])"
NUMBER = re.compile(f"{_START}(?:{_PLAIN}|{_PATTERN})")
PART = re.compile(r"[A-Za-z]{0,2}\d+[A-Za-z]?")


class Number(NamedTuple):
    """A number with its unit: kind of unit, span in the cleaned text."""

    kind: str
    """lane 弄, group 组, bld 幢, unit 单元, floor 层, room 室, no 号, marked 甲88号, chain 66-2-301, bare 128."""
    start: int
    end: int


def numbers(text: str, start: int, end: int) -> list[Number]:
    """All numbers within ``text[start:end]``, left to right."""
    found = []
    for m in NUMBER.finditer(text, start, end):
        first, last = m.span()
        kind = m.lastgroup or "bare"
        found.append(Number(_PLAIN_KINDS[text[last - 1]] if kind == "plain" else kind, first, last))
    return found
