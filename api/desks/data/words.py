"""The words of the import wizard: kinds, datums, and remedies of the command line said for a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from gazetteer.register.kinds import KINDS

CHOSEN: Final = ("addresses", "roads", "places", "facilities", "divisions")
TITLES: Final = tuple((name, KINDS[name].title) for name in CHOSEN)
TOLD: Final = {**dict(TITLES), "aliases": "别名", "boundaries": "界线", "markers": "界桩"}
"""What a record of an import calls its kind, also those that other rooms and the command line import."""
DATUMS: Final = (
    ("", "文件里没有坐标"),
    ("cgcs2000", "CGCS2000（测绘成果、天地图）"),
    ("wgs84", "WGS-84（卫星定位）"),
    ("gcj02", "GCJ-02（高德、腾讯）"),
    ("bd09", "BD-09（百度）"),
    ("4549", "CGCS2000 高斯投影，中央经线 120°"),
    ("4550", "CGCS2000 高斯投影，中央经线 123°"),
)
POSITION_TITLES: Final = {"lon": "经度（或东坐标）", "lat": "纬度（或北坐标）", "geometry": "几何（WKT）"}
ENDINGS: Final = ("csv", "xlsx", "geojson", "gpkg")
_ON_THE_PAGE: Final = (
    (re.compile(r"（diming import [a-z]+）"), ""),
    (re.compile(r"(?:请?(?:改|传入)?用|请?传入) ?--datum ([a-z0-9]+)"), r"请在“坐标系”里选 \1"),
    (re.compile(r"--datum ([a-z0-9]+)"), r"坐标系 \1"),
    (re.compile(r"用 ?--map (\S+?)=列名 ?指定"), r"在“核对列”里选"),
    (re.compile(r"--map (\S+?)=列名"), r"“核对列”"),
    (re.compile(r"--map (\S+?)=(\S+)"), r"“核对列”里 \1 选 \2"),
    (re.compile(r"用? ?--set \S+"), "在文件里加一列"),
    (re.compile(r"(?:加上 )?--partial"), "勾选“有问题的行除外”"),
    (re.compile(r"(?:加上 )?--trust-datum"), "勾选“以所选坐标系为准”"),
)


_RECOGNISED: Final = re.compile(r"([a-z_]+)←")


def in_titles(evidence: str, titles: Mapping[str, str]) -> str:
    """Which column was taken for what, with the fields by their Chinese titles: 区县←县（市、区）."""
    return _RECOGNISED.sub(lambda found: f"{titles.get(found[1], found[1])}←", evidence)


_DATUM_WORDS: Final = {name: shown.partition("（")[0] for name, shown in DATUMS if name.isidentifier()}
_DATUM: Final = re.compile("|".join(_DATUM_WORDS))


def on_the_page(words: str) -> str:
    """A remedy of the command line in terms of the page: --datum wgs84 becomes the choice of the datum, by its name there."""
    for pattern, said in _ON_THE_PAGE:
        words = pattern.sub(said, words)
    return _DATUM.sub(lambda found: _DATUM_WORDS[found[0]], words)
