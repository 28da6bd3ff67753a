"""The repair of a stock of bad addresses on a real register: matched, decided, undone, written out, learnt from."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from api import lookup
from api.repairs import upload, work
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.training.train import read_examples
from gazetteer.register.index_source import write_index
from gazetteer.repair import batches, decisions, learning, rematching, result, rows, sampling, undoing
from gazetteer.repair.decisions import Officer
from gazetteer.repair.rows import Filter
from gazetteer.repair.words import is_reversible
from gazetteer.sample import draw
from gazetteer.sample.nonstandard import nonstandard
from geo.problems import BadInput, Conflict, NotFound
from geo.settings import settings
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.databases import Clone
from tests.serving import DOORS, SAMPLE, sample_template

ZHANG, LI = Officer("zhang", "张三"), Officer("li", "李四")


@pytest.fixture
def register(cluster: Cluster, clone: Clone) -> Iterator[Path]:
    """The sample register with its index."""
    index = sample_template(cluster, clone)
    with clone(SAMPLE):
        settings().index_path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(index, settings().index_path)
        yield settings().index_path


def as_csv(texts: list[str]) -> io.BytesIO:
    out = io.StringIO()
    csv.writer(out).writerows([["编号", "地址"], *([str(n), t] for n, t in enumerate(texts, 1))])
    return io.BytesIO(out.getvalue().encode())


def matched(file: io.BytesIO, name: str = "名单.csv") -> int:
    """A file taken in and matched, as the worker does it."""
    given = upload.read(file, name)
    with session() as db:
        batch = batches.take_in(db, given, actor="zhang", shown="张三")
        batches.start(db, batch, given.address_field, actor="zhang")
        work.queue(db, batch)
    # On a busy machine one turn of the worker is not enough.
    while not finished(batch):
        work.work(batch)
    return batch


def finished(batch: int) -> bool:
    with session() as db:
        return bool(
            db.scalar(
                text("SELECT finished_at IS NOT NULL FROM register.repair_batch WHERE id = :b"), {"b": batch}
            )
        )


@pytest.fixture
def texts() -> list[str]:
    cases = [case.text for case in nonstandard(draw(doors=DOORS)) if case.text.strip()]
    # The rules mend how these are written; the register knows nothing of them.
    return [*cases, "黄岩区东城街道魑魅邸６６栋", "浙江省台州市黄岩区南城街道饕餮墅７栋"]


@pytest.fixture
def batch(register: Path, texts: list[str]) -> int:
    return matched(as_csv(texts))


def rebuilt(index: Path) -> Path:
    with session(timeout_s=0) as db:
        write_index(db, index)
    return index


def test_every_row_is_matched_with_its_defects_reasons_and_the_versions(batch: int, texts: list[str]) -> None:
    with session() as db:
        known = batches.find(db, batch)
        seen = rows.counts(db, batch)
        first = rows.page(db, batch, Filter(), 1)
    assert (known.state, known.rows_done, known.row_count) == ("done", len(texts), len(texts))
    assert known.index_version and len(known.engine_version) == 12
    assert sum(seen.statuses.values()) == len(texts) and seen.states == {"open": len(texts)}
    assert {"A01", "A12", "A13", "A14", "A20", "A38"} <= set(seen.kinds)
    assert [row.original for row in first] == texts[: len(first)]
    assert all(row.answer["corrections"] for row in first if row.rules)


def test_a_killed_worker_loses_nothing_and_doubles_nothing(register: Path, texts: list[str]) -> None:
    given = upload.read(as_csv(texts), "a.csv")
    with session() as db:
        batch = batches.take_in(db, given, actor="zhang", shown="张三")
        batches.start(db, batch, "地址", actor="zhang")
    with pytest.raises(KeyboardInterrupt), session() as db:
        work.answering.do_chunk(db, batch, lookup.engine())
        raise KeyboardInterrupt
    with session() as db:
        assert batches.find(db, batch).rows_done == 0
        assert work.answering.do_chunk(db, batch, lookup.engine())
    while not finished(batch):
        work.work(batch)
    with session() as db:
        assert batches.find(db, batch).rows_done == len(texts)


def test_a_kind_is_accepted_in_one_act_after_its_count_was_seen(batch: int) -> None:
    with session() as db:
        seen = decisions.impact(db, batch, "auto", "A12")
        assert seen.rows == rows.counts(db, batch).kinds["A12"][2] > 0
        decision = decisions.accept_in_bulk(db, batch, "auto", "A12", expected=seen.rows, officer=ZHANG)
    with session() as db:
        taken = rows.page(db, batch, Filter(state="accepted"), 1)
        [made] = undoing.decisions(db, batch)
        entries = db.execute(text(
            "SELECT actor, table_name, row_count, detail FROM audit.entry WHERE action = 'repair.bulk-auto'")).all()  # fmt: skip
    assert len(taken) == seen.rows and all(r.status == "auto" and "A12" in r.kinds for r in taken)
    assert all(r.outcome["code"] and r.outcome["rules"] and r.outcome["confidence"] for r in taken)
    assert (made.id, made.row_count, made.kind, made.actor_shown) == (decision, seen.rows, "A12", "张三")
    assert {(e.actor, e.row_count) for e in entries if e.table_name == "register.repair_row"} == {
        ("zhang", seen.rows)
    }
    assert entries[0].detail["kind"] == "A12"


def test_a_bulk_act_over_another_count_than_was_shown_is_refused(batch: int) -> None:
    with session() as db:
        count = decisions.impact(db, batch, "auto", "").rows
    with pytest.raises(Conflict, match=f"现为 {count} 条"), session() as db:
        decisions.accept_in_bulk(db, batch, "auto", "", expected=count - 1, officer=ZHANG)
    with session() as db:
        assert rows.counts(db, batch).states.keys() == {"open"}


def test_only_auto_answers_and_reversible_text_rules_are_ever_taken_in_bulk(batch: int) -> None:
    with session() as db:
        for scope in ("auto", "text"):
            count = decisions.impact(db, batch, scope, "").rows
            decisions.accept_in_bulk(db, batch, scope, "", expected=count, officer=ZHANG)
            assert count
        with pytest.raises(BadInput, match="A20"):
            decisions.impact(db, batch, "text", "A20")
    with session() as db:
        decided = db.execute(text("SELECT * FROM register.repair_row WHERE outcome IS NOT NULL")).all()
    for row in decided:
        assert row.status == "auto" or (row.state == "text" and all(map(is_reversible, row.kinds)))
        assert row.state == "accepted" or not row.outcome["code"]


def test_two_officers_do_not_overwrite_each_other(batch: int) -> None:
    with session() as db:
        row = rows.page(db, batch, Filter(status="auto"), 1)[0]
        decisions.accept(db, batch, row.number, 0, version=row.version, officer=ZHANG)
    with pytest.raises(Conflict, match="已被别人处理过"), session() as db:
        decisions.reject(db, batch, row.number, "看错", version=row.version, officer=LI)
    with session() as db:
        assert rows.one(db, batch, row.number).state == "accepted"


def test_a_decision_is_undone_to_what_stood_before_it(batch: int) -> None:
    with session() as db:
        row = rows.page(db, batch, Filter(status="auto"), 1)[0]
        decisions.accept(db, batch, row.number, 0, version=row.version, officer=ZHANG)
        again = decisions.reject(db, batch, row.number, "门牌已拆", version=row.version + 1, officer=LI)
        assert undoing.undo(db, batch, again, officer=LI) == 1
        back = rows.one(db, batch, row.number)
    assert (back.state, back.outcome["address"], back.actor_shown) == (
        "accepted", row.answer["candidates"][0]["standard_address"], "张三",
    )  # fmt: skip
    with pytest.raises(Conflict, match="撤销过"), session() as db:
        undoing.undo(db, batch, again, officer=LI)


def test_one_row_of_a_bulk_act_is_opened_again_and_the_rest_stays(batch: int) -> None:
    with session() as db:
        count = decisions.impact(db, batch, "auto", "").rows
        decision = decisions.accept_in_bulk(db, batch, "auto", "", expected=count, officer=ZHANG)
        number = rows.page(db, batch, Filter(state="accepted"), 1)[0].number
        assert undoing.undo(db, batch, decision, number=number, officer=LI) == 1
        assert rows.one(db, batch, number).state == "open"
        assert rows.counts(db, batch).states["accepted"] == count - 1
        [made] = undoing.decisions(db, batch)
        assert made.undone_at is None and made.standing == count - 1


def test_the_whole_batch_is_undone_and_the_trace_stays(batch: int, texts: list[str]) -> None:
    with session() as db:
        count = decisions.impact(db, batch, "auto", "").rows
        decisions.accept_in_bulk(db, batch, "auto", "", expected=count, officer=ZHANG)
        row = rows.page(db, batch, Filter(state="open"), 1)[0]
        decisions.reject(db, batch, row.number, "不是地址", version=row.version, officer=ZHANG)
        assert undoing.undo_all(db, batch, officer=LI) == count + 1
        assert rows.counts(db, batch).states == {"open": len(texts)}
        assert [d.undone_by for d in undoing.decisions(db, batch)] == ["李四", "李四"]
        assert db.scalar(text("SELECT count(*) FROM register.repair_change")) == count + 1


def test_the_repaired_file_has_the_same_rows_and_columns_and_what_became_of_each(
    batch: int, texts: list[str]
) -> None:
    with session() as db:
        row = rows.page(db, batch, Filter(status="auto", kind="A12"), 1)[0]
        decisions.accept(db, batch, row.number, 0, version=row.version, officer=ZHANG)
        out = result.repaired(db, batches.find(db, batch))
    assert list(out.columns) == ["编号", "地址", *result.ADDED] and out.made_up
    assert out.columns["地址"] == texts
    at = row.number - 1
    assert out.columns["标准地址"][at] == row.answer["candidates"][0]["standard_address"]
    assert (out.columns["处理结果"][at], out.columns["处理人"][at]) == ("采用", "张三")
    assert isinstance(out.columns["经度"][at], float) and "幢" in str(out.columns["更正说明"][at])
    assert out.columns["不规范类型"][at] == " ".join(row.kinds) and "A12" in row.kinds
    assert out.columns["规则"][at] == " ".join(row.rules) and row.rules
    assert out.columns["可信度"][at] == pytest.approx(row.confidence, abs=1e-4)
    assert out.columns["可信度"].count(None) == len(texts) - 1
    assert out.columns["处理结果"].count("待处理") == len(texts) - 1


def test_the_same_seed_draws_the_same_sample_and_the_accuracy_follows_the_verdicts(batch: int) -> None:
    with session() as db, pytest.raises(BadInput, match="无从抽样"):
        sampling.draw(db, batch, 7, officer=ZHANG)
    with session() as db:
        count = decisions.impact(db, batch, "auto", "").rows
        decisions.accept_in_bulk(db, batch, "auto", "", expected=count, officer=ZHANG)
        assert sampling.draw(db, batch, 7, officer=ZHANG, size=40) == 40
        drawn = [r.number for r in sampling.page(db, batch, 7, limit=100, offset=0)]
        sampling.judge(db, batch, 7, {n: n != drawn[0] for n in drawn}, officer=LI)
        found = sampling.accuracy(db, batch, 7)
        assert (found.drawn, found.right, found.wrong) == (40, 39, 1)
        assert found.low < 0.975 == found.share < found.high
        with pytest.raises(Conflict, match="已经抽过"):
            sampling.draw(db, batch, 7, officer=ZHANG)
        undoing.undo_all(db, batch, officer=ZHANG)
        decisions.accept_in_bulk(db, batch, "auto", "", expected=count, officer=ZHANG)
        sampling.draw(db, batch, 8, officer=ZHANG, size=40)
        assert [r.number for r in sampling.page(db, batch, 8, limit=100, offset=0)] != drawn


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
        found = {
            "standard_address": "",
            "code": door.code,
            "level": "door",
            "lon": 121.2,
            "lat": 28.6,
            "made_up": True,
        }
        decisions.answer_by_hand(db, batch, 1, found, version=row.version, officer=ZHANG)
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
    found = {
        "standard_address": "",
        "code": door.code,
        "level": "door",
        "lon": 121.2,
        "lat": 28.6,
        "made_up": True,
    }
    with session() as db:
        row = rows.one(db, batch, number)
        decisions.answer_by_hand(db, batch, number, found, version=row.version, officer=ZHANG)
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


def test_a_row_that_the_reader_refuses_is_kept_and_not_matched(register: Path) -> None:
    batch = matched(io.BytesIO("编号,地址\n1,永宁大道1号\n2,永宁大道2号,多,出\n3,\n".encode()))
    with session() as db:
        states = [(r.number, r.original, r.status) for r in rows.page(db, batch, Filter(), 1)]
    assert [s[0] for s in states] == [1, 2, 3]
    assert states[2][2] == "none"


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        (b"", "a.csv", "空"),
        (b"\x00\x01", "a.xlsx", "xlsx"),
        ("地址\n".encode(), "a.csv", "没有"),
        (b"{}", "a.geojson", "CSV"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(body: bytes, name: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        upload.read(io.BytesIO(body), name)
    assert said in f"{refused.value.sentence}{refused.value.remedy}"


def test_a_batch_starts_once_and_with_a_column_of_its_own(register: Path) -> None:
    given = upload.read(as_csv(["永宁大道1号"]), "a.csv")
    with session() as db:
        batch = batches.take_in(db, given, actor="zhang", shown="张三")
        with pytest.raises(NotFound):
            batches.start(db, batch, "没有这列", actor="zhang")
        batches.start(db, batch, "地址", actor="zhang")
        with pytest.raises(Conflict):
            batches.start(db, batch, "地址", actor="zhang")
