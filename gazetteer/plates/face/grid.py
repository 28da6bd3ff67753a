"""Plates side by side on sheets (拼版): true size, crop marks at every corner, the smallest paper that takes several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from gazetteer.plates.face.layout import Face
from gazetteer.plates.face.pdf import MOST
from gazetteer.plates.face.svg import svg
from gazetteer.plates.kinds import Kind
from geo.problems import BadInput

PAPERS: Final = (("A3", 297, 420), ("A2", 420, 594), ("A1", 594, 841), ("A0", 841, 1189))
"""Sheets of paper and film that makers print on, millimetres (ISO 216)."""
MARGIN: Final = 15.0
GAP: Final = 10.0
MARK: Final = 4.0
"""Length of a crop mark; it ends a millimetre before the board, so that nothing of it is left after cutting."""
SEVERAL: Final = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper: its name, size and the grid of boards on it, millimetres."""

    paper: str
    width: float
    height: float
    across: int
    down: int

    @property
    def holds(self) -> int:
        """Boards on one sheet."""
        return self.across * self.down


def sheet_for(kind: Kind) -> Sheet:
    """The smallest sheet that holds several boards of a kind, else the one that holds the most; never scaled."""
    ways = [_sheet(kind, name, *size) for name, w, h in PAPERS for size in ((w, h), (h, w))]
    enough = [way for way in ways if way.holds >= SEVERAL]
    smallest = min((way.width * way.height for way in enough), default=None)
    fitting = [way for way in enough if way.width * way.height == smallest] or ways
    return max(fitting, key=lambda way: way.holds)


def _sheet(kind: Kind, paper: str, width: float, height: float) -> Sheet:
    board_w, board_h = kind.size
    return Sheet(paper, width, height, _fits(width, board_w), _fits(height, board_h))


def _fits(room: float, board: float) -> int:
    return int((room - 2 * MARGIN + GAP) // (board + GAP))


def sheets_pdf(faces: Sequence[Face], title: str) -> bytes:
    """A PDF of sheets, each kind on its own; ``title`` stands in the margin with the scale and the sheet's number.

    Raises:
        BadInput: none at all, or more than one file holds.
    """
    if not 0 < len(faces) <= MOST:
        raise BadInput(
            f"一个文件只能有 1 到 {MOST} 块门牌，现在是 {len(faces)} 块。", "请分页下载。", code="plate.pdf"
        )
    # It takes half a second to load: only who prints needs it.
    from weasyprint import HTML

    made: bytes = HTML(string=_html(faces, title)).write_pdf()
    return made


def _html(faces: Sequence[Face], title: str) -> str:
    kinds = {face.words.kind.name: face.words.kind for face in faces}
    style, body = [], []
    for number, (name, kind) in enumerate(kinds.items()):
        sheet = sheet_for(kind)
        style.append(
            f"@page k{number}{{size:{sheet.width:g}mm {sheet.height:g}mm;margin:0}}.k{number}{{page:k{number}}}"
        )
        own = [face for face in faces if face.words.kind.name == name]
        cut = [own[at : at + sheet.holds] for at in range(0, len(own), sheet.holds)]
        body += [
            f'<section class="k{number}">{_page(part, kind, sheet, f"{title}　{name}　第 {at} 张，共 {len(cut)} 张")}</section>'
            for at, part in enumerate(cut, 1)
        ]
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门牌拼版</title><style>'
        f"{''.join(style)}body{{margin:0}}section{{position:relative;break-after:page}}section:last-child{{break-after:auto}}"
        "svg,p{position:absolute}p{margin:0;font:9pt 'Noto Sans CJK SC',sans-serif}"
        f"</style></head><body>{''.join(body)}</body></html>"
    )


def places_on(sheet: Sheet, kind: Kind) -> list[tuple[float, float]]:
    """Upper left corners of the boards on a sheet, row by row, millimetres."""
    width, height = kind.size
    left = (sheet.width - sheet.across * (width + GAP) + GAP) / 2
    top = (sheet.height - sheet.down * (height + GAP) + GAP) / 2
    return [
        (left + at % sheet.across * (width + GAP), top + at // sheet.across * (height + GAP))
        for at in range(sheet.holds)
    ]


def _page(faces: Sequence[Face], kind: Kind, sheet: Sheet, said: str) -> str:
    width, height = kind.size
    places = places_on(sheet, kind)[: len(faces)]
    boards = "".join(
        svg(face).replace("<svg ", f'<svg style="left:{x:.2f}mm;top:{y:.2f}mm" ', 1)
        for face, (x, y) in zip(faces, places, strict=True)
    )
    marks = "".join(_marks(x, y, width, height) for x, y in places)
    size = f'width="{sheet.width:g}mm" height="{sheet.height:g}mm" viewBox="0 0 {sheet.width:g} {sheet.height:g}"'
    note = f"{said}　{sheet.paper}　1:1，{width:g}×{height:g} 毫米"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" style="left:0;top:0" {size}>'
        f'<path d="{marks}" stroke="#000" stroke-width="0.15" fill="none"/></svg>{boards}'
        f'<p style="left:{MARGIN:g}mm;top:{MARGIN / 2 - 3:g}mm">{escape(note)}</p>'
    )


def _marks(x: float, y: float, width: float, height: float) -> str:
    drawn = []
    for corner, way in ((x, -1), (x + width, 1)):
        for edge, turn in ((y, -1), (y + height, 1)):
            drawn.append(
                f"M{corner + way:.2f} {edge:.2f}h{way * MARK:g}M{corner:.2f} {edge + turn:.2f}v{turn * MARK:g}"
            )
    return "".join(drawn)
