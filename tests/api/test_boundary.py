"""Over HTTP: an inspector reads the own county's markers precisely, others as anybody, and every reading is in the audit."""

from __future__ import annotations

import re

import httpx
import pytest
from sqlalchemy import text

from api.security.accounts import add_account
from boundary.sample_rounds import LINE
from geo.store.engine import act, session
from tests.people import PASSWORD, Come
from tests.serving import Served

PEOPLE = {"huang": "331003000000", "xian": "331024000000"}


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    """An inspector of the line's own county, and one of the third county, that shares the tri-point alone."""
    with session() as db:
        act(db, actor="test", action="account.add")
        for name, division in PEOPLE.items():
            add_account(db, name, PASSWORD, ["inspector"], division_code=division)
        add_account(db, "clerk", PASSWORD, ["officer"], display_name="科员")


def last_read() -> tuple[str, str]:
    with session() as db:
        row = db.execute(
            text("SELECT actor, detail ->> 'door' AS door FROM audit.entry WHERE operation = 'read' ORDER BY id DESC LIMIT 1")
        ).one()  # fmt: skip
    return row.actor, row.door


def test_an_inspector_reads_the_own_line_precisely_and_it_is_noted(come: Come) -> None:
    client = come("huang")
    answer = client.get("/v1/markers", params={"precise": "true", "line": LINE})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["features"]) == 8
    assert len(answer.json()["features"][1]["properties"]["references"]) == 3
    assert answer.headers["cache-control"] == "private, no-store"
    assert last_read() == ("huang", "/v1/markers")
    records = client.get("/v1/inspections", params={"round": f"{LINE}-2021"}).json()
    assert len(records["inspections"]) == 8
    assert last_read() == ("huang", "/v1/inspections")


def test_another_countys_inspector_does_not_learn_that_the_line_is_there(come: Come) -> None:
    client = come("xian")
    for path in (
        f"/v1/markers?precise=true&line={LINE}", "/v1/markers/SAMPLE-01?precise=true",
        f"/v1/inspections?round={LINE}-2021", f"/desk/boundary/lines/{LINE}", "/desk/boundary/markers/SAMPLE-01",
        f"/desk/boundary/rounds/{LINE}-2021", f"/desk/boundary/rounds/{LINE}-2021/sheet",
        f"/desk/boundary/rounds/{LINE}-2021/papers.zip", f"/desk/boundary/rounds/{LINE}-2021/papers/report.pdf",
        f"/desk/boundary/rounds/{LINE}-2021/markers/SAMPLE-01", "/desk/boundary/markers/SAMPLE-01/register.pdf",
        f"/desk/boundary/rounds/{LINE}-2021/markers/SAMPLE-01/record.pdf",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert "SAMPLE-HL" not in client.get("/desk/boundary").text
    assert client.get("/desk/boundary/markers/SAMPLE-00").status_code == 200, "the tri-point is theirs too"


def test_the_pages_of_the_desk_answer_and_the_public_is_sent_away(come: Come, client: httpx.Client) -> None:
    clerk = come("clerk")
    for path in (
        "", f"/lines/{LINE}", "/markers/SAMPLE-00", "/rounds", f"/rounds/{LINE}-2021", f"/rounds/{LINE}-2026",
        f"/rounds/{LINE}-2026/sheet", f"/rounds/{LINE}-2021/markers/SAMPLE-03", "/events", "/events/new",
        f"/plan?line={LINE}",
    ):  # fmt: skip
        assert clerk.get(f"/desk/boundary{path}").status_code == 200, path
        assert client.get(f"/desk/boundary{path}").status_code in (303, 401), path
    paper = clerk.get(f"/desk/boundary/rounds/{LINE}-2021/papers/agreement.docx")
    assert paper.content.startswith(b"PK")


def test_an_event_is_taken_in_and_a_repair_waits_for_the_other_side(come: Come) -> None:
    clerk = come("clerk")
    token = re.search(r'name="token" value="([^"]+)"', clerk.get("/desk/boundary/events/new").text)
    assert token
    given = {
        "token": token[1],
        "line": LINE,
        "kind": "界桩损坏",
        "found_on": "2026-06-01",
        "marker": "SAMPLE-02",
    }
    assert clerk.post("/desk/boundary/events", data={**given, "marker": ""}).status_code == 422
    assert clerk.post("/desk/boundary/events", data={**given, "token": "x"}).status_code == 403
    made = clerk.post("/desk/boundary/events", data=given)
    assert made.status_code == 303
    there = made.headers["location"]
    assert "界桩损坏" in clerk.get(there).text

    def step(path: str, **data: str) -> int:
        return clerk.post(f"{there}/{path}", data={"token": token[1], **data}).status_code

    sides = ("331003000000", "331082000000")
    assert step("act", act="tell") == 409
    assert step("parties", division=sides[1], part="通报", on_day="2026-06-02") == 303
    assert step("act", act="tell") == 303
    for side in sides:
        assert step("parties", division=side, part="核实", on_day="2026-06-03", person="某") == 303
    assert step("act", act="verify") == 303
    assert step("act", act="handle", note="重新浇筑", responsible=sides[0]) == 409
    assert step("parties", division=sides[1], part="见证", on_day="2026-06-04", person="某") == 303
    assert step("act", act="handle", note="重新浇筑", responsible=sides[0]) == 303
    assert "重新浇筑" in clerk.get(there).text
