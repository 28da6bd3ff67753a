"""The repair of a stock of bad addresses on a real register: taken in, matched, decided, undone, written out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sqlalchemy import text

from api import lookup
from api.repairs import upload, work
from gazetteer.repair import batches, decisions, result, rows, sampling, undoing
from gazetteer.repair.rows import Filter
from gazetteer.repair.words import is_reversible
from geo.problems import BadInput, Conflict, NotFound
from geo.store.engine import session
from tests.repairing import LI, ZHANG, as_csv, finished, matched


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
