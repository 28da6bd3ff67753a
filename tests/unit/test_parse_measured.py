"""The parser against labelled addresses, where the measuring data is present."""

import collections
import json
import os
from pathlib import Path

import pytest

from gazetteer.address.reading.parse import Parser

SHARED = Path(os.environ.get("DIMING_SHARED", Path(__file__).parents[3] / "shared"))
LABELLED = SHARED / "data/parsing/addresses_labelled.jsonl"
ELEMENT = {
    "prov": "prov", "city": "city", "district": "county", "town": "town", "community": "comm", "road": "road",
    "subroad": "road", "roadno": "no", "subroadno": "no", "poi": "estate", "subpoi": "estate", "houseno": "bld",
    "cellno": "unit", "floorno": "floor", "roomno": "room",
}  # fmt: skip
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not LABELLED.exists(), reason="labelled addresses (parsing/addresses_labelled.jsonl) absent"
    ),
]


def gold(row: dict[str, list[str]]) -> set[tuple[str, int, int]]:
    spans: list[list[int | str]] = []
    position, before = 0, ""
    for token, tag in zip(row["tokens"], row["tags"], strict=True):
        head, _, name = tag.partition("-")
        if head == "I" and name.lower() == before:
            spans[-1][2] = position + len(token)
        else:
            spans.append([name.lower(), position, position + len(token)])
        before = name.lower()
        position += len(token)
    return {(ELEMENT[str(k)], int(a), int(b)) for k, a, b in spans if k in ELEMENT}


def test_elements_agree_with_the_labelled_set_without_having_seen_it() -> None:
    parser, score = Parser(), collections.Counter()
    for line in LABELLED.read_text(encoding="utf-8").splitlines()[::3]:
        row = json.loads(line)
        got = {
            (e.type, e.start, e.end)
            for e in parser.parse(row["text"]).elements
            if e.type in set(ELEMENT.values())
        }
        want = gold(row)
        score.update(right=len(got & want), found=len(got), wanted=len(want))
    f1 = 2 * score["right"] / (score["found"] + score["wanted"])
    assert f1 >= 0.85, f"F1 {f1:.4f}"
