"""Aliases (别名) of the sample district, of every kind the register keeps. All but the divisions' own are made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from gazetteer.base import division_aliases
from gazetteer.sample.district import District, plain_village
from gazetteer.sample.roads import Road

KINDS: Final = (
    "撤乡设镇", "撤县设区", "乡镇改街道", "村合并", "村改社区", "路更名", "俗称", "推广名", "错写", "简称", "旧称",
)  # fmt: skip
_OF_HISTORY: Final = {
    "改设街道": "乡镇改街道", "撤县设市": "撤县设区", "撤市设区": "撤县设区", "析置": "旧称", "简称": "简称",
    "撤县设区": "撤县设区", "撤乡设镇": "撤乡设镇",
}  # fmt: skip
_MERGED: Final = date(2018, 12, 28)


@dataclass(frozen=True, slots=True)
class Alias:
    """One alias of one target; an alias with several targets has several rows."""

    alias: str
    kind_of_target: Literal["division", "road", "place", "address"]
    target: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    document: str
    scope: str = ""
    """Code of the town whose area limits the alias (适用范围), empty for no limit."""


def aliases(district: District) -> list[Alias]:
    """All alias rows, in a stable order."""
    rng = np.random.default_rng([district.seed, 9])
    return [*_divisions(district), *_villages(district, rng), *_roads(district, rng), *_estates(district)]


def _divisions(district: District) -> Iterator[Alias]:
    """Facts: the county's old names, 城关镇 with its four heirs, subdistricts that were towns, short forms."""
    county = "331003"
    for row in division_aliases():
        if row.code.startswith(county):
            kind = _OF_HISTORY.get(row.kind, "旧称")
            until = date(row.until, 12, 31) if row.until else None
            scope = row.code if row.alias.endswith("城关镇") else ""
            yield Alias(row.alias, "division", row.code, kind, None, until, "区划沿革", scope)
    for town in district.land.towns:
        yield Alias(town.short, "division", town.code, "简称", None, None, "")
    yield Alias("上洋乡", "division", _town(district, "上垟"), "错写", None, None, "")
    yield Alias("茅畬乡", "division", _town(district, "茅畲"), "错写", None, None, "")
    yield Alias("茅舍乡", "division", _town(district, "茅畲"), "错写", None, None, "")


def _town(district: District, short: str) -> str:
    return next(town.code for town in district.land.towns if town.short == short)


def _villages(district: District, rng: np.random.Generator) -> Iterator[Alias]:
    """Made-up merges of 2018: former villages live on as natural villages of the new one, some are split over two.

    Then 村改社区 of 2020.
    """
    land = district.land
    real = {plain_village(row.name) for row in land.villages}
    merged = rng.choice(
        [i for i, row in enumerate(land.villages) if row.name.endswith(("村", "村委会"))], 90, replace=False
    )
    paper = {int(at): f"示例合村〔2018〕{number}号" for number, at in enumerate(merged, start=1)}
    taken: set[str] = set()
    for hamlet in district.hamlets:
        old = hamlet.name + "村"
        if hamlet.village not in paper or old in real or old in taken:
            continue
        taken.add(old)
        yield Alias(
            old,
            "division",
            land.villages[hamlet.village].code,
            "村合并",
            None,
            _MERGED,
            paper[hamlet.village],
        )
        if len(taken) % 10 == 0:
            same = np.flatnonzero(land.town_of == land.town_of[hamlet.village])
            other = next(int(i) for i in same if i != hamlet.village)
            yield Alias(
                old, "division", land.villages[other].code, "村合并", None, _MERGED, paper[hamlet.village]
            )
    turned = [row for row in land.villages if row.name.endswith("社区")]
    for number, row in enumerate(turned, start=1):
        source = f"示例村改社〔2020〕{number}号"
        yield Alias(row.name[:-2] + "村", "division", row.code, "村改社区", None, date(2020, 10, 1), source)


def _roads(district: District, rng: np.random.Generator) -> Iterator[Alias]:
    named = [road for road in district.roads if road.name and road.town and road.rank != "巷弄"]
    chosen = [named[i] for i in rng.choice(len(named), min(40, len(named)), replace=False)]
    for number, road in enumerate(chosen[:20]):
        year = 1998 + number
        paper = f"示例地名〔{year}〕{number + 1}号"
        old = "老" + road.name[:-1] + ("街" if road.name[-1] == "路" else "路")
        yield Alias(old, "road", road.code, "路更名", None, date(year, 6, 30), paper, road.division)
    for road in chosen[20:36]:
        yield Alias(_nickname(road), "road", road.code, "俗称", None, None, "", road.division)
    for number, road in enumerate(chosen[36:40], start=1):
        paper = f"示例一路多名排查表第{number}条"
        for tail in ("后街", "新大路"):
            yield Alias(road.name[:-1] + tail, "road", road.code, "俗称", None, None, paper, road.division)
    yield from _misspelt(named)


def _nickname(road: Road) -> str:
    return road.name[:-1] + ("老街" if road.rank == "支路" else "马路")


def _misspelt(named: list[Road]) -> Iterator[Alias]:
    """恒街路 for 横街路 and the like, as window clerks have noted them."""
    for road in named:
        if road.name == "横街路":
            yield Alias("恒街路", "road", road.code, "错写", None, None, "", road.division)


def _estates(district: District) -> Iterator[Alias]:
    for estate in district.estates:
        if estate.promoted:
            yield Alias(
                estate.promoted, "place", estate.code, "推广名", date(2015, 1, 1), None, "示例楼盘广告"
            )
        if (
            estate.name.endswith(("小区", "花园", "公寓", "花苑", "名苑", "家园", "雅苑"))
            and len(estate.name) >= 4
        ):
            yield Alias(estate.name[:-2], "place", estate.code, "简称", None, None, "")
