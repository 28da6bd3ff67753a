"""What the lists take: the common parameters once, each resource's filters beside them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from api.parameters import DivisionCode, PlainText, Strict
from api.resources.query import Wanted, read_cursor

_COMMON = {"limit", "cursor", "as_of", "q", "bbox"}


def _box(value: str) -> str:
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise ValueError("应为四个数：西,南,东,北") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("范围不对，应为 西<东、南<北 的经纬度")
    return value


class ListQuery(Strict):
    """The common part."""

    limit: int = Field(100, ge=1, le=1000, description="每页条数。")
    cursor: PlainText | None = Field(None, description="上一页 next 链接里的翻页标记。")
    as_of: date | None = Field(None, description="哪一天的状态，例如 2018-05-01；不填为今天。")
    q: PlainText | None = Field(None, description="名称包含的字。")
    bbox: Annotated[str, Field(max_length=200), AfterValidator(_box)] | None = Field(
        None, description="西,南,东,北，度。"
    )
    division: DivisionCode | None = None

    def wanted(self) -> Wanted:
        """The parameters as the query takes them."""
        given = {k: v for k, v in self.model_dump().items() if k not in _COMMON and v is not None}
        west_to_north = tuple(float(part) for part in self.bbox.split(",")) if self.bbox else None
        return Wanted(
            limit=self.limit,
            day=self.as_of or date.today(),
            after=read_cursor(self.cursor) if self.cursor else "",
            q=self.q or "",
            bbox=_four(west_to_north),
            filters=given,
        )


def _four(given: tuple[float, ...] | None) -> tuple[float, float, float, float] | None:
    return (given[0], given[1], given[2], given[3]) if given else None


class DivisionQuery(ListQuery):
    """Filters of ``/v1/divisions``."""

    level: int | None = Field(None, ge=1, le=5, description="1 省、2 市、3 县、4 乡镇街道、5 村社区。")
    parent: DivisionCode | None = None


class PlaceQuery(ListQuery):
    """Filters of ``/v1/places``."""

    category: PlainText | None = None


class RoadQuery(ListQuery):
    """Filters of ``/v1/roads``."""

    road_class: PlainText | None = None


class AddressQuery(ListQuery):
    """Filters of ``/v1/addresses``."""

    road: PlainText | None = Field(None, description="道路编码。")
    number: PlainText | None = Field(None, description="门牌号，例如 118。")


class FacilityQuery(ListQuery):
    """Filters of ``/v1/facilities``."""

    kind: PlainText | None = None
    category: PlainText | None = None


class OneQuery(Strict):
    """What a single record takes."""

    as_of: date | None = None


def loose(query: ListQuery) -> dict[str, Any]:
    """The parameters that were given, for the next link."""
    return {k: v for k, v in query.model_dump(mode="json").items() if v is not None and k != "cursor"}
