"""``/desk/maps/paper.pdf``: print sheets (图纸) of the district, a township, or its road names, on A4 to A0."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from api import surroundings
from api.pages.dates import day
from api.parameters import Strict
from gazetteer.naming.reading import bare, read
from geo.problems import Conflict
from geo.settings import settings
from geo.store.engine import session
from tiles.paper import Imprint, PaperMap, contents_of, paper_map, pdf

router = APIRouter(include_in_schema=False, prefix="/desk/maps")
#: What the sheet is for: key -> words.
USES: Final = {"internal": "内部使用", "public": "公开发布"}


class Asked(Strict):
    """Which sheet, on what, for whom."""

    kind: Annotated[str, Field(max_length=20)] = "district"
    division: Annotated[str, Field(pattern=r"^\d{12}$")]
    paper: Annotated[str, Field(max_length=4)] = "A3"
    scale: Annotated[str, Field(pattern=r"^\d{0,8}$")] = ""
    use: Annotated[str, Field(pattern=r"^(internal|public)$")] = "internal"


@router.get("/paper.pdf")
def paper_pdf(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The sheet."""
    with session(timeout_s=60) as db:
        drawn = drawn_sheet(
            db,
            asked.kind,
            asked.division,
            asked.paper,
            scale=int(asked.scale or 0) or None,
            public=asked.use == "public",
        )
    name = quote(f"{drawn.title}-{asked.paper}-{drawn.scale}.pdf")
    headers = {"content-disposition": f"inline; filename*=UTF-8''{name}", "cache-control": "no-store"}
    return Response(pdf(drawn), headers=headers, media_type="application/pdf")


def drawn_sheet(
    db: Session, kind: str, division: str, paper: str, *, scale: int | None = None, public: bool = False
) -> PaperMap:  # fmt: skip
    """One sheet with all that must stand on it.

    Raises:
        Conflict: it is for the public and the map has no 审图号 (地图管理条例 第十五条), or the data are made up.
        BadInput | NotFound: no such kind, paper, scale or division.
    """
    if public:
        check_public()
    around = surroundings.of_data()
    held = contents_of(db, kind, division)
    sample = "示例数据，不代表真实地点" if held.made_up or around.made_up else ""
    told = around.review_number if public else f"内部使用　{around.review_number}"
    imprint = Imprint(f"{around.district}地名地址登记", day(date.today()), told, sample, _sound)
    return paper_map(held, paper, imprint, scale=scale)


def check_public() -> None:
    """Stop unless a map of the district may be published.

    Raises:
        Conflict: it has no 审图号 (地图管理条例 第十五条), or the data are made up.
    """
    around = surroundings.of_data()
    if around.made_up or not settings().map_review_number.strip():
        why = "数据是示例数据" if around.made_up else "没有审图号"
        raise Conflict(
            f"这张图不能公开发布：{why}。",
            "送审取得审图号后，填入设置 DIMING_MAP_REVIEW_NUMBER；内部使用请选“内部使用”。",
            code="paper.review",
        )


def _sound(name: str) -> str:
    """How a name is read, without tones, a syllable a word: the order of an index."""
    return bare(" ".join(one.reading for one in read(name, ""))).lower()
