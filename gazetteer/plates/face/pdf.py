"""Plates as PDF (制作图): one plate a page at its true size, ready for the maker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gazetteer.plates.face.layout import Face
from gazetteer.plates.face.svg import svg
from geo.problems import BadInput

MOST: Final = 300
"""Faces of one file; a batch is cut into files of this many."""


def pdf(faces: Sequence[Face]) -> bytes:
    """A PDF with a page for each plate; the page is exactly the board.

    Raises:
        BadInput: none at all, or more than :data:`MOST`.
    """
    if not 0 < len(faces) <= MOST:
        raise BadInput(
            f"一个文件只能有 1 到 {MOST} 块门牌，现在是 {len(faces)} 块。", "请分页下载。", code="plate.pdf"
        )
    # It takes half a second to load: only who prints needs it.
    from weasyprint import HTML

    made: bytes = HTML(string=_html(faces)).write_pdf()
    return made


def _html(faces: Sequence[Face]) -> str:
    kinds = {face.words.kind.name: face.words.kind for face in faces}
    names = {name: f"k{number}" for number, name in enumerate(kinds)}
    pages = "".join(
        f"@page {names[name]}{{size:{kind.size[0]:g}mm {kind.size[1]:g}mm;margin:0}}"
        f".{names[name]}{{page:{names[name]}}}"
        for name, kind in kinds.items()
    )
    body = "".join(f'<div class="{names[face.words.kind.name]}">{svg(face)}</div>' for face in faces)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门牌制作图</title><style>'
        f"{pages}body{{margin:0}}div{{break-after:page}}div:last-child{{break-after:auto}}svg{{display:block}}"
        f"</style></head><body>{body}</body></html>"
    )
