"""The reference systems a bureau's file may be in, by the names people use for them.

``wgs84``, ``cgcs2000``, ``gcj02``, ``bd09``, any CGCS2000 or WGS 84 system by its EPSG code (``4528``,
``EPSG:4549``) and ``gk121.5``: the Gauss-Krueger system with its own central meridian 121°30′E, which has no
code. Beijing 54 and Xi'an 80 are refused: their shift to CGCS2000 needs local parameters that nobody can guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyproj import CRS
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import TransverseMercatorConversion
from pyproj.exceptions import CRSError

from geo.problems import BadInput

_ALIASES = {
    "wgs84": "wgs84", "wgs-84": "wgs84", "wgs 84": "wgs84", "4326": "wgs84", "gps": "wgs84", "crs84": "wgs84",
    "cgcs2000": "cgcs2000", "4490": "cgcs2000", "国家2000": "cgcs2000", "2000国家大地坐标系": "cgcs2000",
    "gcj02": "gcj02", "gcj-02": "gcj02", "高德": "gcj02", "火星坐标": "gcj02", "腾讯": "gcj02",
    "bd09": "bd09", "bd-09": "bd09", "bd09ll": "bd09", "百度": "bd09",
}  # fmt: skip
_TITLES = {
    "wgs84": "WGS 84（GPS 坐标）",
    "cgcs2000": "CGCS2000（2000国家大地坐标系）",
    "gcj02": "GCJ-02（高德、腾讯坐标）",
    "bd09": "BD-09（百度坐标）",
}
_CUSTOM = re.compile(r"gk(\d{2,3}(?:\.\d+)?)")
_KNOWN_DATUMS = ("China 2000", "World Geodetic System 1984", "CGCS2000", "China_2000", "WGS_1984", "WGS 84")


@dataclass(frozen=True, slots=True)
class System:
    """One reference system: its short name, whether it counts metres, and its definition for PROJ if it has one."""

    name: str
    title: str
    projected: bool
    definition: str | None = None


@lru_cache(maxsize=256)
def system(name: str | int | System) -> System:
    """The reference system meant by a name or an EPSG code; a system itself, as a file states it, stays what it is.

    Raises:
        BadInput: the name is unknown, or the system cannot be converted without local parameters.
    """
    if isinstance(name, System):
        return name
    text = str(name).strip().lower().removeprefix("epsg:").removeprefix("urn:ogc:def:crs:epsg::")
    if text in _ALIASES:
        short = _ALIASES[text]
        return System(short, _TITLES[short], projected=False)
    if custom := _CUSTOM.fullmatch(text):
        return _gauss_kruger(text, float(custom[1]))
    if text.isdigit() and len(text) <= 6:
        return _by_code(int(text))
    raise _unknown(name)


def system_of(crs: object) -> System | None:
    """The system of a file's own CRS text (WKT of a ``.prj`` or a GeoPackage); None if the file states none.

    Raises:
        BadInput: the stated system cannot be converted without local parameters.
    """
    if not crs:
        return None
    try:
        found = CRS.from_user_input(crs)
    except CRSError:
        raise _unknown(str(crs)[:60]) from None
    code = found.to_epsg(min_confidence=60)
    if code is not None:
        return system(code)
    _must_be_convertible(found, str(crs)[:60])
    if found.is_geographic:
        return system("wgs84" if found.datum and "84" in found.datum.name else "cgcs2000")
    return System(found.name, found.name, projected=True, definition=found.to_wkt())


def _gauss_kruger(name: str, meridian: float) -> System:
    if not 70 <= meridian <= 140:
        raise BadInput(
            f"中央经线 {meridian} 不在中国范围内。", "请写成 gk121.5 这样的形式。", code="crs.meridian"
        )
    projection = TransverseMercatorConversion(0, meridian, 500_000, 0, 1)
    definition = ProjectedCRS(
        projection, name=f"CGCS2000 / CM {meridian}", geodetic_crs=CRS.from_epsg(4490)
    ).to_wkt()
    return System(
        name, f"CGCS2000 高斯-克吕格投影，中央经线 {meridian}°", projected=True, definition=definition
    )


def _by_code(code: int) -> System:
    try:
        found = CRS.from_epsg(code)
    except CRSError:
        raise _unknown(code) from None
    _must_be_convertible(found, f"EPSG:{code}")
    return System(
        str(code), f"{found.name}(EPSG:{code})", projected=bool(found.is_projected), definition=f"EPSG:{code}"
    )


def _must_be_convertible(crs: CRS, label: str) -> None:
    datum = crs.datum.name if crs.datum else ""
    if not any(known in datum for known in _KNOWN_DATUMS) or not (crs.is_projected or crs.is_geographic):
        raise BadInput(
            f"坐标系 {label}（{crs.name}）不能直接换算到 CGCS2000。",
            "北京54、西安80 和地方坐标系需要当地转换参数，请先由测绘单位转换为 CGCS2000 后再导入。",
            code="crs.needs-parameters",
        )


def _unknown(name: object) -> BadInput:
    return BadInput(
        f"不认识坐标系“{name}”。",
        "请用 wgs84、cgcs2000、gcj02、bd09，或 EPSG 代码（如 4528、4549），或 gk121.5 这样的中央经线。",
        code="crs.unknown",
    )
