"""The sealed chain over the audit, exports with a signature, reads that leave a trace, writes that stay in their division."""

from __future__ import annotations

import json
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.cli import main
from api.security import archiving, audit, sealing
from api.security.vault import public_key
from geo.problems import BadFile, BadInput, NotAllowed
from geo.settings import settings
from geo.store.acts import REACH
from geo.store.cluster import OWNER, Cluster
from geo.store.engine import act, note_read, session

ADD = text("INSERT INTO access.organisation (name) VALUES (:name)")


def write(name: str) -> None:
    with session() as db:
        act(db, actor="zhang", action="organisation.add", request_id=f"r-{name}")
        db.execute(ADD, {"name": name})


def as_owner(cluster: Cluster, url: str, statement: str) -> None:
    with cluster.connect(OWNER, url.rsplit("/", 1)[-1].split("?")[0]) as connection:
        connection.execute(statement)


def settled_seal() -> int:
    """Seal once no other test's database on this server holds its horizon of transactions behind our last act."""
    with session() as db:
        mine = db.scalar(text("SELECT pg_current_xact_id()::text::bigint"))
    passed = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > :mine")
    while True:
        with session() as db:
            if db.scalar(passed, {"mine": mine}):
                return sealing.seal()
        time.sleep(0.02)


def checked() -> sealing.Checked:
    with session() as db:
        return sealing.verify(db)


def test_sealed_entries_hold_and_new_ones_wait_for_the_next_block(database_url: str) -> None:
    write("甲单位")
    assert settled_seal() > 0
    write("乙单位")
    seen = checked()
    assert (seen.blocks, seen.unsealed, seen.findings) == (1, 1, ())
    assert settled_seal() == 1 and settled_seal() == 0
    assert checked().blocks == 2


@pytest.mark.parametrize("damage", [
    "DELETE FROM audit.entry WHERE request_id = 'r-乙单位'",
    "UPDATE audit.entry SET actor = 'li' WHERE request_id = 'r-乙单位'",
    "INSERT INTO audit.entry (txid, actor, action, request_id, operation, table_name, row_count) "
    "SELECT txid, 'x', 'x', '', 'insert', 'x', 1 FROM audit.entry WHERE request_id = 'r-乙单位'",
    "DELETE FROM audit.seal WHERE id = 2",
    "UPDATE audit.seal SET hash = sha256('x') WHERE id = 3",
])  # fmt: skip
def test_whatever_the_owner_changes_behind_the_program_shows(
    cluster: Cluster, database_url: str, damage: str
) -> None:
    for name in ("甲单位", "乙单位", "丙单位"):
        write(name)
        settled_seal()
    assert checked().findings == ()
    as_owner(cluster, database_url, damage)
    assert checked().findings


def test_a_chain_written_anew_from_the_damage_on_differs_from_the_signed_file(
    cluster: Cluster, database_url: str
) -> None:
    for name in ("甲单位", "乙单位"):
        write(name)
        settled_seal()
    as_owner(cluster, database_url, "DELETE FROM audit.entry WHERE request_id = 'r-乙单位'")
    as_owner(
        cluster,
        database_url,
        "UPDATE audit.seal SET hash = audit.block_hash(previous, after_id, last_id, from_txid, to_txid) WHERE id = 2",
    )
    assert any("封条文件" in finding.evidence for finding in checked().findings)


def test_an_act_that_is_still_open_is_sealed_once_it_has_ended_and_nobody_waits(database_url: str) -> None:
    opened, go = threading.Event(), threading.Event()

    def slow() -> None:
        with session() as db:
            act(db, actor="slow", action="x")
            db.execute(ADD, {"name": "慢单位"})
            opened.set()
            go.wait()

    thread = threading.Thread(target=slow)
    thread.start()
    try:
        opened.wait()
        write("快单位")
        sealing.seal()
    finally:
        go.set()
        thread.join()
    settled_seal()
    seen = checked()
    assert (seen.unsealed, seen.findings) == (0, ())


def test_a_database_that_counts_transactions_anew_after_a_restore_goes_on_with_the_chain(
    cluster: Cluster, database_url: str
) -> None:
    write("甲单位")
    settled_seal()
    write("乙单位")
    # As in another server: what is there has numbers far ahead of this server's count.
    as_owner(
        cluster, database_url, "UPDATE audit.entry SET txid = (txid::text::bigint + 1000000000)::text::xid8"
    )
    as_owner(
        cluster,
        database_url,
        "UPDATE audit.seal SET from_txid = '0', to_txid = (to_txid::text::bigint + 1000000000)::text::xid8",
    )
    as_owner(
        cluster,
        database_url,
        "UPDATE audit.seal SET hash = audit.block_hash(previous, after_id, last_id, from_txid, to_txid)",
    )
    sealing.anchors().unlink()
    write("丙单位")
    settled_seal()
    write("丁单位")
    settled_seal()
    seen = checked()
    assert (seen.unsealed, seen.findings) == (0, ())


def test_the_programs_role_cannot_touch_the_seals(database_url: str) -> None:
    for statement in (
        "DELETE FROM audit.seal",
        "UPDATE audit.seal SET entries = 0",
        "SELECT audit.seal_block(0, '0', '9')",
    ):
        with pytest.raises(NotAllowed), session() as db:
            db.execute(text(statement))


def test_an_export_is_checked_by_its_signature_and_a_changed_one_is_refused(database_url: str) -> None:
    write("甲单位")
    write("乙单位")
    with session() as db:
        content = audit.exported(db, audit.Search(actor="zhang"), by="auditor")
    head, *rows, _ = content.decode().splitlines()
    assert json.loads(head)["entries"] == len(rows) == 2
    assert audit.check_export(content, public_key()) == 2
    with pytest.raises(BadFile):
        audit.check_export(content.replace("乙单位".encode(), "己单位".encode()), public_key())
    with pytest.raises(BadFile):
        audit.check_export(b"".join(content.splitlines(keepends=True)[:1]), public_key())


def test_what_is_past_its_time_of_keeping_goes_into_a_signed_file_and_the_chain_holds_without_it(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("甲单位")
    settled_seal()
    write("乙单位")
    settled_seal()
    write("丙单位")
    file, keep = tmp_path / "audit.jsonl", settings().audit_keep_years
    assert main(["audit", "archive", str(file)]) == 0
    assert "没有超过" in capsys.readouterr().out and not file.exists()
    with session() as db:
        rows = int(db.scalar(text("SELECT count(*) FROM audit.entry")) or 0)
    later = datetime.now().astimezone() + timedelta(days=366 * keep + 40)
    done = archiving.archive(file, now=later)
    assert (done.blocks, done.entries, done.more) == (2, rows - 1, False)
    head, *entries, _ = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [seal["seal"] for seal in head["seals"]] == [1, 2] and len(entries) == done.entries
    assert audit.check_export(file.read_bytes(), public_key()) == done.entries
    with session() as db:
        left = audit.found(db, audit.Search(), limit=10)
    # What is not sealed yet stays, and that the rest was taken out is itself an entry.
    assert [entry.action for entry in left] == ["audit.archive", "organisation.add"]
    assert checked().findings == ()
    settled_seal()
    assert checked().findings == ()
    assert archiving.archive(tmp_path / "again.jsonl", now=later).blocks == 1


def test_nothing_goes_into_the_archive_from_a_block_that_does_not_hold(
    cluster: Cluster, database_url: str, tmp_path: Path
) -> None:
    write("甲单位")
    settled_seal()
    as_owner(cluster, database_url, "UPDATE audit.entry SET actor = 'li'")
    later = datetime.now().astimezone() + timedelta(days=366 * settings().audit_keep_years + 40)
    with pytest.raises(BadInput, match="封存时不同"):
        archiving.archive(tmp_path / "audit.jsonl", now=later)
    assert list(tmp_path.glob("*audit*")) == []


def test_a_read_of_protected_values_leaves_an_entry(db: Session) -> None:
    act(db, actor="li", action="marker.look", request_id="q1")
    note_read(db, "register.boundary_marker", code="M1")
    [entry] = audit.found(db, audit.Search(code="M1"))
    assert (entry.actor, entry.operation, entry.request_id) == ("li", "read", "q1")


def road(db: Session, code: str, division: str) -> None:
    db.execute(
        text("INSERT INTO register.division (code, name, level) VALUES (:d, '区', 3) ON CONFLICT DO NOTHING"),
        {"d": division},
    )
    db.execute(
        text(
            "INSERT INTO register.road (code, name, division, source) VALUES (:code, '和平路', :division, '测试')"
        ),
        {"code": code, "division": division},
    )


def test_no_county_touches_another_whatever_handler_writes(database_url: str) -> None:
    with session() as db:
        act(db, actor="system", action="x")
        road(db, "R1", "331003000000")
        road(db, "R2", "331004000000")
    held = REACH.set("331003")
    try:
        with session() as db:
            act(db, actor="clerk", action="x")
            db.execute(text("UPDATE register.road SET name = '和平东路' WHERE code = 'R1'"))
        for statement in (
            "UPDATE register.road SET name = '抢来的路' WHERE code = 'R2'",
            "UPDATE register.road SET division = '331004000000' WHERE code = 'R1'",
            "UPDATE register.road SET division = '331003000000' WHERE code = 'R2'",
        ):
            with pytest.raises(NotAllowed, match="辖区"), session() as db:
                act(db, actor="clerk", action="x")
                db.execute(text(statement))
    finally:
        REACH.reset(held)
