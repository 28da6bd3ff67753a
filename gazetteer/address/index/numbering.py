"""Numbers of records that lie in many files: which file in the upper bits, which record of it in the lower ones.

File 0 is the head, which holds the divisions and their other names; the counties follow from 1.
"""

from __future__ import annotations

import numpy as np

from geo.problems import BadInput

BITS = 22
"""Handles, doors and aliases are counted in this many bits: four million of each in one county."""
MOST = 1 << BITS
LOCAL = MOST - 1
FILES = 255
"""Counties at most: more than any province has, so that a number and the two bits before it fit 32."""
WORD_BITS = 32
WORD = (1 << WORD_BITS) - 1
"""Texts are counted apart; no stored number mixes them with others."""
_KIND = 3 << 30


def moved(targets: np.ndarray, file: int) -> np.ndarray:
    """Targets of one county's file as numbers of the whole; the two bits that say what they point to stay."""
    kind = targets & np.uint32(_KIND)
    return (kind | np.uint32(file << BITS) | (targets & np.uint32(LOCAL))).astype("<u4")


def check_room(county: str, counts: dict[str, int]) -> None:
    """Whether a county fits.

    Raises:
        BadInput: it has more doors or roads than numbers.
    """
    if max(counts.values()) >= MOST:
        raise BadInput(
            f"区县 {county} 的地址超过 {MOST:,} 条，一个索引文件放不下。",
            "请按更小的区划分开登记。",
            code="index.county-too-large",
        )
