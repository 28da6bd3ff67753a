"""Cleaning an address without losing where each character stood (文本规范化).

Every replacement is one character for one character, and what is deleted is remembered, so an offset into the
cleaned text always leads back to the text as given. Chinese numerals are left alone here: only the grammar
knows whether a numeral is a number (一百二十八号) or a name (五一路).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gazetteer.address.words.characters import traditional

MAX_LENGTH = 400
"""Characters that are looked at; a longer text is no address (地址) and is cut with a finding."""

SEPARATOR = ","
HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_SEPARATORS = "，。；：！？,;:!?！|｜…\"'“”‘’`\\^*=+<>《》〈〉「」『』{}【】[]〔〕()（）/%&$￥@"
_DASHES = "－—–‐‑‒―﹣−ー_＿"
_PLACE_VARIANTS = {"畬": "畲", "嶴": "岙", "衖": "弄"}


class Normalised(NamedTuple):
    """A cleaned text and the way back.

    ``offsets[i]`` is where character i of ``clean`` stands in ``text``; ``None`` means nothing was deleted.
    """

    text: str
    clean: str
    offsets: tuple[int, ...] | None = None
    cut: bool = False
    """True where the text was longer than ``MAX_LENGTH``."""

    def start(self, index: int) -> int:
        """Offset in the text as given of the cleaned character at ``index``."""
        return self.offsets[index] if self.offsets is not None else index

    def end(self, index: int) -> int:
        """End (exclusive) in the text as given of a cleaned span that ends at ``index``."""
        return self.offsets[index - 1] + 1 if self.offsets is not None else index


@lru_cache(maxsize=1)
def character_table() -> dict[int, str]:
    """One-to-one character replacements: width, script, variants, punctuation. Built once."""
    table: dict[int, str] = {ord(k): v for k, v in traditional().items()}
    table |= {k: chr(v) for k, v in HALF_WIDTH.items()}
    table |= {ord(k): v for k, v in _PLACE_VARIANTS.items()}
    table |= {ord(c): SEPARATOR for c in _SEPARATORS}
    table |= {ord(c): "-" for c in _DASHES}
    table |= {0xFF5E: "-", ord("~"): "-"}
    table |= {ord("（"): "(", ord("）"): ")", ord("("): "(", ord(")"): ")", ord("＃"): "#", ord("﹟"): "#"}
    table |= {ord(c): " " for c in "\t\r\n\v\f\u2002\u2003\u2009"}
    return table


# Anything that is neither a letter, a digit, a Chinese character nor one of the few marks that carry meaning.
# A point stays in a distance (2.5公里), where it changes the number.
_POINT = r"\.(?!(?<=\d\.)\d{1,3}(?:米|公里|千米))"
_DROP = re.compile(rf"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U000323af〇○#,\-()、 .]|{_POINT}")
_UNUSED = re.compile(rf"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U000323af〇○#,\-()、\x01.]|{_POINT}")
_GLUED = re.compile(r"(?<=[0-9A-Za-z]) +(?=[0-9A-Za-z])")


@lru_cache(maxsize=1)
def replaced_characters() -> frozenset[str]:
    """Characters that are replaced because they are traditional or variant forms (繁体、异体)."""
    return frozenset(traditional()) | frozenset(_PLACE_VARIANTS)


@lru_cache(maxsize=64)
def normalise(text: str) -> Normalised:
    """The text in half width, simplified characters and one kind of separator, without marks that say nothing.

    A space between two numbers stays (66 2 301 is three numbers); other spaces go. Never raises. The last few are
    kept, for a text is cleaned once to be looked up and once to be taken apart.
    """
    head = text[:MAX_LENGTH]
    clean = head.translate(character_table())
    if clean.isalnum() or not (_DROP.search(clean) or " " in clean):
        return Normalised(text, clean, None, len(text) > MAX_LENGTH)
    keep = _GLUED.sub(lambda m: "\x01" + "\x00" * (len(m.group()) - 1), clean)
    dropped = {m.start() for m in _UNUSED.finditer(keep)}
    kept = [i for i in range(len(keep)) if i not in dropped]
    cleaned = _UNUSED.sub("", keep).replace("\x01", "-")
    return Normalised(text, cleaned, tuple(kept), len(text) > MAX_LENGTH)
