"""A bureau's own confirmed addresses teach the parser its local habits."""

import json
import random
from pathlib import Path

import pytest

from gazetteer.address.reading.parse import Parser
from gazetteer.address.training.train import read_examples, train
from geo.problems import BadInput

VILLAGES = ["樟树下", "前蒋", "上岙", "下洋", "屿头", "潮济", "沙埠叶", "桥亭", "焦坑", "王林"]


def confirmed(count: int) -> list[dict[str, object]]:
    """Made-up addresses of a county where natural villages carry no generic term: 黄岩区樟树下12号."""
    chance = random.Random(7)
    rows = []
    for _ in range(count):
        parts = [
            ("county", "黄岩区"),
            ("natvil", chance.choice(VILLAGES)),
            ("no", f"{chance.randint(1, 300)}号"),
        ]
        text, elements = "", []
        for kind, words in parts:
            elements.append({"type": kind, "start": len(text), "end": len(text) + len(words)})
            text += words
        rows.append({"text": text, "elements": elements})
    return rows


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def test_the_parser_learns_what_the_rules_cannot_know(tmp_path: Path) -> None:
    trained = train(write(tmp_path / "confirmed.jsonl", confirmed(200)), tmp_path / "model.crf")
    assert trained.f1 > trained.rules_f1 or trained.f1 == 1.0
    elements = Parser(model_path=trained.path).parse("黄岩区樟树下 17号").elements
    assert [(e.type, e.text) for e in elements] == [
        ("county", "黄岩区"),
        ("natvil", "樟树下"),
        ("no", "17号"),
    ]


def test_the_same_file_gives_the_same_model(tmp_path: Path) -> None:
    source = write(tmp_path / "confirmed.jsonl", confirmed(80))
    one, other = (train(source, tmp_path / name).path.read_bytes() for name in ("a.crf", "b.crf"))
    assert one == other


def test_without_a_model_file_the_rules_decide_alone(tmp_path: Path) -> None:
    parsed = Parser(model_path=tmp_path / "absent.crf").parse("黄岩区横街路128号")
    assert [e.type for e in parsed.elements] == ["county", "road", "no"]


def test_a_line_that_is_no_labelled_address_is_named_by_its_number(tmp_path: Path) -> None:
    source = write(tmp_path / "bad.jsonl", confirmed(3))
    source.write_text(source.read_text(encoding="utf-8") + '{"text": "黄岩区"}\n坏行\n', encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_examples(source)
    assert [f.row for f in caught.value.findings] == [4, 5]


def test_too_few_addresses_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="不足以训练"):
        train(write(tmp_path / "few.jsonl", confirmed(5)), tmp_path / "model.crf")
