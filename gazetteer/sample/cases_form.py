"""Defects of form: levels, order, digits, punctuation (A01-A03, A11-A18, A38)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from gazetteer.sample.case import Case, hit
from gazetteer.sample.picking import Door, Picker

_CITY = "浙江省台州市黄岩区"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def form_cases(pick: Picker, each: int) -> Iterator[Case]:
    """All cases of this group."""
    yield from _levels(pick, each)
    yield from _buildings(pick, each)
    yield from _digits(pick, each)
    yield from _subs(pick, each)


def _levels(pick: Picker, each: int) -> Iterator[Case]:
    for door in pick.take(pick.on_road, each):
        yield hit(f"{door.name}{door.main}号", door, "A01")
    for door in pick.take(pick.on_road, each):
        yield hit(f"黄岩区{door.name}{door.main}号", door, "A02")
    forms = cycle(("黄岩区黄岩区{t}{r}{n}号", "浙江省台州市台州市黄岩区{t}{r}{n}号", "黄岩区{t}{t}{r}{n}号"))
    for form, door in zip(forms, pick.take(pick.on_road, each), strict=False):
        yield hit(_fill(form, door), door, "A03")
    forms = cycle(("{n}号{r}", "{r}{n}号黄岩区{t}", "{t}{r}{n}号台州市黄岩区"))
    for form, door in zip(forms, pick.take(pick.on_road, each), strict=False):
        yield hit(_fill(form, door), door, "A11")
    forms = cycle(
        (
            "黄岩区 {t} {r} {n} 号",
            "黄岩区{t}{r}{n}号。",
            "（黄岩区）{t}{r}{n}号",
            "黄岩区,{t},{r},{n}号",
            "【{t}】{r}{n}号;",
        )
    )
    for form, door in zip(forms, pick.take(pick.on_road, each), strict=False):
        yield hit(_fill(form, door), door, "A38")


def _fill(form: str, door: Door) -> str:
    return form.format(t=door.town, r=door.name, n=door.main)


def _buildings(pick: Picker, each: int) -> Iterator[Case]:
    forms = cycle(("{e}{b}栋", "{e}{b}座", "{e}{b}#", "{e}{b}号楼"))
    for form, door in zip(forms, pick.take(pick.in_estate, each), strict=False):
        yield hit(f"{_CITY}{door.town}" + form.format(e=door.name, b=door.bld), door, "A12")
    for door in pick.take(pick.flat, each):
        yield hit(f"黄岩区{door.town}{door.name}{door.bld}-{door.unit}-{door.room}", door, "A15")
    for door in pick.take(pick.flat, each // 2):
        yield hit(f"黄岩区{door.town}{door.name}{door.bld}幢{door.unit}单元{door.room}", door, "A16")


def _digits(pick: Picker, each: int) -> Iterator[Case]:
    for door in pick.take(pick.on_road, each):
        yield hit(f"黄岩区{door.town}{door.name}{str(door.main).translate(_WIDE)}号", door, "A13")
    for door in pick.take(pick.on_road, each):
        yield hit(f"黄岩区{door.town}{door.name}{hanzi(door.main)}号", door, "A14")
    for door in pick.take(pick.on_road, each // 2):
        yield hit(f"黄岩区{door.town}{door.name}{door.main}", door, "A16")


def _subs(pick: Picker, each: int) -> Iterator[Case]:
    def has_sub(door: Door) -> bool:
        return door.sub > 0 and door.name in pick.once

    forms = cycle(("{r}{n}-{s}号", "{r}{n}号附{s}", "{r}{n}之{s}", "{r}{n}号之{s}"))
    for form, door in zip(forms, pick.take(has_sub, each), strict=False):
        yield hit(f"黄岩区{door.town}" + form.format(r=door.name, n=door.main, s=door.sub), door, "A17")
    for door in pick.take(lambda d: pick.on_road(d) and d.main > 4, each):
        remark = "号码成段，取首号，须拆分"
        text = f"黄岩区{door.town}{door.name}{door.main}-{door.main + 4}号"
        yield hit(text, door, "A18", remark=remark, expected="复核")


def hanzi(number: int) -> str:
    """A number below 10,000 as it is written in Chinese: 118 → 一百一十八, 12 → 十二."""
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    said, zero = "", False
    for place, figure in enumerate(reversed(str(number))):
        if figure == "0":
            zero = bool(said) or zero
            continue
        gap = "零" if zero and said and not said.startswith("零") else ""
        said, zero = digits[int(figure)] + units[place] + gap + said, False
    return said.removeprefix("一") if said.startswith("一十") else said
