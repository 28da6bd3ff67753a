"""How long the free places last (容量预测): demand = people x death rate x share; years left = free / demand. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forecast:
    """One township's forecast; ``years`` is None where nobody is expected to need a place."""

    town: str
    people: int
    demand: float
    free: int
    years: float | None

    @property
    def formula(self) -> str:
        """The numbers in the formula, as printed."""
        left = (
            f"{self.free} ÷ {self.demand:.1f} = {self.years:.1f} 年" if self.years is not None else "无需求"
        )
        return f"年需求 {self.demand:.1f}；{left}"


def demand_a_year(people: float, death_rate: float, share: float = 1.0) -> float:
    """Places needed a year. 620 000 people at 7 in 1000 need 4340."""
    return people * death_rate * share


def need(people: float, death_rate: float, years: int, share: float = 1.0) -> float:
    """Places needed over some years; Anhui DB34/T 4180 takes 20 years and a share of one half."""
    return demand_a_year(people, death_rate, share) * years


def forecast(
    people: Mapping[str, int], free: Mapping[str, int], *, death_rate: float, share: float = 1.0
) -> list[Forecast]:
    """One forecast a township, those that run out first at the top."""
    made = []
    for town in sorted(set(people) | set(free)):
        demand = demand_a_year(people.get(town, 0), death_rate, share)
        have = free.get(town, 0)
        made.append(Forecast(town, people.get(town, 0), demand, have, have / demand if demand else None))
    return sorted(made, key=lambda f: (f.years is None, f.years or 0.0, f.town))


def spread(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """A district's people over its townships by weight (old people counted), the sum kept (largest remainders)."""
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 0)
    exact = {town: total * weight / whole for town, weight in weights.items()}
    floors = {town: int(value) for town, value in exact.items()}
    left = total - sum(floors.values())
    for town in sorted(exact, key=lambda t: (floors[t] - exact[t], t))[:left]:
        floors[town] += 1
    return floors
