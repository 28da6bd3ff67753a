"""The diagnosis over the real register: kept, carried from run to run, mended by reserving."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.diagnosis import figures, store
from gazetteer.diagnosis.strip import Mark, strip
from gazetteer.numbering.ground import load
from gazetteer.register.acts import rename_road
from gazetteer.register.models import Road
from geo.cases import states
from geo.problems import BadInput
from tests import street


@pytest.fixture
def road(db: Session) -> str:
    code = street.lay_out(db)
    for number, at in (("2", "f"), ("4", "e"), ("8", "c"), ("1", "H"), ("3", "G"), ("5", "b")):
        street.door(db, code, number, at)
    return code


def kinds(db: Session) -> dict[str, str]:
    return {str(f["kind"]): str(f["numbers"]) for f in store.findings(db) if f["state"] == "open"}


def test_what_is_planted_is_found_and_kept_with_the_version_of_the_rules(db: Session, road: str) -> None:
    ran = store.run(db, actor="test")
    assert kinds(db) == {"D1": "6号", "D3": "5号"}
    assert (ran.doors, ran.found, ran.skipped) == (6, 2, ("D7",))
    assert "331003@" in ran.rules and "D10/2" in ran.rules


def test_a_finding_keeps_its_state_and_says_when_it_is_gone(db: Session, road: str) -> None:
    store.run(db, actor="test")
    key = str(next(f["key"] for f in store.findings(db) if f["kind"] == "D3"))
    with pytest.raises(BadInput, match="理由"):
        store.judge(db, key, "dismissed", by="张三", note="")
    store.judge(db, key, "dismissed", by="张三", note="历史编号")
    store.run(db, actor="test")
    assert store.finding(db, key)["state"] == "dismissed"
    missing = str(next(f["key"] for f in store.findings(db) if f["kind"] == "D1"))
    assert store.keep_reserved(db, missing, actor="test") == 1
    store.run(db, actor="test")
    assert store.finding(db, missing)["state"] == "gone"


def test_hung_plates_tell_of_doors_without_one_of_old_names_and_of_ended_doors(
    db: Session, road: str
) -> None:
    codes = {row.number: row.code for row in db.execute(text("SELECT number, code FROM register.address"))}
    for at, number in enumerate(("2", "4", "8", "1")):
        plate = f"{at:011d}"
        db.execute(
            text(
                "INSERT INTO register.plate (code, address, kind, reason) VALUES (:p, :a, '小门牌', '新编')"
            ),
            {"p": plate, "a": codes[number]},
        )
        states.begin(db, "plate", plate, "hung", actor="test")
    db.execute(text("UPDATE register.address SET valid_to = current_date WHERE number = '1'"))
    db.execute(text("UPDATE register.plate SET ordered_at = now() - interval '1 day'"))
    row = db.get(Road, road)
    assert row is not None
    rename_road(db, road, "永宁路", version=row.version, on_day=date(2026, 5, 1))
    db.execute(text("INSERT INTO register.plate_seen (face, reporter) VALUES ('后街甲9号', '网格员')"))
    ran = store.run(db, actor="test")
    assert ran.skipped == ()
    assert (ran.counts["D7"], ran.counts["D9"], ran.counts["D10"]) == (3, 3, 1)


def test_the_strip_is_a_picture_of_both_sides(db: Session, road: str) -> None:
    picture = strip(load(db, road), Mark({"x": ("D3",)}))
    root = ET.fromstring(picture)
    words = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"1", "2", "8", "左侧", "右侧", "东端起"} <= set(words)


def test_repaired_findings_are_counted(db: Session, road: str) -> None:
    store.run(db, actor="test")
    store.judge(db, str(store.findings(db)[0]["key"]), "repaired", by="张三", note="")
    year = date.today().year
    counted = figures.figures(db, year)
    assert [f.value for f in counted] == [1, 1] and all("规则 " in f.rule for f in counted)
    # The lists that the figures lead to hold just the rows counted, those of another year none.
    assert (
        len(store.findings(db, state="repaired", year=str(year)))
        == len(store.findings(db, state="live"))
        == 1
    )
    assert store.findings(db, state="repaired", year=str(year - 1)) == []
