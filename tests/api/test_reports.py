"""Anybody may say what is wrong; the number comes back, the contact stays inside, floods are slowed down."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from api import reports
from api.desks.home import report_rows
from api.security.accounts import add_account
from geo.store.engine import act, session
from tests.serving import Served

GIVEN = {"kind": "wrong-point", "text": "门在路的另一边", "contact": "13800000000", "code": "331003A0000001"}


@pytest.fixture(autouse=True)
def empty(server: Served) -> Iterator[None]:
    """Reports of one test do not slow down the next; the program itself may not delete them."""
    yield
    with session() as db:
        act(db, actor="test", action="test.forget")
        db.execute(text("UPDATE register.report SET origin = 'past'"))


def test_a_report_is_kept_with_its_trace_and_the_number_comes_back(client: httpx.Client):
    answer = client.post("/v1/reports", json=GIVEN | {"lon": 121.26, "lat": 28.65})
    assert answer.status_code == 201
    number = answer.json()["number"]
    with session() as db:
        row = db.execute(text("SELECT * FROM register.report ORDER BY id DESC LIMIT 1")).one()
        trace = db.execute(
            text("SELECT actor, action, new_values::text AS said FROM audit.entry WHERE table_name = 'register.report' "
                 "ORDER BY id DESC LIMIT 1")
        ).one()  # fmt: skip
    assert reports.number_of(row.id) == number
    assert (row.kind, row.text, row.contact, row.state) == (
        "wrong-point",
        GIVEN["text"],
        GIVEN["contact"],
        "new",
    )
    assert (trace.actor, trace.action) == ("public", "report.take")
    assert GIVEN["contact"] not in (trace.said or "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"text": ""},
        {"text": "错" * 501},
        {"contact": "1" * 101},
        {"lon": 121.0},
        {"extra": 1},
    ],
)
def test_a_wrong_report_is_refused_in_the_one_form(client: httpx.Client, wrong: dict[str, object]):
    answer = client.post("/v1/reports", json=GIVEN | wrong)
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad-parameter"


def test_null_bytes_do_no_harm(client: httpx.Client):
    assert client.post("/v1/reports", json=GIVEN | {"text": "门\0在对面"}).status_code == 201


def test_too_many_reports_from_one_place_are_slowed_down(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reports, "HOURLY", 2)
    codes = [client.post("/v1/reports", json=GIVEN).status_code for _ in range(3)]
    assert codes == [201, 201, 429]


def test_the_list_is_for_those_who_work_on_it(client: httpx.Client):
    client.post("/v1/reports", json=GIVEN)
    assert client.get("/v1/reports").status_code == 401
    with session() as db:
        act(db, actor="test", action="account.add")
        add_account(db, "wang", "Kx9#qqll2vTT", ["officer"], display_name="王", division_code=None)
    client.post("/v1/session", json={"account": "wang", "password": "Kx9#qqll2vTT"})
    body = client.get("/v1/reports", params={"limit": 1}).json()
    assert [r["contact"] for r in body["reports"]] == [GIVEN["contact"]]
    assert body["next"]


def test_who_reported_reads_the_answer_by_the_number_and_nothing_else(client: httpx.Client):
    html = {"accept": "text/html"}
    number = client.post("/v1/reports", json=GIVEN).json()["number"]
    waiting = client.get("/report/progress", params={"number": number.lower()}, headers=html)
    assert "待处理" in waiting.text
    with session() as db:
        act(db, actor="test", action="report.decide")
        found = report_rows.one(db, number)
        report_rows.decide(db, found, "accepted", "已更正登记信息。", by="wang")
    told = client.get("/report/progress", params={"number": number}, headers=html).text
    assert "已采纳" in told and "已更正登记信息。" in told
    assert GIVEN["text"] not in told and GIVEN["contact"] not in told and "wang" not in told
    for wrong in ("BC999999999", "x", "BC" + "9" * 15, "1 OR 1=1"):
        answer = client.get("/report/progress", params={"number": wrong}, headers=html)
        assert answer.status_code == 404 and "形如 BC000123" in answer.text


def test_from_a_report_one_click_leads_to_where_it_is_put_right(client: httpx.Client):
    made = {
        kind: client.get(f"/v1/{kind}", params={"limit": 1}).json()["features"][0]["id"]
        for kind in ("addresses", "roads", "places")
    }
    about = [({"code": code}, code) for code in made.values()]
    for more, wanted in [
        *about,
        ({"kind": "missing-address", "lon": 121.26, "lat": 28.65, "code": ""}, "121.26"),
    ]:
        number = client.post("/v1/reports", json=GIVEN | more).json()["number"]
        with session() as db:
            led = report_rows.correction(db, report_rows.one(db, number))
        assert led and wanted in led[1], more
    assert led[0] == "登记这个地址"
    number = client.post("/v1/reports", json=GIVEN | {"code": "unknown-1"}).json()["number"]
    with session() as db:
        assert report_rows.correction(db, report_rows.one(db, number)) is None


def test_the_form_works_without_a_script_and_keeps_what_was_filled_in(client: httpx.Client):
    page = client.get(
        "/report", params={"address": "劳动北路118号", "code": "x"}, headers={"accept": "text/html"}
    )
    assert "劳动北路118号" in page.text
    refused = client.post("/report", data={"kind": "other", "text": ""})
    assert refused.status_code == 422 and "还没有填完" in refused.text
    taken = client.post("/report", data={"kind": "other", "text": "<b>错</b>", "contact": "秘密"})
    assert taken.status_code == 201 and "编号" in taken.text and "秘密" not in taken.text
