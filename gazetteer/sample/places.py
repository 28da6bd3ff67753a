"""Place names (地名) of all categories A-H of the sample district, with made-up origins and histories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from gazetteer.sample.district import COUNTY, District, middle_of, plain_village
from gazetteer.sample.meanings import unknown
from gazetteer.sample.plane import RIVER, along, length, to_degrees, to_plane
from gazetteer.sample.towns import Town


@dataclass(frozen=True, slots=True)
class Place:
    """One place name with its state (拟命名, 现行, 更名, 销名)."""

    code: str
    """Stable code; natural villages and estates have the one their addresses point to."""
    name: str
    specific: str
    generic: str
    category: str
    """A-H, the classes of the regulation on place names (地名管理条例)."""
    kind: str
    division: str
    lon: float
    lat: float
    state: str = "现行"
    origin: str = ""
    meaning: str = ""
    history: str = ""
    heritage: str = ""
    successor: str = ""
    """Name that took this one's place, for 更名."""
    national_code: str = ""
    """地名代码, 20 digits: county, town, class, serial."""


_NATURE = (
    ("永宁江", "江", "河流"), ("九峰山", "山", "山峰"), ("方山", "山", "山峰"), ("翠屏山", "山", "山峰"),
    ("橘乡湖", "湖", "湖泊"), ("石门岭", "岭", "山岭"), ("龙潭溪", "溪", "河流"), ("白鹭洲", "洲", "洲"),
)  # fmt: skip
_PARKS = ("橘花公园", "永宁湿地公园", "九峰公园", "翠屏森林公园", "滨江公园")
_WORKS = (
    ("永宁江大桥", "桥"), ("方山隧道", "隧道"), ("橘乡水库", "水库"), ("城东变电站", "变电站"), ("西江闸", "闸"),
    ("北城客运站", "客运站"), ("石门水电站", "水电站"), ("江口码头", "码头"),
)  # fmt: skip
_PUBLIC = ("卫生院", "中心小学", "中学", "文化中心", "农贸市场", "派出所", "便民服务中心", "超市")
_ESTATE_TERMS = ("花苑", "名苑", "雅苑", "小区", "花园", "公寓", "新村", "家园", "苑", "府")
_STATES = ("拟命名", "更名", "销名")
_CLASS = {
    "A": "13000",
    "B": "21300",
    "C": "22200",
    "D": "25000",
    "E": "26000",
    "F": "22100",
    "G": "24000",
    "H": "27400",
}


@lru_cache(maxsize=2)
def places(district: District) -> tuple[Place, ...]:
    """All place names but roads (category E is kept as roads), about 900 at the usual size."""
    plain = [
        *_nature(district),
        *_divisions(district),
        *_settled(district),
        *_built(district),
        *_other(district),
    ]
    return tuple(_numbered(plain))


def _numbered(plain: list[Place]) -> Iterator[Place]:
    for serial, place in enumerate(plain, start=1):
        town = place.division[6:9] if place.division[:6] == COUNTY[:6] else "000"
        national = f"{COUNTY[:6]}{town}{_CLASS[place.category]}{serial:06d}"
        yield replace(place, code=place.code or f"331003P{serial:05d}", national_code=national)


def _split(name: str, generic: str) -> tuple[str, str]:
    return (name.removesuffix(generic), generic) if name.endswith(generic) and name != generic else (name, "")


def _nature(district: District) -> Iterator[Place]:
    river = to_plane(RIVER)
    rng = np.random.default_rng([district.seed, 10])
    at = length(river) * np.linspace(0.1, 0.9, len(_NATURE))
    spots = along(
        river, at, np.where(np.arange(len(_NATURE)) % 2, 1.0, -1.0) * rng.uniform(300, 2600, len(_NATURE))
    )
    spots[0] = river[len(river) // 2]
    for (name, generic, kind), (lon, lat) in zip(_NATURE, to_degrees(spots).tolist(), strict=True):
        heritage = "山水地名（示例）" if name in ("永宁江", "九峰山") else ""
        yield Place(
            "", name, *_split(name, generic), "A", kind, COUNTY, lon, lat, "现行",
            "示例：以所在地势得名。", "示例：取安宁、清秀之意。", "示例：清代方志即有此名。", heritage,
        )  # fmt: skip


def _divisions(district: District) -> Iterator[Place]:
    for town in district.land.towns:
        lon, lat = to_degrees(town.middle).tolist()
        generic = next(g for g in ("街道", "镇", "乡") if town.name.endswith(g))
        heritage = "千年古镇候选（示例）" if town.short in ("茅畲", "宁溪") else ""
        yield Place(
            "", town.name, town.short, generic, "B", "乡镇街道", town.code, lon, lat, "现行",
            "示例：沿用旧地名。", "", "示例：建制沿革见区划沿革。", heritage,
        )  # fmt: skip


def _settled(district: District) -> Iterator[Place]:
    points = to_degrees(district.land.points).tolist()
    for row, (lon, lat) in zip(district.land.villages, points, strict=True):
        name = plain_village(row.name)
        generic = next((g for g in ("社区", "居委会", "新村", "村") if name.endswith(g)), "")
        yield Place(
            "", name, *_split(name, generic), "C", "村居", row.code, lon, lat, "现行", "示例：以聚居地得名。"
        )
    for hamlet in district.hamlets:
        village = district.land.villages[hamlet.village]
        lon, lat = middle_of(hamlet)
        origin = "" if unknown(hamlet.code) else f"示例：因{hamlet.name[0]}姓聚居或地形得名。"
        heritage = "千年古村落候选（示例）" if hamlet.code.endswith("00") else ""
        yield Place(
            hamlet.code, hamlet.name, hamlet.name, "", "C", "自然村", village.code, lon, lat, "现行", origin, "", "", heritage
        )  # fmt: skip


def _built(district: District) -> Iterator[Place]:
    """Estates, with some still proposed, some renamed and some given up, parks and works."""
    for number, estate in enumerate(district.estates):
        lon, lat = middle_of(estate)
        village = district.land.villages[estate.village].code
        generic = next(term for term in _ESTATE_TERMS if estate.name.endswith(term))
        yield Place(
            estate.code,
            estate.name,
            *_split(estate.name, generic),
            "F",
            "住宅区",
            village,
            lon,
            lat,
            "现行",
            "示例：开发单位申报。",
        )
        if number % 12 == 5:
            state = _STATES[number // 12 % 3]
            name = f"{estate.name[:2]}{'一二三'[number // 12 % 3]}期{generic}"
            heir = estate.name if state == "更名" else ""
            yield Place(
                "",
                name,
                *_split(name, generic),
                "F",
                "住宅区",
                village,
                lon,
                lat,
                state,
                "示例：申报名。",
                "",
                "",
                "",
                heir,
            )
    rng = np.random.default_rng([district.seed, 11])
    towns = district.land.towns
    for number, name in enumerate(_PARKS):
        yield _beside(name, "公园", "D", "公园", towns[number], rng)
    for number, (name, generic) in enumerate(_WORKS):
        yield _beside(name, generic, "G", "专业设施", towns[number], rng)


def _beside(name: str, generic: str, category: str, kind: str, town: Town, rng: np.random.Generator) -> Place:
    middle = np.array(town.middle) + rng.normal(0, 500.0, 2)
    lon, lat = to_degrees(middle).tolist()
    return Place(
        "",
        name,
        *_split(name, generic),
        category,
        kind,
        town.code,
        lon,
        lat,
        "现行",
        "示例：主管部门命名。",
    )


def _other(district: District) -> Iterator[Place]:
    """A health centre, schools, a market and so on in every town: what people say where they are beside."""
    rng = np.random.default_rng([district.seed, 12])
    for town in district.land.towns:
        for what in _PUBLIC:
            yield _beside(town.short + what, what, "H", "单位", town, rng)


__all__ = ["Place", "places"]
