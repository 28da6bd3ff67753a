"""The words and figures of the register form (界桩登记表) as values, and back."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LEVELS: Final = ("省级", "市级", "县级", "乡级", "村级")
REGISTERED: Final = ("行政区", "所在地", "技术负责", "登记时间")
"""What the form says once for each side, numbered 1 to 3."""
DEVICE: Final = (
    "物联网设备编号", "物联网设备名称", "物联网设备状态", "最新报文时间", "是否倾斜", "是否低电量", "漂移距离", "提示位置",
)  # fmt: skip
"""What the form says of a networked marker."""
FURTHER: Final = (*(f"{name}{n}" for n in (1, 2, 3) for name in REGISTERED), *DEVICE)
"""Headings of the form that are no fields of a marker; what stands there is kept by its heading."""
_STANDINGS: Final = {"single": "单立", "double": "同号双立", "triple": "同号三立"}
_FACES: Final = {None: "", 2: "双面型", 3: "三面型"}
_DEGREES = re.compile(r"""(\d{1,3})[°度d](?:(\d{1,2})['′分m](?:(\d{1,2}(?:\.\d+)?)(?:"|″|''|′′|秒|s)?)?)?$""")
_NUMBERED = re.compile(r"(\d{3})[QABCDE]$")
_APART = re.compile(r"[,，、;；/\s]+")


def read_type(cell: str) -> tuple[str, int | None]:
    """Standing and faces of a 界桩类型: 单立三面型 is ``("single", 3)``; an empty cell is a single marker.

    Raises:
        ValueError: other words; the sentence is Chinese.
    """
    if not cell:
        return "single", None
    standing = next((name for name, word in _STANDINGS.items() if word[-2:] in cell), None)
    faces = 3 if "三面" in cell else 2 if "双面" in cell else None
    if standing is None and faces is None:
        raise ValueError(f"“{cell[:30]}”不是界桩类型")
    return standing or "single", faces


def type_text(standing: str, faces: int | None) -> str:
    """The 界桩类型 as the form writes it."""
    return _STANDINGS[standing] + _FACES[faces]


def read_networked(cell: str) -> bool:
    """Whether a 界桩类型2 says that the marker reports by itself (物联网界桩).

    Raises:
        ValueError: other words.
    """
    if cell in {"", "否", "0"} or cell.startswith("非"):
        return False
    if "物联网" in cell or cell in {"是", "1"}:
        return True
    raise ValueError(f"“{cell[:30]}”应当是“物联网界桩”或“非物联网界桩”")


def read_azimuth(cell: str) -> float | None:
    """Degrees from 123.5 or 123°30′00″; None where empty.

    Raises:
        ValueError: no azimuth from 0 to below 360.
    """
    text = unicodedata.normalize("NFKC", cell).replace(" ", "")
    if not text:
        return None
    parts = _DEGREES.match(text)
    try:
        value = _from_parts(parts) if parts else float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 360:
        raise ValueError(f"“{cell[:30]}”不是 0 到 360 度之间的方位角")
    return value % 360


def listed(cell: str) -> list[str]:
    """The entries of a cell that holds several: 黄临线、仙临线."""
    return [part for part in _APART.split(cell) if part]


def serials(cell: str, number: str, count: int) -> list[int | None]:
    """A marker's order on each of its lines: from 序号, else from a number that ends in three digits and a letter.

    Raises:
        ValueError: the cell is no whole number for each line.
    """
    if not cell:
        found = _NUMBERED.search(number)
        return [int(found[1]) if found else None, *[None] * (count - 1)][:count]
    given = unicodedata.normalize("NFKC", cell).split("、")
    if len(given) > max(count, 1) or not all(
        re.fullmatch(r"(\d{1,6})?(\.0+)?", part.strip()) for part in given
    ):
        raise ValueError(f"“{cell[:30]}”不是序号，或与界线的条数不符")
    read = [int(float(part)) if part.strip() else None for part in given]
    return [*read, *[None] * (count - len(read))][:count]


def _from_parts(parts: re.Match[str]) -> float:
    minutes, seconds = float(parts[2] or 0), float(parts[3] or 0)
    if minutes >= 60 or seconds >= 60:
        raise ValueError
    return float(parts[1]) + minutes / 60 + seconds / 3600
