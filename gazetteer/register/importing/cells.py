"""Read one cell as a value; ``ValueError`` with a Chinese sentence where it is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, Final

_LEVELS: Final = {
    "省级": 1, "省": 1, "地级": 2, "市级": 2, "市": 2, "县级": 3, "区县": 3, "县": 3, "区": 3,
    "乡级": 4, "镇街": 4, "乡镇": 4, "街道": 4, "村级": 5, "村": 5, "社区": 5, "村社区": 5,
}  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?(?:[T ]0?0:00(?::00(?:\.0+)?)?)?$")
_YES: Final = frozenset({"1", "是", "true", "y", "yes", "t", "有", "示例数据", "√"})
_NO: Final = frozenset({"", "0", "否", "false", "n", "no", "f", "无"})


def read_text(cell: str) -> str:
    """The text itself."""
    if "\x00" in cell:
        raise ValueError("含有空字节（NUL）")
    return cell


def read_digits(cell: str) -> str:
    """A code of digits; a spreadsheet's ``331003.0`` is understood."""
    text = unicodedata.normalize("NFKC", cell).removesuffix(".0")
    if text and not text.isdigit():
        raise ValueError(f"“{cell[:30]}”应当全是数字")
    return text


def read_number(cell: str) -> float | None:
    """A finite number, None where empty."""
    if not cell:
        return None
    try:
        value = float(unicodedata.normalize("NFKC", cell).replace(",", ""))
    except ValueError:
        raise ValueError(f"“{cell[:30]}”不是数字") from None
    if not abs(value) < 1e15:
        raise ValueError(f"“{cell[:30]}”不是有限的数字")
    return value


def read_int(cell: str) -> int | None:
    """A whole number, None where empty."""
    value = read_number(cell)
    if value is None:
        return None
    if value != int(value) or abs(value) > 2**31 - 1:
        raise ValueError(f"“{cell[:30]}”不是整数")
    return int(value)


def read_date(cell: str) -> date | None:
    """A day: 2024-05-01, 2024/5/1, 2024年5月1日, 20240501; a year or month alone means its first day."""
    if not cell:
        return None
    text = unicodedata.normalize("NFKC", cell).strip()
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DAY.match(text.replace("年", "-").replace("月", "-").rstrip("日-"))
    if not found:
        raise ValueError(f"“{cell[:30]}”不是日期")
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise ValueError(f"“{cell[:30]}”不是日历上的日期") from None


def read_level(cell: str) -> int | None:
    """A division's level 1-5, or in words (省级 … 村级); None where empty."""
    if not cell or cell in _LEVELS:
        return _LEVELS.get(cell)
    value = read_int(cell)
    if value is None or not 1 <= value <= 5:
        raise ValueError(f"“{cell[:30]}”不是级别，级别是 1（省）到 5（村）")
    return value


def read_flag(cell: str) -> bool:
    """Yes or no (是、否); empty is no."""
    text = cell.strip().casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    # A remark instead of a flag: 示例数据(范围为虚构).
    if "示例" in text or "虚构" in text:
        return True
    raise ValueError(f"“{cell[:30]}”应当是“是”或“否”")


CELLS: Final[dict[str, Callable[[str], Any]]] = {
    "text": read_text,
    "digits": read_digits,
    "number": read_number,
    "int": read_int,
    "date": read_date,
    "flag": read_flag,
    "level": read_level,
}
