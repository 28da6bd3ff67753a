"""``diming train`` from a file of labelled addresses to ``diming parse`` that uses what it learnt."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli import main
from gazetteer import sample
from gazetteer.address.answering.engine import trained_model
from geo.settings import settings

COLUMNS = {
    "区县": "county", "镇街": "town", "街路巷": "road", "自然村": "natvil", "门牌号": "no", "附号": "sub",
    "小区": "estate", "幢": "bld", "单元": "unit", "室": "room",
}  # fmt: skip


def labelled(folder: Path) -> Path:
    """A label file from the sample district's addresses: each column one element, written one after another."""
    made = sample.make(folder / "sample", doors=400)
    target = folder / "labelled.jsonl"
    with (
        made["addresses"].open(encoding="utf-8-sig", newline="") as f,
        target.open("w", encoding="utf-8") as out,
    ):
        for row in csv.DictReader(f):
            text, elements = "", []
            for column, kind in COLUMNS.items():
                if words := row[column]:
                    elements.append({"type": kind, "start": len(text), "end": len(text) + len(words)})
                    text += words
            out.write(json.dumps({"text": text, "elements": elements}, ensure_ascii=False) + "\n")
    return target


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DIMING_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def test_the_model_of_the_sample_districts_addresses_is_measured_kept_and_used(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(labelled(home)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert Path(told["model"]) == trained_model(settings().index_path)
    assert told["f1"] >= max(0.9, told["rules_f1"])
    source = home / "in.csv"
    source.write_text("地址\n黄岩区江口街道永宁大道1号\n", encoding="utf-8")
    assert main(["parse", str(source), "-o", str(home / "out.jsonl")]) == 0
    parsed = json.loads((home / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert [e["type"] for e in parsed["elements"]] == ["county", "town", "road", "no"]


def test_a_file_that_is_no_label_file_is_refused_with_its_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = home / "bad.jsonl"
    bad.write_text("黄岩区横街路118号\n", encoding="utf-8")
    assert main(["train", str(bad)]) != 0
    told = capsys.readouterr()
    assert "第 1 行" in told.err + told.out
    assert not trained_model(settings().index_path).exists()
