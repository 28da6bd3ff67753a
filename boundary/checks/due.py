"""B5: whether the year of the next joint inspection follows from the last."""

from __future__ import annotations

from boundary.checks.tolerances import Tolerances


def due_doubt(last: int | None, stated: int | None, year: int, tolerances: Tolerances) -> str:
    """In Chinese what is wrong with 下次联检; empty where it is right.

    Args:
        last: year of the last regular round, None where none is known.
        stated: 下次联检 of the line's record.
        year: this year.
        tolerances: ``cycle_years`` is used.
    """
    due = last + tolerances.cycle_years if last is not None else stated
    if due is None:
        return "没有上次联检年份，也没有登记下次联检年份"
    said = []
    if last is not None and stated is not None and stated != due:
        said.append(
            f"下次联检登记为 {stated} 年，按上次 {last} 年加 {tolerances.cycle_years} 年应为 {due} 年"
        )
    if year > due:
        said.append(f"应于 {due} 年联检，已超期 {year - due} 年")
    return "；".join(said)
