"""Draw a paper as PDF, through HTML and WeasyPrint; nothing is loaded from anywhere."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import singledispatch
from html import escape
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

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
    Signature,
    Signatures,
    Table,
    day_words,
)

# Papers load nothing from anywhere: pictures stand in the text itself.
_ONLY_INLINE = URLFetcher(allowed_protocols=("data",))
_CSS = Path(__file__).with_name("paper.css")


def pdf(document: Document) -> bytes:
    """The paper as PDF, A4, page numbers at the foot."""
    return bytes(HTML(string=html(document), url_fetcher=_ONLY_INLINE).write_pdf(stylesheets=[CSS(_CSS)]))


def pdf_of(documents: Sequence[Document]) -> bytes:
    """Several papers one after the other in one PDF, each numbered by itself, to be printed at once.

    Raises:
        ValueError: there is no paper.
    """
    drawn = [
        HTML(string=html(one), url_fetcher=_ONLY_INLINE).render(stylesheets=[CSS(_CSS)]) for one in documents
    ]
    if not drawn:
        raise ValueError("no papers to print")
    return bytes(drawn[0].copy([page for one in drawn for page in one.pages]).write_pdf())


def html(document: Document) -> str:
    """The paper as one HTML text, which is what the PDF is drawn from."""
    sample = f'<p class="sample">{SAMPLE_MARK}</p>' if document.made_up else ""
    number = f'<p class="number">{escape(document.number)}</p>' if document.number else ""
    turned = ' class="wide"' if document.landscape else ""
    body = "\n".join(draw(block) for block in document.blocks)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(document.title)}</title></head>'
        f"<body{turned}>{sample}<h1>{escape(document.title)}</h1>{number}{body}{_closing(document)}</body></html>"
    )


def _closing(document: Document) -> str:
    lines = [escape(document.issuer)] if document.issuer else []
    if document.date:
        lines.append(day_words(document.date))
    if not lines:
        return ""
    seal = " seal" if document.seal else ""
    return f'<div class="closing{seal}">' + "".join(f"<p>{line}</p>" for line in lines) + "</div>"


@singledispatch
def draw(block: Block) -> str:
    """One block as HTML."""
    raise TypeError(f"no drawing for {type(block).__name__}")


@draw.register
def _(block: Heading) -> str:
    return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"


@draw.register
def _(block: Paragraph) -> str:
    kind = ("" if block.indent else " flush") + (" strong" if block.bold else "")
    return f'<p class="text{kind}">{escape(block.text)}</p>'


@draw.register
def _(block: Facts) -> str:
    cells = [(escape(label), escape(value) or "无") for label, value in block.rows]
    step = block.columns
    pairs = [f"<th>{label}</th><td>{value}</td>" for label, value in cells]
    if len(cells) % step:
        pairs[-1] = f'<th>{cells[-1][0]}</th><td colspan="3">{cells[-1][1]}</td>'
    lines = ["".join(pairs[i : i + step]) for i in range(0, len(pairs), step)]
    return f'<table class="facts of-{step}">' + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


@draw.register
def _(block: Table) -> str:
    widths = block.widths or [1.0] * len(block.header)
    columns = "".join(f'<col style="width:{100 * w / sum(widths):.2f}%">' for w in widths)
    head = "".join(f"<th>{escape(text)}</th>" for text in block.header)
    rows = "".join("<tr>" + _cells(row, block.numbers) + "</tr>" for row in block.rows)
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    empty = f'<tr><td colspan="{len(block.header)}" class="none">无</td></tr>' if not block.rows else ""
    return (
        f'<table class="rows">{caption}<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}{empty}</tbody></table>"
    )


def _cells(row: Any, numbers: frozenset[int]) -> str:
    return "".join(
        f'<td class="number">{escape(text)}</td>' if i in numbers else f"<td>{escape(text)}</td>"
        for i, text in enumerate(row)
    )


@draw.register
def _(block: Picture) -> str:
    caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
    source = (
        _data(block.svg.encode(), "image/svg+xml") if block.svg else _data(block.image, _kind(block.image))
    )
    return f'<figure><img style="width:{block.width_mm:g}mm" src="{source}" alt="">{caption}</figure>'


@draw.register
def _(block: Signatures) -> str:
    return '<div class="signatures">' + "".join(map(_signature, block.places)) + "</div>"


def _signature(place: Signature) -> str:
    drawn = f'<img src="{_data(place.image, _kind(place.image))}" alt="">' if place.image else ""
    when = day_words(place.on) if place.on else "年　　月　　日"
    return (
        f'<div class="signature"><p class="party">{escape(place.party)}</p><p class="hand">{drawn}</p>'
        f"<p>签字：{escape(place.name)}</p><p>{when}</p></div>"
    )


@draw.register
def _(block: Note) -> str:
    return f'<p class="note">{escape(block.text)}</p>'


@draw.register
def _(block: PageBreak) -> str:
    return '<div class="break"></div>'


def _data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _kind(image: bytes) -> str:
    return "image/png" if image.startswith(b"\x89PNG") else "image/jpeg"
