"""The geocoder against messy addresses with known points, where the measuring data is present."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gazetteer import base
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.matching.registered import split_registered
from gazetteer.address.model import DivisionRow, DoorRow

SHARED = Path(os.environ.get("DIMING_SHARED", Path(__file__).parents[3] / "shared"))
FOLDER = SHARED / "data/geocoding"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.exists(), reason="messy addresses with points (geocoding/) absent"),
]


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def doors(counties: dict[str, str]) -> Iterator[DoorRow]:
    for row in rows("reference_addresses.csv"):
        part = split_registered(row["address"])
        yield DoorRow(
            row["id"], "", part.handle, part.number, counties[row["county"]], float(row["lon"]), float(row["lat"]), row["name"]
        )  # fmt: skip


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("measured")
    divisions = [DivisionRow(d.code, d.name, d.level, d.parent) for d in base.divisions()]
    counties = {d.name: d.code for d in divisions if d.level == 3 and d.code.startswith("31")}
    build_index(folder / "m.index", divisions, [], doors(counties))
    engine = Geocoder.open(folder / "m.index")
    return {q["id"]: engine.geocode_lean(q["address"]) for q in rows("queries.csv")}


@pytest.fixture(scope="module")
def scores(answers: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    out = tmp_path_factory.mktemp("scores") / "answers.csv"
    with out.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["id", "status", "level", "confidence", "lon", "lat"])
        for id_, answer in answers.items():
            b = answer.best
            point = (b.lon, b.lat) if b and b.lon == b.lon else ("", "")
            writer.writerow([id_, answer.status, b.level if b else "", answer.confidence, *point])
    command = [
        sys.executable,
        str(SHARED / "eval/geocode_eval.py"),
        str(FOLDER / "truth.csv"),
        str(out),
        "--json",
    ]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_the_right_door_is_found(scores):
    assert scores["ALL"]["hit"] >= 0.97
    for kind in ("chinese_numeral", "traditional", "reversed", "combined"):
        assert scores[kind]["hit"] >= 0.95
    assert scores["name_only"]["hit"] >= 0.90


def test_what_is_applied_without_a_person_is_right(scores):
    assert scores["ALL"]["auto_wrong"] <= 0.002
    assert scores["ALL"]["auto_listed"] >= 0.90


def test_no_door_is_invented_for_a_number_that_cannot_exist(answers):
    kinds = {t["id"]: t["kind"] for t in rows("truth.csv")}
    levels = {
        answers[i].best.level for i, kind in kinds.items() if kind == "impossible_door" and answers[i].best
    }
    assert "door" not in levels


def test_confidence_means_what_it_says(answers):
    truth = {t["id"]: t for t in rows("truth.csv")}
    sure = [a for a in answers.items() if a[1].best and a[1].best.level == "door" and a[1].confidence >= 0.99]
    right = sum(
        bool(truth[i]["register_lon"]) and abs(a.best.lon - float(truth[i]["register_lon"])) < 2e-5
        for i, a in sure
    )
    assert right / len(sure) >= 0.99
