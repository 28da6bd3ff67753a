"""A finished sheet: what must be said on it, what became of it, and its PDF."""

from __future__ import annotations

from dataclasses import dataclass

from tiles.paper.formats import Frame, Paper
from tiles.paper.index import Entry, Sort
from tiles.paper.lettering import Placed


@dataclass(frozen=True, slots=True)
class Imprint:
    """What must stand on a map: source, date, 审图号 or that there is none, 示例数据; and how names are sorted."""

    source: str
    date: str
    review: str
    sample: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class PaperMap:
    """A drawn sheet.

    Attributes:
        title: over the map.
        pages: SVG texts; the first is the map, further ones the rest of the index.
        paper: mm.
        scale: the denominator.
        frame: where the map stands on the first page.
        names: the names that found a place, with their boxes in mm.
        left_out: names that did not; the index has them.
        entries: the index.
    """

    title: str
    pages: tuple[str, ...]
    paper: Paper
    scale: int
    frame: Frame
    names: tuple[Placed, ...]
    left_out: int
    entries: tuple[Entry, ...]


def pdf(drawn: PaperMap) -> bytes:
    """The sheet as PDF: lines and letters stay lines and letters at any size."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    size = f"{drawn.paper.width:g}mm {drawn.paper.height:g}mm"
    style = f"@page{{size:{size};margin:0}}body{{margin:0}}svg{{display:block;break-after:page}}svg:last-child{{break-after:auto}}"
    page = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{drawn.title}</title>'
        f"<style>{style}</style></head><body>{''.join(drawn.pages)}</body></html>"
    )
    return bytes(HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf())
