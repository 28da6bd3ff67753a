"""What a batch answers is what a single call answers, though the batch leaves out what changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.model import Answer
from gazetteer.sample import alias_rows, division_rows, door_rows, draw, handle_rows
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb

DOORS, SEED = 400, 77
HARD = [
    "浙江台州路桥南城外叶桥头3号",
    "黄岩黄岩区横街路1号",
    "台州路桥人民路1号",
    "路桥1号",
    "中山路3号路桥区",
]
"""Plain to look at, but read otherwise when they are taken apart: 路桥 is a county, 叶桥头 a place."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Geocoder, list[str]]:
    district = draw(DOORS, SEED)
    divisions = list(division_rows(district, nation=True))
    path: Path = tmp_path_factory.mktemp("lean") / "sample.index"
    build_index(path, divisions, handle_rows(district), door_rows(district), alias_rows(district))
    texts = [text for text, _, _ in perturb(list(written(door_rows(district), divisions)), SEED, times=2)]
    return Geocoder.open(path), [*HARD, *texts]


def told(answer: Answer) -> str:
    """Everything but the elements; as text, since a place nobody knows is no number and equals nothing."""
    return repr((answer.status, answer.confidence, answer.candidates, answer.corrections))


def test_the_quick_path_of_a_batch_answers_like_a_single_call(asked: tuple[Geocoder, list[str]]) -> None:
    engine, texts = asked
    assert len(texts) > 700
    differing = [
        t for t in texts if told(engine.geocode_lean(t, limit=5)) != told(engine.geocode(t, limit=5))
    ]
    assert differing == []
