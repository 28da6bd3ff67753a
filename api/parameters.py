"""The parameters that several routes take, each with its limits said once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Datum = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]


def _printable(value: str) -> str:
    if any(ord(c) < 32 or ord(c) == 127 for c in value):
        raise ValueError("含有不可见的控制字符")
    return value


#: Text that goes to the database: no null byte, no control characters.
PlainText = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
#: An address as typed: anything goes, the parser takes what it can; only the length is limited.
Question = Annotated[str, Field(min_length=1, max_length=500, description="地址，写法不规范也可以。")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="经度，度。")]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="纬度，度。")]
DivisionCode = Annotated[
    str, Field(pattern=r"^\d{2}(\d{2}){0,2}$|^\d{9}$|^\d{12}$", description="区划代码，2、4、6、9 或 12 位。")
]


class Strict(BaseModel):
    """A parameter that is not in the list is refused, so that a slip of the pen is noticed."""

    model_config = ConfigDict(extra="forbid")


class GeocodeQuery(Strict):
    """What ``/v1/geocode`` takes."""

    q: Question
    limit: int = Field(5, ge=1, le=20, description="最多返回几条。")
    as_of: date | None = Field(None, description="按哪一天的区划和路名理解，例如 2018-05-01。")
    lon: Longitude | None = None
    lat: Latitude | None = None
    division: DivisionCode | None = None
    datum: Datum = Field("wgs84", description="坐标系（输入的参考点与输出相同）。")


class ReverseQuery(Strict):
    """What ``/v1/reverse`` takes."""

    lon: Longitude
    lat: Latitude
    datum: Datum = Field("wgs84", description="坐标系（输入与输出相同）。")


class SuggestQuery(Strict):
    """What ``/v1/suggest`` takes."""

    q: Annotated[str, Field(min_length=1, max_length=100, description="已输入的字、拼音或拼音首字母。")]
    limit: int = Field(8, ge=1, le=20)
    datum: Datum = "wgs84"


class ParseQuery(Strict):
    """What ``/v1/parse`` takes."""

    q: Question
