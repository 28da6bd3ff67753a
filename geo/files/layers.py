"""Which 图层 of a drawing is meant, where a survey's notes and frames lie in others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.files.degrees import there
from geo.files.limits import Limits, limits
from geo.files.table import LAYER, Table
from geo.problems import BadFile


class WhichLayer(BadFile):
    """A drawing has fitting objects in several 图层; ``layers`` has each with how many."""

    layers: dict[str, int]


def drawing_bounds() -> Limits:
    """One outline is small and somebody waits for it: a drawing whose blocks multiply without end is let go early."""
    usual = limits()
    return replace(
        usual, bytes=min(usual.bytes, 50_000_000), memory_mb=min(usual.memory_mb, 1000), timeout_s=60.0
    )


def keep_one_layer(table: Table, fits: Callable[[BaseGeometry], bool], word: str, remedy: str) -> None:
    """Keep the objects of the one layer of a drawing that has any that fit.

    Args:
        table: the drawing; its other objects lose their shape.
        fits: whether an object is of the kind that is wanted.
        word: what is wanted, for the sentence: 点, 线, 面.
        remedy: what to do where several layers have some.

    Raises:
        WhichLayer: several layers do.
    """
    shapes = table.geometry if table.geometry is not None else np.array([], dtype=object)
    good = [there(shape) and fits(shape) for shape in shapes]
    found = Counter(name or "" for name, fit in zip(table.column(LAYER), good, strict=True) if fit)
    if len(found) > 1:
        question = WhichLayer(f"图里有 {len(found)} 个图层有{word}。", remedy, code="shape.layer")
        question.layers = dict(found.most_common(50))
        raise question
    if found:
        kept = [shape if fit else None for shape, fit in zip(shapes, good, strict=True)]
        table.geometry = np.array(kept, dtype=object)
