"""Relative places (相对位置): 人民路与十路交叉口东南方向194米, 卫生院西侧, 实验小学对面."""

from __future__ import annotations

import itertools
import re
from typing import Literal, NamedTuple

from gazetteer.address.model import Relation
from gazetteer.address.reading.state import Piece

_HINT = re.compile(
    r"路段|沿线|交叉|交汇|交界|交口|路口|街口|巷口|转角|拐角|对面|旁|附近|隔壁|[东南西北]|[侧边]|米|公里"
)
_CROSS = re.compile(
    r"[,()的]*(?:交叉路口|交叉口|交汇处|交汇口|交汇|交界处|交界|交口|路口|转角处?|拐角处?|口)"
)
_OFFSET = re.compile(
    r"[,()的]*(?:往|向|以|朝)?正?(?P<direction>[东南西北]{1,2})?(?:面|边|侧|方向|方)?[,()约大]*(?:(?P<km>\d+)(?:公里|千米)[加又]?(?=\d+米))?(?P<distance>\d+(?:\.\d+)?)(?P<unit>米|公里|千米|m|km)(?:处)?"
)
_BESIDE = re.compile(
    r"[,()的]*(?P<word>斜对面|正对面|马路对面|对面|旁边|边上|旁|附近|隔壁|门口|楼下|楼上|后面|前面|路段|沿线|正?(?P<direction>[东南西北]{1,2})(?:侧|面|边|首|角|头))"
)
_JOIN = re.compile(r"[,\-()]*(?:与|和|及|、|近|靠近|/)?[,\-()]*")
_ON_ROAD = frozenset(("路段", "沿线"))
_ANCHORS = frozenset(("road", "no", "sub", "estate", "bld", "natvil", "comm", "town"))


class Located(NamedTuple):
    """A relation and the span of its words in the cleaned text."""

    relation: Relation
    start: int
    end: int


def find_relation(clean: str, pieces: tuple[Piece, ...]) -> Located | None:
    """The relative place that a text describes, or None. ``pieces`` are those read from the same text."""
    if not pieces or not _HINT.search(clean, pieces[0].end):
        return None
    return _intersection(clean, pieces) or _beside(clean, pieces)


def _intersection(clean: str, pieces: tuple[Piece, ...]) -> Located | None:
    for one, other in itertools.pairwise(pieces):
        if one.type != "road" or other.type != "road" or one.end > other.start:
            continue
        join = _JOIN.fullmatch(clean, one.end, other.start)
        cross = _CROSS.match(clean, other.end)
        if join and (cross or any(c in join.group() for c in "与和及")):
            anchors = (clean[one.start : one.end], clean[other.start : other.end])
            end = cross.end() if cross else other.end
            return _with_offset(clean, "intersection", anchors, other.end, end)
    return None


def _beside(clean: str, pieces: tuple[Piece, ...]) -> Located | None:
    for piece in reversed(pieces):
        if piece.type not in _ANCHORS:
            continue
        anchor = _anchor(clean, piece, pieces)
        offset = _OFFSET.match(clean, piece.end)
        if offset:
            return _with_offset(clean, "offset", (anchor,), piece.end, piece.end)
        m = _BESIDE.match(clean, piece.end)
        if m:
            anchors = (*_road_before(clean, piece, pieces), anchor) if m["word"] in _ON_ROAD else (anchor,)
            return Located(Relation("beside", anchors, m["direction"] or m["word"]), m.start(), m.end())
    return None


def _road_before(clean: str, piece: Piece, pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """The road right before a village whose part of it is meant: 325省道 of 325省道潮济村路段."""
    if piece.type == "road":
        return ()
    return tuple(clean[p.start : p.end] for p in pieces if p.type == "road" and p.end == piece.start)


def _anchor(clean: str, piece: Piece, pieces: tuple[Piece, ...]) -> str:
    """Words of the anchor; a door number takes its road with it."""
    if piece.type in ("no", "sub"):
        road = next(
            (p for p in reversed(pieces) if p.type in ("road", "natvil", "comm") and p.end <= piece.start),
            None,
        )
        if road:
            return clean[road.start : piece.end]
    return clean[piece.start : piece.end]


def _with_offset(
    clean: str, kind: Literal["intersection", "offset"], anchors: tuple[str, ...], start: int, end: int
) -> Located:
    m = _OFFSET.match(clean, end)
    if m is None:
        side = _BESIDE.match(clean, end)
        if side and side["direction"]:
            return Located(Relation(kind, anchors, side["direction"]), start, side.end())
        return Located(Relation(kind, anchors), start, end)
    metres = float(m["distance"]) * (1000 if m["unit"] in ("公里", "千米", "km") else 1)
    metres += 1000 * int(m["km"] or 0)
    return Located(Relation(kind, anchors, m["direction"] or "", metres), start, m.end())
