"""Draw a paper as a Word file (docx) that an office can go on editing."""

from __future__ import annotations

import io
import re
from functools import singledispatch
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from geo.documents.model import (
    SAMPLE_MARK,
    Block,
    Document,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Signatures,
    Table,
    day_words,
)

BODY_PT = 14
TABLE_PT = 11
_SHADE = "F2F2F2"
_LATIN = re.compile(r"[A-Za-zÀ-ǜ]{2}")


def word(document: Document) -> bytes:
    """The paper as docx, A4, page numbers at the foot."""
    paper = docx.Document()
    _set_page(paper, document)
    _line(paper, document.title, size=21, bold=True, face="宋体", align=WD_ALIGN_PARAGRAPH.CENTER)
    if document.number:
        _line(paper, document.number, size=12, align=WD_ALIGN_PARAGRAPH.CENTER)
    for block in document.blocks:
        draw(block, paper)
    _closing(paper, document)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@singledispatch
def draw(block: Block, paper: Any) -> None:
    """Add one block to the paper."""
    raise TypeError(f"no drawing for {type(block).__name__}")


@draw.register
def _(block: Heading, paper: Any) -> None:
    heading = paper.add_heading(level=block.level)
    heading.paragraph_format.space_before = Pt(12)
    _run(heading, block.text, size=15 if block.level == 1 else BODY_PT, bold=True, face="黑体")


@draw.register
def _(block: Paragraph, paper: Any) -> None:
    added = _line(paper, block.text, bold=block.bold)
    if block.indent:
        added.paragraph_format.first_line_indent = Pt(2 * BODY_PT)


@draw.register
def _(block: Facts, paper: Any) -> None:
    step = block.columns
    lines = [block.rows[i : i + step] for i in range(0, len(block.rows), step)]
    grid = _grid(paper, len(lines), 2 * step)
    for row, pairs in zip(grid.rows, lines, strict=True):
        for at, (label, value) in enumerate(pairs):
            _cell(row.cells[2 * at], label, align=WD_ALIGN_PARAGRAPH.CENTER, shade=True)
            _cell(row.cells[2 * at + 1], value or "无")
    share = [0.19, 0.31] * 2 if step == 2 else [0.22, 0.78]
    _widths(paper, grid, share)
    if len(block.rows) % step:
        last = grid.rows[-1].cells
        _join(last[1], last[3])


@draw.register
def _(block: Table, paper: Any) -> None:
    if block.caption:
        _line(paper, block.caption, size=TABLE_PT, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    grid = _grid(paper, 1 + len(block.rows), len(block.header))
    for cell, text in zip(grid.rows[0].cells, block.header, strict=True):
        _cell(cell, text, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, shade=True)
    _repeat(grid.rows[0])
    for row, texts in zip(list(grid.rows)[1:], block.rows, strict=True):
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _cell(cell, text, align=WD_ALIGN_PARAGRAPH.RIGHT if at in block.numbers else None)
    widths = block.widths or [1.0] * len(block.header)
    _widths(paper, grid, [w / sum(widths) for w in widths])


@draw.register
def _(block: Picture, paper: Any) -> None:
    holder = _line(paper, "", align=WD_ALIGN_PARAGRAPH.CENTER)
    holder.paragraph_format.keep_with_next = bool(block.caption)
    holder.add_run().add_picture(io.BytesIO(block.image), width=Mm(block.width_mm))
    if block.caption:
        _line(paper, block.caption, size=10.5, align=WD_ALIGN_PARAGRAPH.CENTER)


@draw.register
def _(block: Signatures, paper: Any) -> None:
    grid = paper.add_table(rows=3, cols=len(block.places))
    for at, place in enumerate(block.places):
        _cell(grid.rows[0].cells[at], place.party, bold=True)
        hand = grid.rows[1].cells[at].paragraphs[0]
        hand.paragraph_format.space_before = Pt(30 if not place.image else 4)
        if place.image:
            hand.add_run().add_picture(io.BytesIO(place.image), height=Mm(15))
        when = day_words(place.on) if place.on else "年　　月　　日"
        _cell(grid.rows[2].cells[at], f"签字：{place.name}\n{when}")
    _together(grid)


@draw.register
def _(block: Note, paper: Any) -> None:
    _line(paper, block.text, size=10)


@draw.register
def _(block: PageBreak, paper: Any) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _set_page(paper: Any, document: Document) -> None:
    page = paper.sections[0]
    long, short = Mm(297), Mm(210)
    page.page_width, page.page_height = (long, short) if document.landscape else (short, long)
    page.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.top_margin, page.bottom_margin = Mm(30), Mm(28)
    paper.core_properties.title = document.title
    paper.core_properties.author = document.issuer
    normal = paper.styles["Normal"]
    normal.font.size = Pt(BODY_PT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.5
    if document.made_up:
        _line_into(
            page.header.paragraphs[0], SAMPLE_MARK, size=10, align=WD_ALIGN_PARAGRAPH.RIGHT, colour=0xB3261E
        )
    _number_pages(page.footer.paragraphs[0])


def _number_pages(foot: Any) -> None:
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", size=11)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    _run(foot, " —", size=11)


def _join(first: Any, last: Any) -> None:
    """Make one cell of a line's rest; the empty lines that joining leaves would make the row high."""
    joined = first.merge(last)
    for line in joined.paragraphs[1:]:
        line._p.getparent().remove(line._p)


def _closing(paper: Any, document: Document) -> None:
    lines = [line for line in (document.issuer, day_words(document.date) if document.date else "") if line]
    if lines and paper.paragraphs:
        # No page of a paper holds the signature alone.
        paper.paragraphs[-1].paragraph_format.keep_with_next = True
    widest = max(map(_ems, lines), default=0.0)
    for at, text in enumerate(lines):
        added = _line(paper, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
        added.paragraph_format.keep_with_next = at + 1 < len(lines)
        # The shorter of the two stands in the middle of the longer.
        added.paragraph_format.right_indent = Pt((2 + (widest - _ems(text)) / 2) * BODY_PT)
        if at == 0:
            added.paragraph_format.space_before = Pt(60 if document.seal else 30)


def _ems(text: str) -> float:
    """How wide a line is, in characters: a figure is half as wide as a Chinese one."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _line(paper: Any, text: str, **style: Any) -> Any:
    after_table = _after_table(paper)
    added = paper.add_paragraph()
    if after_table:
        added.paragraph_format.space_before = Pt(8)
    return _line_into(added, text, **style)


def _after_table(paper: Any) -> bool:
    before = paper.element.body.sectPr.getprevious()
    return before is not None and before.tag == qn("w:tbl")


def _line_into(holder: Any, text: str, *, align: Any = None, **style: Any) -> Any:
    holder.alignment = align
    _run(holder, text, **style)
    return holder


def _run(
    holder: Any, text: str, *, size: float = BODY_PT, bold: bool = False, face: str = "仿宋", colour: int = 0
) -> None:
    run = holder.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
    run.font.color.rgb = RGBColor(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF)
    # Word keeps the face of Chinese characters apart from that of Latin ones.
    fonts = run._element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), face)
    if not _LATIN.search(text):
        # Quotation marks are as wide as Chinese ones; among Latin words the hint would let words be broken.
        fonts.set(qn("w:hint"), "eastAsia")


def _grid(paper: Any, rows: int, columns: int) -> Any:
    if _after_table(paper):
        # Two tables without a line between them would be one.
        gap = paper.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(8)
    grid = paper.add_table(rows=rows, cols=columns, style="Table Grid")
    grid.autofit = False
    for row in grid.rows:
        # A row is read whole: it goes to the next page rather than over the edge.
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return grid


def _together(grid: Any) -> None:
    for row in grid.rows[:-1]:
        for cell in row.cells:
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True


def _cell(cell: Any, text: str, *, bold: bool = False, align: Any = None, shade: bool = False) -> None:
    holder = cell.paragraphs[0]
    holder.paragraph_format.line_spacing = 1.2
    holder.paragraph_format.space_before = holder.paragraph_format.space_after = Pt(2)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _line_into(holder, text, size=TABLE_PT, bold=bold, align=align)
    if shade:
        fill = OxmlElement("w:shd")
        fill.set(qn("w:val"), "clear")
        fill.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(fill)


def _widths(paper: Any, grid: Any, shares: list[float]) -> None:
    page = paper.sections[0]
    whole = page.page_width - page.left_margin - page.right_margin
    # Word goes by the cells, other readers by the columns.
    for column, share in zip(grid.columns, shares, strict=False):
        column.width = int(whole * share)
    for row in grid.rows:
        for cell, share in zip(row.cells, shares, strict=False):
            cell.width = int(whole * share)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
