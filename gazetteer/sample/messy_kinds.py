"""The kinds of misspelling: each changes the parts of an address as people do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from gazetteer.base import lookalikes, traditional, variant_kinds
from gazetteer.sample.cases_form import hanzi
from gazetteer.sample.envelope import Written
from gazetteer.sample.homophones import homophones

Random = np.random.Generator
Parts = dict[str, str]
"""province, city, county, town, handle, number (with 号 where it belongs), head and tail of noise."""

_WIDE: Final = str.maketrans("0123456789-", "０１２３４５６７８９－")
_HEADS: Final = ("地址：", "收货地址 ", "单位地址:", "住址", "中国", "户籍地：")
_TAILS: Final = (
    "（近菜场）", "旁边", "（快递放门卫）", "一楼店面", "2楼", "附近", "门口", "收", "有限公司", "沿街店铺", "对面", "后面平房",
    "(老店)", " 电话联系", "内", "底层", "阁楼", "车库", "转交", "百货店", "理发店", "早餐店楼上",
)  # fmt: skip
_GAPS: Final = (" ", "　", ",", "，", "-", "/", "·", "_")
_CUT: Final = re.compile(r"(?<=.{2})(?:省|市|区|县|街道|镇|乡)$")


def _of(rng: Random, words: tuple[str, ...] | str) -> str:
    return words[int(rng.integers(len(words)))]


def parts_of(door: Written) -> Parts:
    """The well-written address in its parts."""
    number = door.number
    if re.fullmatch(r"\d+", number) or re.fullmatch(r"\d+弄\d+", number):
        number += "号"
    elif re.fullmatch(r"\d+-\d+", number):
        number = number.replace("-", "号-")
    return {
        "head": "", "province": door.province, "city": door.city, "county": door.county, "town": door.town,
        "handle": door.handle, "number": number, "tail": "",
    }  # fmt: skip


def _without(*levels: str) -> Callable[[Parts, Written, Random], bool]:
    def change(parts: Parts, door: Written, rng: Random) -> bool:
        for level in levels:
            parts[level] = ""
        return True

    return change


def _other_name(level: str) -> Callable[[Parts, Written, Random], bool]:
    def change(parts: Parts, door: Written, rng: Random) -> bool:
        names = door.other_counties if level == "county" else door.other_towns
        if names:
            parts[level] = _of(rng, names)
        return bool(names)

    return change


def _char(find: Callable[[str], tuple[str, ...]]) -> Callable[[Parts, Written, Random], bool]:
    """Replace one character of the road's specific part by one of those that ``find`` gives."""

    def change(parts: Parts, door: Written, rng: Random) -> bool:
        name = parts["handle"]
        able = [i for i in range(max(len(name) - 1, 0)) if find(name[i])]
        if able:
            at = able[int(rng.integers(len(able)))]
            parts["handle"] = name[:at] + _of(rng, find(name[at])) + name[at + 1 :]
        return bool(able)

    return change


def _lookalike(char: str) -> tuple[str, ...]:
    return tuple(other for other, score in lookalikes().get(char, ()) if score >= 0.45)[:6]


def _drop(parts: Parts, door: Written, rng: Random) -> bool:
    name = parts["handle"]
    if len(name) < 4:
        return False
    at = int(rng.integers(len(name) - 1))
    parts["handle"] = name[:at] + name[at + 1 :]
    return True


def _double(parts: Parts, door: Written, rng: Random) -> bool:
    level = _of(rng, ("handle", "town", "county"))
    name = parts[level] or parts["handle"]
    at = int(rng.integers(len(name))) if name else 0
    parts[level if parts[level] else "handle"] = name[:at] + name[at : at + 1] * 2 + name[at + 1 :]
    return bool(name)


def _swap(parts: Parts, door: Written, rng: Random) -> bool:
    name = parts["handle"]
    if len(name) < 3 or name[0] == name[1]:
        return False
    parts["handle"] = name[1] + name[0] + name[2:]
    return True


def _traditional(parts: Parts, door: Written, rng: Random) -> bool:
    back = {new: old for old, new in traditional().items() if variant_kinds()[old] == "繁体"}
    before = dict(parts)
    for level in ("county", "town", "handle", "number"):
        parts[level] = "".join(back.get(char, char) for char in parts[level])
    return parts != before


def _numerals(parts: Parts, door: Written, rng: Random) -> bool:
    before = parts["number"]
    parts["number"] = re.sub(
        r"\d+", lambda m: hanzi(int(m.group())) if 0 < int(m.group()) < 10_000 else m.group(), before
    )
    return parts["number"] != before


def _wide(parts: Parts, door: Written, rng: Random) -> bool:
    before = parts["number"]
    parts["number"] = before.translate(_WIDE)
    return parts["number"] != before


def _no_sign(parts: Parts, door: Written, rng: Random) -> bool:
    before = parts["number"]
    parts["number"] = before.removesuffix("号").removesuffix("室").removesuffix("幢")
    return parts["number"] != before


def _room(parts: Parts, door: Written, rng: Random) -> bool:
    """A room that the register does not list is written behind the door: the door stays the right answer."""
    if not parts["number"].endswith("号"):
        return False
    bld, unit, room = int(rng.integers(1, 30)), int(rng.integers(1, 5)), int(rng.integers(1, 18)) * 100 + 1
    forms = (
        f"{bld}-{unit}-{room}",
        f"{bld}幢{unit}单元{room}室",
        f"{room}室",
        f"{bld}栋{room}",
        f"{room // 100}楼",
    )
    parts["tail"] = _of(rng, forms)
    return True


def _sub(parts: Parts, door: Written, rng: Random) -> bool:
    found = re.fullmatch(r"(\d+)号-(\d+)", parts["number"])
    if found:
        main, sub = found.groups()
        parts["number"] = _of(
            rng, (f"{main}-{sub}号", f"{main}号附{sub}", f"{main}之{sub}", f"{main}号之{sub}号")
        )
    return bool(found)


def _repeat(parts: Parts, door: Written, rng: Random) -> bool:
    level = _of(rng, ("city", "county", "town", "handle"))
    parts[level] *= 2
    return bool(parts[level])


def _short_levels(parts: Parts, door: Written, rng: Random) -> bool:
    """浙江台州黄岩西城横街路: no generic terms above the road."""
    for level in ("province", "city", "county", "town"):
        parts[level] = _CUT.sub("", parts[level])
    return True


def _gap(parts: Parts, door: Written, rng: Random) -> bool:
    mark = _of(rng, _GAPS)
    for level in ("province", "city", "county", "town", "handle"):
        parts[level] += mark if parts[level] else ""
    return True


def _noise(where: str, words: tuple[str, ...]) -> Callable[[Parts, Written, Random], bool]:
    def change(parts: Parts, door: Written, rng: Random) -> bool:
        parts[where] = _of(rng, words)
        return True

    return change


def _far_number(parts: Parts, door: Written, rng: Random) -> bool:
    """A number far above any the road has."""
    parts["number"] = f"{int(rng.integers(60_000, 99_000))}号"
    return not re.search(r"幢|单元", door.number)


def _no_such_road(parts: Parts, door: Written, rng: Random) -> bool:
    """A road that no register has: characters that make no name."""
    parts["handle"] = "".join(_of(rng, "瓿罅痂螋黪鼯龃鳜醮窨") for _ in range(3)) + "路"
    return True


KINDS: Final[dict[str, Callable[[Parts, Written, Random], bool]]] = {
    "plain": _without(), "no_province": _without("province"), "no_city": _without("province", "city"),
    "no_county": _without("county"), "only_town": _without("province", "city", "county"), "no_town": _without("town"),
    "bare": _without("province", "city", "county", "town"), "short_levels": _short_levels,
    "wrong_county": _other_name("county"), "wrong_town": _other_name("town"), "repeat": _repeat,
    "homophone": _char(lambda c: homophones().get(c, ())), "lookalike": _char(_lookalike), "drop": _drop,
    "double": _double, "swap": _swap, "traditional": _traditional, "numerals": _numerals, "full_width": _wide,
    "no_sign": _no_sign, "room": _room, "sub": _sub, "gap": _gap, "head": _noise("head", _HEADS),
    "tail": _noise("tail", _TAILS), "reversed": _without(), "number_first": _without(),
}  # fmt: skip
"""Kinds after which the door is still the right answer."""

IMPOSSIBLE: Final = {"far_number": _far_number, "no_such_road": _no_such_road}
"""Kinds after which there is no right door."""

_MIXABLE: Final = tuple(
    k for k in KINDS if k not in ("plain", "reversed", "number_first", "bare", "wrong_county")
)


def apply(kind: str, door: Written, rng: Random) -> str:
    """The door's address misspelt in one way; empty when this way does not fit it."""
    parts = parts_of(door)
    if kind == "mixed":
        chosen = [_MIXABLE[i] for i in rng.choice(len(_MIXABLE), int(rng.integers(2, 4)), replace=False)]
        fits = [KINDS[one](parts, door, rng) for one in chosen]
        return _text(parts, kind) if sum(fits) >= 2 else ""
    change = KINDS.get(kind) or IMPOSSIBLE[kind]
    return _text(parts, kind) if change(parts, door, rng) else ""


def _text(parts: Parts, kind: str) -> str:
    above = parts["province"] + parts["city"] + parts["county"] + parts["town"]
    if kind == "reversed":
        return parts["handle"] + parts["number"] + above
    if kind == "number_first":
        return above + parts["number"] + parts["handle"]
    # 68号-2 and 2楼 written together would be another address.
    gap = " " if parts["number"][-1:].isdigit() and parts["tail"][:1].isdigit() else ""
    return parts["head"] + above + parts["handle"] + parts["number"] + gap + parts["tail"]
