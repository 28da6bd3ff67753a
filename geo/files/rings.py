"""A ring of millions of points is seen in the text of a GeoJSON file, before it fills the memory as numbers."""

from __future__ import annotations

from pathlib import Path

from geo.files.limits import Limits
from geo.problems import TooMuch

_PIECE = 1 << 20
_GEOMETRY = b'"geometry"'
_SHORTEST = len("[1,2],")
BEYOND = 5
"""So many times the limit of points the whole file is refused; up to that the one feature is, with a finding."""


def refuse_endless(path: Path, bounds: Limits) -> None:
    """Refuse a GeoJSON file with a line or ring far over the limit of points; seconds for a file of hundreds of megabytes.

    Points of one ring are what stands between two ``]]`` with ``],[`` between them, whatever space is strewn in.

    Raises:
        TooMuch: with the number of the feature.
    """
    most = bounds.vertices * BEYOND
    if path.stat().st_size < most * _SHORTEST:
        return
    run, feature, tail = 0, 0, b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            text = tail + piece.translate(None, b" \t\r\n")
            # A word that lies over the end of the piece is held back for the next one.
            text, tail = text[: -len(_GEOMETRY)], text[-len(_GEOMETRY) :]
            for number, part in enumerate(text.split(_GEOMETRY)):
                feature, run = (feature + 1, 0) if number else (feature, run)
                run, longest = _runs(part, run)
                if longest > most:
                    raise _endless(path.name, max(feature, 1), most)


def _runs(part: bytes, run: int) -> tuple[int, int]:
    """Points of the ring that is open at the end of the part, and the most of any ring in it."""
    counts = [ring.count(b"],[") for ring in part.split(b"]]")]
    counts[0] += run
    return counts[-1], max(counts)


def _endless(name: str, feature: int, most: int) -> TooMuch:
    return TooMuch(
        f"“{name}”第 {feature} 个要素有一条线或一个环超过 {most} 个点。",
        "请在地图软件里简化这个要素后重新导出。",
        code="file.vertices",
    )
