"""Messy spellings of registered addresses, with the right answer: seeded, for any list of doors of any place.

The address library fits its confidence to such texts and the tests ask questions with them. The words used as noise
are this module's own; no real person, telephone or list stands behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from gazetteer.sample.envelope import Written
from gazetteer.sample.messy_kinds import IMPOSSIBLE, KINDS, apply

ALL_KINDS: Final = (*KINDS, "mixed", *IMPOSSIBLE)
"""Every kind of spelling; ``mixed`` puts two or three of the others on one address."""


def perturb(
    doors: Sequence[Written], seed: int = 1, kinds: Sequence[str] = ALL_KINDS, *, times: int = 1
) -> Iterator[tuple[str, str, str]]:
    """Text, kind and code of the right door for each door, ``times`` over, the kinds in turn.

    The code is empty for the kinds of ``messy_kinds.IMPOSSIBLE``: their number or road is not in the register, and no
    door may be given. A kind that cannot be put on an address (numerals on an address without number) is left out for
    it, so fewer rows than doors can come.
    """
    unknown = set(kinds) - set(ALL_KINDS)
    if unknown:
        raise ValueError(f"未知的扰动种类：{'、'.join(sorted(unknown))}")
    rng = np.random.default_rng([seed, 21])
    order = [k for _ in range(times) for k in _turns(len(doors), kinds, rng)]
    for serial, kind in enumerate(order):
        door = doors[serial % len(doors)]
        text = apply(kind, door, rng)
        if text:
            yield text, kind, "" if kind in IMPOSSIBLE else door.code


def _turns(count: int, kinds: Sequence[str], rng: np.random.Generator) -> Iterator[str]:
    """Kinds in turn, each about as often as the others, in a mixed order."""
    for at in rng.permutation(count).tolist():
        yield kinds[at % len(kinds)]
