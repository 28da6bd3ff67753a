"""House numbers as paths: 118, 128-1 (附号), 400弄10 (弄 within 弄), 66幢 - compared exactly, never by similarity."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNITS = {"栋": "幢", "座": "幢", "号楼": "幢", "#": "幢"}
_SUB = re.compile(r"号?(?:之|附|副|-|—)(?=\d)")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_MAIN = re.compile(r"\d+")


def canonical(number: str) -> str:
    """The register's form of a number: ``118`` of 118号, ``400弄10`` of 400弄10号, ``128-1`` of 128号之1."""
    text = unicodedata.normalize("NFKC", number).replace(" ", "").lower()
    for other, standard in _UNITS.items():
        text = text.replace(other, standard)
    text = _ZEROS.sub("", _SUB.sub("-", text))
    return text[:-1] if text.endswith("号") else text


@lru_cache(maxsize=50_000)
def main_number(path: str) -> int:
    """The first number of a path, for order along a road; 0 when there is none."""
    found = _MAIN.search(path)
    return min(int(found.group()[:9]), 2**31 - 1) if found else 0


def spoken(path: str) -> str:
    """A path as people write it: 118号, 400弄10号, 128号-1, 400弄."""
    if not path or not path[-1].isascii():
        return path
    main, dash, sub = path.rpartition("-")
    return f"{main}号-{sub}" if dash else f"{path}号"
