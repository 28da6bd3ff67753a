"""``/guide``: the user guide (使用说明), the Markdown of ``docs/guide`` drawn in the frame of the pages."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from markdown_it import MarkdownIt
from PIL import Image

from api.pages.templates import page
from geo.problems import NotFound
from geo.settings import ROOT

router = APIRouter(include_in_schema=False, prefix="/guide")

FOLDER: Final = ROOT / "docs" / "guide"
SCREENS: Final = ROOT / "docs" / "screens"
_PICTURE: Final = re.compile(r"[a-z0-9-]+\.png")
_DRAWN: Final = re.compile(r'<img src="/guide/screens/([a-z0-9-]+\.png)"')


@router.get("")
def start(request: Request) -> Response:
    """Which guide is for whom."""
    return _shown(request, "index")


@router.get("/screens/{name}")
def screen(name: str) -> Response:
    """One picture of the guide."""
    path = SCREENS / name
    if not _PICTURE.fullmatch(name) or not path.is_file():
        raise NotFound("没有这张图片。", "请回到使用说明。", code="no-such-picture")
    return FileResponse(path, media_type="image/png")


@router.get("/{name}")
def chapter(request: Request, name: str) -> Response:
    """One chapter."""
    return _shown(request, name)


def _shown(request: Request, name: str) -> Response:
    known = titles()
    if name not in known:
        raise NotFound("没有这一章。", "请从使用说明的目录进入。", code="no-such-chapter")
    return page(request, "guide.html", chapters=known, chosen=name, title=known[name], body=html_of(name))


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Chapter -> its title, the first page first, the others in the order of their number."""
    found = sorted(FOLDER.glob("*.md"), key=lambda path: (path.stem != "index", _order(path), path.stem))
    return {path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for path in found}


@lru_cache(maxsize=32)
def html_of(name: str) -> str:
    """A chapter as HTML; raw HTML in the text is shown as text."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    text = text.replace("](../screens/", "](/guide/screens/")
    text = re.sub(r"\]\(([a-z-]+)\.md(#[^)]*)?\)", _link, text)
    # A wide line of code scrolls, so the keyboard must reach it.
    return _DRAWN.sub(_sized, str(made.render(text)).replace("<pre>", '<pre tabindex="0">'))


def _sized(found: re.Match[str]) -> str:
    """The picture with its size, so that the text does not jump when it arrives."""
    path = SCREENS / found[1]
    if not path.is_file():
        return found[0]
    with Image.open(path) as picture:
        width, height = picture.size
    return f'{found[0]} width="{width}" height="{height}" loading="lazy"'


def _link(found: re.Match[str]) -> str:
    """From file to file in the repository, from page to page here."""
    name = found[1]
    return f"](/guide{'' if name == 'index' else '/' + name}{found[2] or ''})"


_ORDER: Final = (
    "public",
    "naming",
    "counter",
    "plates",
    "field",
    "services",
    "data",
    "statistics",
    "interface",
    "system",
)


def _order(path: Path) -> int:
    return _ORDER.index(path.stem) if path.stem in _ORDER else len(_ORDER)
