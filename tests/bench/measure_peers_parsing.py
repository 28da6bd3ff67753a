"""Parsing beside other products from PyPI, on the same texts in one run."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gazetteer.address.words.text import normalise
from tests.bench.alone import alone
from tests.bench.engine_timing import share
from tests.bench.frame import Context, Row, measurement
from tests.bench.synthetic import questions
from tests.bench.throwaway import Cannot, environment, ran

# Exact releases: a comparison that changes with somebody else's release says nothing about this product.
PEERS: dict[str, tuple[str, ...]] = {
    "GeocodingCHN": ("GeocodingCHN==1.4.5",),
    "jionlp": ("jionlp==1.5.31",),
    "cpca": ("cpca==0.5.5", "setuptools<81"),
}
FIELDS = ("province", "city", "county", "town", "road", "number", "inside")
HEADS = ("what", "ours", "peer", "ours / peer")
Found = Mapping[str, str | None]


@measurement("peers_parsing", "Parsing beside other products, no register", needs_shared=True, heads=HEADS)
def peers_parsing(context: Context) -> list[Row]:
    """200 texts with known elements for what is right, 2,600 for speed; nobody has a register to look into."""
    assert context.shared is not None
    folder = context.shared / "data/synthetic"
    gold = json.loads((folder / "messy200.json").read_text(encoding="utf-8"))
    texts = [row["q"] for row in gold] + [q.text for q in questions(folder, "queries2400")]
    ours = alone(own, texts)
    rows = []
    for name, packages in PEERS.items():
        try:
            with environment(*packages) as programs:
                peer = ran(programs, "parse_run.py", name, texts=texts, env=os.environ)
            rows += _beside(name, gold, len(texts), ours, peer)
        except Cannot as why:
            rows.append(Row(f"**{'; '.join(packages)}**", "", str(why), ("",)))
    return rows


def own(texts: list[str]) -> dict[str, Any]:
    """What this product's parser finds, in the shape of the peers."""
    from gazetteer.address.reading.parse import Parser

    began = time.perf_counter()
    parser = Parser()
    parser.parse("浙江省台州市黄岩区")
    started = time.perf_counter() - began
    found, began = [], time.process_time()
    parsed = [parser.parse(text) for text in texts]
    took = time.process_time() - began
    kinds = {
        "province": "prov",
        "city": "city",
        "county": "county",
        "town": "town",
        "road": "road",
        "number": "no",
    }
    for one in parsed:
        first: Callable[[Any], str] = lambda kind, one=one: e.value if (e := one.first(kind)) else ""  # noqa: E731
        row = {field: first(kind) for field, kind in kinds.items()}
        found.append(row | {"inside": "-".join(first(k) for k in ("bld", "unit", "room"))})
    return {"found": found, "seconds": took, "raised": 0, "started": started}


def _beside(name: str, gold: list[dict[str, str]], count: int, ours: Found | Any, peer: Any) -> list[Row]:
    version = "; ".join(PEERS[name])
    mine, other = (_right(gold, one["found"]) for one in (ours, peer))
    rows = [Row(f"**{version}**, {count:,} texts", "", "", ("",))]
    rows.append(
        _ratio(
            "texts a second of processor time", count / ours["seconds"], count / peer["seconds"], "{:,.0f}"
        )
    )
    rows.append(_ratio("start, s", ours["started"], peer["started"], "{:.2f}"))
    rows.append(Row("texts on which it raised", str(ours["raised"]), str(peer["raised"]), ("",)))
    for field in FIELDS:
        said = any(one and one.get(field) for one in peer["found"])
        if said:
            rows.append(_ratio(f"right {TITLES.get(field, field)}", mine[field], other[field], "{:.1%}"))
        else:
            rows.append(Row(f"right {TITLES.get(field, field)}", f"{mine[field]:.1%}", "not given", ("",)))
    return rows


TITLES = {"number": "house number", "inside": "building, unit, room"}


def _ratio(what: str, ours: float, peer: float, form: str) -> Row:
    return Row(what, form.format(ours), form.format(peer), (f"{ours / peer:.2f}" if peer else "-",))


def _right(gold: Sequence[Mapping[str, str]], found: Sequence[Found | None]) -> dict[str, float]:
    """Of the texts that say the field, if in other words: the share where it came out with the right value."""
    return {
        field: share(
            _same(field, _meant(field, row), (one or {}).get(field) or "")
            for row, one in zip(gold, found, strict=False)
            if _said(field, row)
        )
        for field in FIELDS
    }


def _said(field: str, row: Mapping[str, str]) -> bool:
    meant = _meant(field, row)
    if field in ("road", "number", "inside"):
        return bool(meant)
    # Some peers add the province to a county; what a text does not say is no question of parsing.
    return bool(meant) and meant[:2] in normalise(row["q"]).clean


def _meant(field: str, row: Mapping[str, str]) -> str:
    if field == "inside":
        return "-".join(filter(None, (row["building"], row["unit"], row["room"])))
    return row[field]


def _same(field: str, meant: str, said: str) -> bool:
    if field in ("number", "inside"):
        return re.findall(r"[0-9]+", meant) == re.findall(r"[0-9]+", said)
    return meant == said
