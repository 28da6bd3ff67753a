"""How numbers are written: 附号 as 12号-1 or 12号之一, by the rules of the place."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A small number in characters: 1 一, 12 十二, 30 三十."""
    tens, ones = divmod(number, 10)
    if number >= 100:
        return "".join(_DIGITS[int(c)] for c in str(number))
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def written(number: int | str, sub: int | str = 0, form: str = "dash") -> str:
    """A number as it is read: 12号, 12号-1 (``dash``) or 12号之一 (``zhi``)."""
    if not sub or sub == "0":
        return f"{number}号"
    if form == "zhi" and str(sub).isdigit():
        return f"{number}号之{chinese(int(sub))}"
    return f"{number}号-{sub}"
