"""The repair desk learns: a name that a decision teaches, rows matched again with it, lines for the training."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from api import lookup
from api.repairs import work
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.training.train import read_examples
from gazetteer.register.index_source import write_index
from gazetteer.repair import decisions, learning, rematching, rows
from gazetteer.repair.rows import Filter
from geo.problems import BadInput, Conflict
from geo.store.engine import session
from tests.repairing import LI, ZHANG, as_csv, finished, matched


def rebuilt(index: Path) -> Path:
    with session(timeout_s=0) as db:
        write_index(db, index)
    return index


def picked(door: Any) -> dict[str, Any]:
    """A door as a person picks it by hand."""
    return {
        "standard_address": "",
        "code": door.code,
        "level": "door",
        "lon": 121.2,
        "lat": 28.6,
        "made_up": True,
    }


def test_a_taught_name_makes_the_next_file_auto_and_is_taken_back(register: Path) -> None:
    with session() as db:
        door = db.execute(text(
            "SELECT code, handle_name, number FROM register.address WHERE handle_kind = 'road' AND sub = '' "
            "AND number ~ '^[0-9]+$' ORDER BY code LIMIT 1")).one()  # fmt: skip
    texts = [f"黄岩区老供销社前街{door.number}号"]
    batch = matched(as_csv(texts))
    with session() as db:
        row = rows.one(db, batch, 1)
        assert row.status != "auto"
        decisions.answer_by_hand(db, batch, 1, picked(door), version=row.version, officer=ZHANG)
        target = learning.target_of(db, door.code)
        assert target is not None and target.name == door.handle_name
        with pytest.raises(BadInput):
            learning.teach(db, batch, 1, target.name, "俗称", officer=ZHANG)
        alias = learning.teach(db, batch, 1, "老供销社前街", "俗称", officer=ZHANG)
    answer = Geocoder.open(rebuilt(register)).geocode(texts[0])
    assert (answer.status, answer.best and answer.best.code) == ("auto", door.code)
    with session() as db:
        learning.forget(db, batch, 1, alias, officer=LI)
        assert learning.taught(db, batch, 1) == []
    answer = Geocoder.open(rebuilt(register)).geocode(texts[0])
    assert answer.status != "auto"


def a_door() -> Any:
    """A numbered door on a road, with its town and the name of another."""
    with session() as db:
        return db.execute(text(
            "SELECT a.code, a.number, t.name AS town, o.name AS other FROM register.address a "
            "JOIN register.division t ON t.code = left(a.division, 9) || '000' "
            "JOIN register.division o ON o.parent = t.parent AND o.code <> t.code "
            "WHERE a.handle_kind = 'road' AND a.sub = '' AND a.number ~ '^[0-9]+$' AND a.valid_to IS NULL "
            "ORDER BY a.code, o.code LIMIT 1")).one()  # fmt: skip


def teach_by(batch: int, number: int, door: Any, name: str) -> int:
    """Decide a row by hand for a door and let it teach a name."""
    with session() as db:
        row = rows.one(db, batch, number)
        decisions.answer_by_hand(db, batch, number, picked(door), version=row.version, officer=ZHANG)
        return learning.teach(db, batch, number, name, "俗称", officer=ZHANG)


def match_again(batch: int) -> int:
    with session() as db:
        count = rematching.match_again(db, batch, officer=LI)
        work.queue(db, batch)
    while not finished(batch):
        work.work(batch)
    return count


def test_open_rows_matched_again_use_what_was_taught_and_taking_it_back_restores_the_former_answer(
    register: Path,
) -> None:
    door = a_door()
    written = [f"黄岩区{town}老粮站门口街{door.number}号" for town in (door.town, door.town, door.other)]
    batch = matched(as_csv([*written, "黄岩区永宁大道１号"]))
    with session() as db:
        former = [rows.one(db, batch, n) for n in (1, 2, 3, 4)]
        assert all(row.status != "auto" for row in former[:3])
    alias = teach_by(batch, 1, door, "老粮站门口街")
    assert match_again(batch) == 3
    with session() as db:
        first, second, elsewhere, plain = (rows.one(db, batch, n) for n in (1, 2, 3, 4))
    assert (first.state, first.outcome["code"], first.answer) == ("manual", door.code, former[0].answer)
    assert (second.status, second.answer["candidates"][0]["code"]) == ("auto", door.code)
    assert elsewhere.status != "auto", "the text names another town than the road lies in"
    assert plain.answer == former[3].answer and plain.version == former[3].version + 1
    with pytest.raises(Conflict, match="重新匹配过"), session() as db:
        decisions.accept(db, batch, 2, 0, version=former[1].version, officer=ZHANG)
    next_file = matched(as_csv(written[:1]))
    with session() as db:
        assert rows.one(db, next_file, 1).status == "auto"
        learning.forget(db, batch, 1, alias, officer=LI)
    match_again(batch)
    with session() as db:
        again = [rows.one(db, batch, n) for n in (2, 3, 4)]
    assert [(r.status, r.answer) for r in again] == [(r.status, r.answer) for r in former[1:]]


def test_a_decided_row_is_not_matched_again(register: Path) -> None:
    batch = matched(as_csv(["黄岩区永宁大道１号"]))
    with session() as db:
        row = rows.one(db, batch, 1)
        decisions.reject(db, batch, 1, "不是地址", version=row.version, officer=ZHANG)
        with pytest.raises(Conflict, match="没有待处理"):
            rematching.match_again(db, batch, officer=LI)


def test_a_name_that_another_road_bears_is_no_alias(batch: int) -> None:
    with session() as db:
        row = next(r for r in rows.page(db, batch, Filter(status="auto"), 1) if r.level == "door")
        decisions.accept(db, batch, row.number, 0, version=row.version, officer=ZHANG)
        target = learning.target_of(db, row.answer["candidates"][0]["code"])
        other = db.scalar(text("SELECT name FROM register.road WHERE name <> :name AND valid_to IS NULL LIMIT 1"),
                          {"name": target.name if target else ""})  # fmt: skip
        with pytest.raises(Conflict, match="另一条道路"):
            learning.teach(db, batch, row.number, other, "错写", officer=ZHANG)


def test_confirmed_rows_become_lines_that_the_training_reads(batch: int, tmp_path: Path) -> None:
    with session() as db:
        count = decisions.impact(db, batch, "auto", "").rows
        decisions.accept_in_bulk(db, batch, "auto", "", expected=count, officer=ZHANG)
        lines = list(learning.training_lines(db, batch, lookup.engine()))
    file = tmp_path / "lines.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    examples = read_examples(file)
    assert len(examples) == len(lines) > 50
    for line in map(json.loads, lines):
        spans = [(e["start"], e["end"]) for e in line["elements"]]
        assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in pairwise(spans))
