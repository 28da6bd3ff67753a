"""Import one file of any kind that the program knows: the register's kinds, boundary lines and markers."""

from __future__ import annotations

from functools import partial

from boundary.checks import Tolerances
from boundary.importing.lines import load_lines, write_lines
from boundary.importing.lines_of import regions
from boundary.importing.markers import load_markers, position_columns, write_markers
from boundary.kinds import KINDS, LINE, MARKER
from gazetteer.register.importing import import_file as import_known
from gazetteer.register.importing.run import STEPS, Steps


def steps(tolerances: Tolerances | None = None) -> dict[str, Steps]:
    """How every kind goes in.

    Args:
        tolerances: alarm thresholds of the checks of markers; the defaults of ``Tolerances`` if None.
    """
    checked = partial(load_markers, tolerances=tolerances or Tolerances())
    return STEPS | {
        LINE.name: Steps(load_lines, write_lines),
        MARKER.name: Steps(checked, write_markers, position_columns, regions),
    }


import_file = partial(import_known, kinds=KINDS, steps=steps())
"""``gazetteer.register.importing.import_file`` that also takes the kinds ``boundaries`` and ``markers``."""
