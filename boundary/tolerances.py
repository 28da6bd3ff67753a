"""The alarm thresholds (限差) that are set for this installation."""

from __future__ import annotations

from dataclasses import fields, replace

from boundary.checks import Tolerances
from geo.problems import BadInput
from geo.settings import settings


def tolerances() -> Tolerances:
    """The defaults of ``Tolerances`` with what ``DIMING_BOUNDARY_TOLERANCES`` sets.

    Raises:
        BadInput: the setting names a threshold that does not exist.
    """
    given = settings().boundary_tolerances
    known = {one.name: one.type for one in fields(Tolerances)}
    if unknown := sorted(set(given) - set(known)):
        raise BadInput(
            f"设置 DIMING_BOUNDARY_TOLERANCES 里没有 {'、'.join(unknown)} 这个限差",
            f"可用：{'、'.join(known)}",
        )
    return replace(
        Tolerances(),
        **{name: int(value) if name == "cycle_years" else float(value) for name, value in given.items()},  # type: ignore[arg-type]
    )
