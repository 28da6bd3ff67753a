"""Chinese numerals (中文数字) to digits, as they stand in house numbers.

Two ways of writing meet in addresses: by place value (一百二十八 = 128) and digit by digit (三一六六 = 3166).
Nothing here decides *whether* a numeral is a number; 五一路 and 二环路 are kept apart by the grammar.
"""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMERAL = "零〇○一二两三四五六七八九十百千万"
_PLACE = re.compile(r"[十百千万]")


def to_digits(text: str) -> str | None:
    """The digits of a numeral, or None when the text is not one.

    ``一百二十八`` → ``128``, ``三一六六`` → ``3166``, ``二十`` → ``20``, ``廿三`` → ``23``; digits pass through.
    """
    text = text.translate(FINANCIAL).replace("廿", "二十").replace("卅", "三十")
    if text.isascii():
        return text if text.isdigit() else None
    if not all(c in DIGITS or c in UNITS for c in text):
        return None
    if not _PLACE.search(text):
        return "".join(str(DIGITS[c]) for c in text)
    return str(_by_place(text))


def _by_place(text: str) -> int:
    """Value of a numeral written with 十百千万; 一千二 reads 1200 as people say it."""
    total, section, digit, last_unit = 0, 0, 0, 1
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c] + (digit * 10 if digit else 0)
            last_unit = 1 if c in "零〇○" else last_unit
            continue
        unit = UNITS[c]
        if unit == 10000:
            total, section = (total + section + digit) * unit, 0
        else:
            section += (digit or 1) * unit
        digit, last_unit = 0, unit
    tail = digit * (last_unit // 10) if digit and last_unit >= 100 and digit < 10 else digit
    return total + section + tail


def digits_in(text: str) -> str:
    """The text with each run of Chinese numerals replaced by digits: ``二单元`` → ``2单元``."""
    return _RUN.sub(lambda m: to_digits(m.group()) or m.group(), text)


_RUN = re.compile(f"[{NUMERAL}廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+")
