"""Remarks in brackets that describe and do not address (描述): (近地铁站), (原粮站), (某小学附近)."""

from __future__ import annotations

import re

_NOTE = re.compile(
    r"\((?:近|靠近|紧邻|邻近|临近|原|毗邻)[^()]+\)|\([^()]*(?:附近|旁边?|对面|隔壁|楼下|出来|出口|右转|左转)\)"
)


def find_notes(clean: str) -> list[tuple[int, int]]:
    """Spans of remarks in a cleaned text, brackets left out."""
    if "(" not in clean:
        return []
    return [(m.start() + 1, m.end() - 1) for m in _NOTE.finditer(clean) if m.end() - m.start() > 2]


def mask_notes(clean: str, notes: list[tuple[int, int]]) -> str:
    """The text with remarks replaced by separators of the same length."""
    for start, end in notes:
        clean = f"{clean[:start]}{',' * (end - start)}{clean[end:]}"
    return clean
