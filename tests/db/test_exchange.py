"""The national database: matching, a state for every row, field-by-field decisions, a package that can be filed."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange import codes, many, package, push, queue, terms
from gazetteer.exchange.fields import NAMES
from gazetteer.exchange.records import check, ours
from gazetteer.exchange.rehearsal import write_rehearsal
from gazetteer.register.models import Division, Road
from geo.problems import BadInput, Conflict
from geo.store.cluster import Cluster
from geo.store.engine import act, session
from tests.databases import Clone, filled

AREA = "331003"
ALL, WRONG = 4575, 366
BATCH = 1


@pytest.fixture
def names(cluster: Cluster, clone: Clone) -> Iterator[Session]:
    """4,575 names in one county: 4,574 places and a road."""
    with clone(_names(cluster, clone)), session() as db:
        act(db, actor="zhang", action="test")
        yield db


@pytest.fixture
def compared(cluster: Cluster, clone: Clone, tmp_path: Path) -> Iterator[Session]:
    """The same with an export of the national database compared, batch 1: 366 rows differ."""

    def compare() -> None:
        file = tmp_path / "国家库导出.csv"
        with session() as db:
            act(db, actor="zhang", action="set-up")
            assert write_rehearsal(db, file, area=AREA, differing=WRONG) == ALL
            assert queue.compare(db, file, actor="zhang", area=AREA) == BATCH

    before = _names(cluster, clone)
    with clone(filled(cluster, clone, "template_compared", compare, base=before)), session() as db:
        act(db, actor="zhang", action="test")
        yield db


def _names(cluster: Cluster, clone: Clone) -> str:
    def load() -> None:
        with session() as db:
            act(db, actor="zhang", action="set-up")
            _add_names(db)

    return filled(cluster, clone, "template_names", load)


def _add_names(db: Session) -> None:
    for code, level, parent, name in (
        ("330000000000", 1, None, "浙江省"), ("331000000000", 2, "330000000000", "台州市"),
        ("331003000000", 3, "331000000000", "黄岩区"), ("331003001000", 4, "331003000000", "东城街道"),
    ):  # fmt: skip
        db.add(Division(code=code, level=level, parent=parent, name=name))
        db.flush()
    db.execute(text("""
        INSERT INTO register.place (standard_name, category, class_code, division, romanisation, meaning, geom)
        SELECT '示例村' || n, CASE n % 3 WHEN 0 THEN 'C' WHEN 1 THEN 'F' ELSE 'A' END,
               CASE n % 3 WHEN 0 THEN '22200' WHEN 1 THEN '22100' ELSE '' END, '331003001000', 'SHILICUN' || n, '示例',
               ST_SetSRID(ST_MakePoint(121.0 + (n % 70) * 0.004, 28.5 + (n / 70) * 0.004), 4490)
        FROM generate_series(1, :n) n
    """), {"n": ALL - 1})  # fmt: skip
    db.add(Road(code="R1", name="永宁路", division="331003001000", romanisation="YONGNINGLU"))
    db.flush()
    db.execute(text("INSERT INTO register.road_segment (road, division, geom) VALUES "
                    "('R1', '331003001000', ST_GeomFromText('LINESTRING(121.25 28.63, 121.26 28.63)', 4490))"))  # fmt: skip


def test_codes_have_20_digits_from_county_township_and_class_and_are_never_given_twice(
    names: Session,
) -> None:
    assert codes.give(names) == ALL
    assert codes.give(names) == 0
    given = [record.fields["place_code"] for record in ours(names)]
    assert len(set(given)) == ALL
    assert all(codes.CODE.fullmatch(code) and code.startswith("331003001") for code in given)
    assert {code[9:14] for code in given} <= {term.code for term in terms.classes(names).terms}


def test_no_row_is_left_without_a_state_and_the_planted_differences_are_those_found(
    compared: Session,
) -> None:
    number = queue.counts(compared, BATCH)
    assert sum(number.values()) == ALL
    assert number["待核"] == WRONG
    assert number["一致"] == ALL - WRONG
    found = queue.rows(compared, BATCH, state="待核", most=1000)
    assert {row.matched_by for row in found} == {"代码", "名称"}
    assert {name for row in found for name in row.differing} == {
        "roman_alphabet_spelling", "place_meaning", "standard_name", "gdm", "place_code", "place_origin",
    }  # fmt: skip


def test_a_row_is_found_by_code_by_name_by_former_name_and_by_place(names: Session, tmp_path: Path) -> None:
    write_rehearsal(names, tmp_path / "all.csv", area=AREA, differing=0)
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))[:5]
    rows[1]["地名代码"] = ""
    rows[2] |= {"地名代码": "", "标准名称": rows[2]["标准名称"] + "旧村"}
    rows[3] |= {"地名代码": "", "标准名称": "老名村"}
    alias = names.scalar(text("INSERT INTO register.alias (alias, kind, valid_to) VALUES ('老名村', '更名', '2020-01-01') "
                              "RETURNING id"))  # fmt: skip
    names.execute(
        text("INSERT INTO register.alias_target (alias, place) VALUES (:a, :p)"),
        {"a": alias, "p": rows[3]["序号"]},
    )
    rows[4] |= {"地名代码": "", "标准名称": "完全不同", "位置": '{"type":"Point","coordinates":[120,28]}'}
    with (tmp_path / "some.csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    made = queue.compare(names, tmp_path / "some.csv", actor="zhang", area=AREA)
    found = queue.rows(names, made, most=6)
    assert [row.matched_by for row in found[:5]] == ["代码", "名称", "位置", "曾用名", ""]
    assert [row.side for row in found[4:6]] == ["national", "local"]
    assert queue.counts(names, made)["待核"] > ALL - 10


def test_a_national_wording_is_taken_over_field_by_field_and_a_name_is_not(
    compared: Session,
) -> None:
    row = queue.rows(compared, BATCH, field="place_meaning", most=1)[0]
    assert (
        queue.decide(compared, BATCH, row.number, {"place_meaning": "theirs"}, version=1, actor="li")
        == "已改"
    )
    assert (
        compared.scalar(text("SELECT meaning FROM register.place WHERE code = :c"), {"c": row.code})
        == row.theirs["place_meaning"]
    )
    with pytest.raises(Conflict, match="已被别人核对"):
        queue.mark(compared, BATCH, row.number, "一致", version=1, actor="wang")
    other = queue.rows(compared, BATCH, field="standard_name", most=1)[0]
    with pytest.raises(BadInput, match="不能从这里改"):
        queue.decide(compared, BATCH, other.number, {"standard_name": "theirs"}, version=1, actor="li")
    with pytest.raises(BadInput, match="没有选定"):
        queue.decide(compared, BATCH, other.number, {}, version=1, actor="li")
    with pytest.raises(BadInput, match="疑在哪里"):
        queue.mark(compared, BATCH, other.number, "存疑", version=1, actor="li")


def test_many_rows_take_the_national_wording_and_those_whose_name_or_place_differs_stay_open(
    compared: Session,
) -> None:
    open_ = queue.rows(compared, BATCH, state="待核", most=1000)
    fit = many.takeable(open_)
    assert {name for row in fit for name in row.differing} == {
        "place_meaning",
        "place_origin",
        "roman_alphabet_spelling",
    }
    assert len(fit) == sum(n for _, n in many.told(fit)) == WRONG // 2
    assert many.decide(compared, open_, "theirs", actor="li") == len(fit)
    origin = next(row for row in fit if row.differing == ("place_origin",))
    kept = compared.scalar(text("SELECT origin FROM register.place WHERE code = :c"), {"c": origin.code})
    assert kept == origin.theirs["place_origin"]
    left = queue.rows(compared, BATCH, state="待核", most=1000)
    assert len(left) == WRONG - len(fit) == queue.count(compared, BATCH, state="待核")
    assert many.decide(compared, left, "same", actor="li") == len(left)
    assert queue.counts(compared, BATCH) == {
        "待核": 0,
        "一致": ALL - len(fit),
        "需改": 0,
        "已改": len(fit),
        "存疑": 0,
    }
    assert many.decide(compared, left, "ours", actor="wang") == 0, "somebody was faster"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_366_records_of_the_package_are_valid_and_their_codes_are_unique(
    compared: Session, tmp_path: Path, ending: str
) -> None:
    waiting = [row.number for row in queue.rows(compared, BATCH, state="待核", most=1000)]
    assert queue.ours_for_all(compared, BATCH, waiting, actor="zhang") == WRONG
    made, found = package.build(compared, BATCH)
    assert (len(made), found) == (WRONG, [])
    assert len({row["place_code"] for row in made}) == WRONG
    assert all(row["changed"] and set(NAMES) <= set(row) for row in made)
    assert package.write(compared, BATCH, tmp_path / f"更新包.{ending}") == WRONG
    assert package.delivered(compared, BATCH, actor="zhang") == WRONG
    assert queue.counts(compared, BATCH)["已改"] == WRONG


def test_a_record_that_is_not_fit_to_be_filed_says_why(db: Session) -> None:
    unfit = {"place_code": "12", "standard_name": "", "gdm": "", "roman_alphabet_spelling": "abc"}
    words = {finding.where for finding in check(unfit, terms.classes(db))}
    assert words == {"地名代码", "标准名称", "类别代码", "罗马字母拼写", "位置"}


def test_changes_are_pushed_once_as_a_file_and_by_http_with_the_known_items(
    database_url: str, tmp_path: Path
) -> None:
    with session() as db:
        act(db, actor="test", action="set-up")
        db.add(Division(code="331003000000", level=3, name="黄岩区"))
        db.flush()
        db.add(Road(code="R1", name="永宁路", division="331003000000", meaning="永远安宁"))
    with session() as db:
        codes.give(db)
        assert push.deliver(db, "file", push.to_file(tmp_path / "push.jsonl"), form="file") == 1
        assert push.deliver(db, "file", push.to_file(tmp_path / "push.jsonl"), form="file") == 0
    [line] = (tmp_path / "push.jsonl").read_text(encoding="utf-8").splitlines()
    sent = json.loads(line)
    assert (sent["op"], sent["PLACEID"], sent["STREETID"]) == ("ADD", "331003R1", "331003000")
    assert set(sent["items"]) == {"BMMX0001", "BMMX0018", "BMMX0042", "BMMX0044", "BMMX0047"}
    assert sent["items"]["BMMX0042"] == "永远安宁"
    assert len(sent["items"]["BMMX0001"]) == 20
    received: list[dict[str, object]] = []

    class Platform(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Platform) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with session() as db:
            db.execute(
                text(
                    "UPDATE register.road SET state = '销名', valid_to = current_date, version = version + 1"
                )
            )
        with session() as db:
            assert (
                push.deliver(
                    db, "province", push.to_http(f"http://127.0.0.1:{server.server_port}/"), form="http"
                )
                == 1
            )
        server.shutdown()
    assert [one["op"] for one in received] == ["DELETE"]


def test_the_bureaus_own_class_table_replaces_a_guess_and_gives_its_provisional_codes_anew(
    names: Session, tmp_path: Path
) -> None:
    assert [term.certainty for term in terms.listed(names, "class") if term.place == "E"] == ["G"]
    codes.give(names)
    before = names.scalar(text("SELECT place_code FROM register.exchange_record WHERE kind = 'road'"))
    assert codes.provisional(names) > 1
    file = tmp_path / "类别码.csv"
    file.write_text(
        "代码,名称,用于,依据程度,来源\n23110,道路,E,有据,国家库类别表\n13000,自然地理实体,A,有据,国家库类别表\n",
        "utf-8",
    )
    assert terms.take(names, terms.read(file, "class"), "class", actor="zhang") == 2
    assert codes.renew(names) == 1
    after = names.scalar(text("SELECT place_code FROM register.exchange_record WHERE kind = 'road'"))
    assert (before[9:14], after[9:14]) == ("26000", "23110")
    assert codes.provisional(names) == 0
    kept = names.execute(
        text("SELECT retired_on IS NOT NULL FROM register.place_code WHERE place_code = :c"), {"c": before}
    )
    assert kept.scalar_one()
    assert {term.code for term in terms.listed(names, "class")} >= {"22100", "23110"}
    assert terms.version(names).startswith("2026-1+")
    assert codes.give(names) == codes.renew(names) == 0


def test_a_class_table_that_does_not_fit_is_refused_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "类别码.csv"
    file.write_text(
        "代码,名称,用于,依据程度,来源\n26,道路,E,有据,表\n23110,,Z,也许,\n23110,路,E,有据,表\n", "utf-8"
    )
    with pytest.raises(BadInput) as refused:
        terms.read(file, "class")
    assert [(f.row, f.where) for f in refused.value.findings] == [
        (2, "代码"), (3, "名称"), (3, "用于"), (3, "依据程度"), (3, "来源"), (4, "代码"), (4, "用于"),
    ]  # fmt: skip
