"""The five indicators (五项指标), each with its formula and what went into it; dead zones; idle points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.meals.coverage import Coverage
from gazetteer.service.meals.points import Point
from gazetteer.service.rules import rules

_VILLAGES = text("""
    SELECT code FROM register.division WHERE level = 5 AND left(code, char_length(:within)) = :within
      AND register.is_in_force(valid_from, valid_to, :on_day)
""")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: ``value`` is None where nothing can be divided by; ``formula`` has the numbers in it."""

    code: str
    label: str
    value: float | None
    unit: str
    formula: str

    @property
    def words(self) -> str:
        """62.4%, 1.8 倍, 3 处."""
        if self.value is None:
            return "没有数据"
        return f"{self.value:.1%}" if self.unit == "%" else f"{self.value:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class DeadZone:
    """A cluster of cells with neither walk nor delivery (助餐死角); ``lon`` and ``lat`` are its weighted middle."""

    lon: float
    lat: float
    aged_60: int
    aged_80: int
    cells: tuple[int, ...]
    division: str


def indicators(db: Session, held: Coverage, *, within: str) -> list[Indicator]:
    """The five of the trade, in their order; ``within`` is the district's or township's code beginning."""
    people, r = held.people, rules().meals
    all_60, all_80 = int(people.aged_60.sum()), int(people.aged_80.sum())
    in_60, in_80 = int(people.aged_60[held.walked].sum()), int(people.aged_80[held.walked].sum())
    villages = set(db.scalars(_VILLAGES, {"within": within, "on_day": held.on_day}))
    served = {v for v, ok in zip(people.division, held.walked | held.delivered, strict=True) if ok} & villages
    able = sum(p.per_day for p in held.points if p.state == "open" and p.division.startswith(within))
    need = all_60 * r.take_up
    zones, idle = dead_zones(held), idle_points(held.points, held.on_day, within=within)
    circle = f"{held.minutes} 分钟步行"
    return [
        Indicator("coverage_60", f"60 岁以上{circle}覆盖率", _share(in_60, all_60), "%",
                  f"{circle}可到营业助餐点的 60 岁以上 {in_60} 人 ÷ 全部 {all_60} 人"),
        Indicator("coverage_80", f"80 岁以上{circle}覆盖率", _share(in_80, all_80), "%",
                  f"{circle}可到营业助餐点的 80 岁以上 {in_80} 人 ÷ 全部 {all_80} 人"),
        Indicator("villages", "村社覆盖率（步行或送餐）", _share(len(served), len(villages)), "%",
                  f"有步行或送餐服务的村社 {len(served)} 个 ÷ 全部 {len(villages)} 个"),
        Indicator("capacity", "供餐能力比", round(able / need, 2) if need else None, "倍",
                  f"每餐份数×餐次 {able} 份 ÷（60 岁以上 {all_60} 人 × 就餐率 {r.take_up:.1%}）"),
        Indicator("dead_zones", "助餐死角", float(len(zones)), "处",
                  f"既不能步行到达也无送餐、且不少于 {r.dead_zone_people} 名老年人的聚集区"),
        Indicator("idle", "僵尸点", float(len(idle)), "处", f"营业状态下最近 {r.idle_days} 天没有用餐记录的助餐点"),
    ]  # fmt: skip


def dead_zones(held: Coverage) -> list[DeadZone]:
    """Clusters of unserved cells with enough old people, the largest first."""
    r, at = rules().meals, np.flatnonzero(held.neither & (held.people.aged_60 > 0))
    if not len(at):
        return []
    metres = held.network.plane.to_metres(held.people.lonlat[at])
    pairs = cKDTree(metres).query_pairs(r.dead_zone_gap_m, output_type="ndarray")
    links = sparse.csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(at), len(at)))
    count, label = connected_components(links, directed=False)
    zones = [_zone(held, at[label == n]) for n in range(count)]
    kept = [z for z in zones if z.aged_60 >= r.dead_zone_people]
    return sorted(kept, key=lambda z: (-z.aged_60, z.lon, z.lat))


def idle_points(known: list[Point], on_day: date, *, within: str = "") -> list[Point]:
    """Open points that served nobody for the rule's days (僵尸点)."""
    since = on_day - timedelta(days=rules().meals.idle_days)
    return [
        p for p in known
        if p.state == "open" and p.division.startswith(within) and (p.last_served is None or p.last_served < since)
    ]  # fmt: skip


def _zone(held: Coverage, cells: np.ndarray[tuple[int], np.dtype[np.int64]]) -> DeadZone:
    people = held.people
    weight = people.aged_60[cells]
    lon, lat = np.average(people.lonlat[cells], axis=0, weights=weight)
    heaviest = int(cells[int(np.argmax(weight))])
    return DeadZone(
        round(float(lon), 6), round(float(lat), 6), int(weight.sum()), int(people.aged_80[cells].sum()),
        tuple(int(c) for c in cells), people.division[heaviest],
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
