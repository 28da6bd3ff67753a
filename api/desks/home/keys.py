"""The keys of the workbench (快捷键), as a page and for the help that ``?`` opens."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from api.pages.templates import page

router: APIRouter = APIRouter(include_in_schema=False)

KEYS: Final = (
    ("Ctrl K", "查找：名称、拼音、编号、编码"),
    ("J", "清单里下一条"),
    ("K", "清单里上一条"),
    ("Enter", "打开选中的一条"),
    ("X", "勾选这一条"),
    ("M", "到地图"),
    ("?", "显示这张表"),
    ("Esc", "关闭弹出的窗口"),
)


@router.get("/desk/keys")
def keys(request: Request) -> Response:
    """The table of keys."""
    return page(request, "home/keys.html", keys=KEYS)
