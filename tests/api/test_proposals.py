"""Naming over HTTP: checks for programs, only public proposals, nothing of persons."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text

from gazetteer.proposal.sample_load import load_sample_proposals
from geo.store.engine import session
from tests.serving import Served

AT = {"lon": 121.26, "lat": 28.65, "division": "331003", "category": "F"}


@pytest.fixture(scope="module")
def sample(server: Served) -> dict[str, str]:
    """Code by state of the sample's proposals."""
    load_sample_proposals(lanes=1)
    with session() as db:
        rows = db.execute(
            text("SELECT state, subject FROM register.\"case\" WHERE machine = 'proposal'")
        ).all()
    return {row.state: row.subject for row in rows}


def test_a_name_is_checked_with_evidence_remedy_and_source(client: httpx.Client) -> None:
    answer = client.get("/v1/naming/check", params={**AT, "name": "天下第一城"}).json()
    assert len(answer["checks"]) == 23 and answer["stops"]
    grand = next(row for row in answer["checks"] if row["code"] == "N11")
    assert grand["findings"][0]["remedy"] and "六部门" in grand["findings"][0]["source"]
    assert answer["pinyin"] == "Tiānxiàdìyī Chéng" and answer["profile"].startswith("331003@")


def test_a_whole_proposal_is_checked_with_its_geometry_and_sizes(client: httpx.Client) -> None:
    body = {"name": "橘韵花园", "category": "F", "division": "331003", "land_area_m2": 8000, "green_rate": 20,
            "geometry": {"type": "Point", "coordinates": [121.26, 28.65]}}  # fmt: skip
    answer = client.post("/v1/naming/check", json=body).json()
    size = next(row for row in answer["checks"] if row["code"] == "N14")
    assert size["outcome"] == "found" and size["findings"][0]["severity"] == "warn"


def test_at_least_three_free_names_are_suggested(client: httpx.Client) -> None:
    answer = client.get("/v1/naming/suggestions", params={**AT, "name": "天下第一城"}).json()
    assert len(answer["suggestions"]) >= 3 and all(row["source"] for row in answer["suggestions"])


def test_a_wrong_category_or_geometry_is_said_in_words(client: httpx.Client) -> None:
    assert client.get("/v1/naming/check", params={**AT, "name": "x", "category": "Z"}).status_code == 422
    body = {"name": "橘韵花园", "division": "331003", "geometry": "POINT(3 4)"}
    answer = client.post("/v1/naming/check", json=body)
    assert answer.status_code == 422 and "CGCS2000" in answer.json()["detail"]


def test_only_what_was_put_on_notice_is_public_and_nobody_is_named(
    client: httpx.Client, sample: dict[str, str]
) -> None:
    answer = client.get("/v1/proposals").json()
    states = {row["state"] for row in answer["proposals"]}
    assert states == {"noticed", "reviewing", "announced"}
    one = client.get(f"/v1/proposals/{sample['announced']}").json()
    assert one["decisions"][0]["number"] and one["geometry"]["type"] == "Polygon" and one["made_up"]
    assert "示例联系人" not in str(one) + str(answer) and "置业" not in str(one)
    for hidden in ("draft", "submitted", "accepted"):
        assert client.get(f"/v1/proposals/{sample[hidden]}").status_code == 404
        assert client.get(f"/notices/{sample[hidden]}").status_code == 404


def test_the_desk_and_its_papers_are_closed_to_the_public(
    client: httpx.Client, sample: dict[str, str]
) -> None:
    code = sample["announced"]
    for path in (
        "",
        f"/{code}",
        f"/{code}/papers/opinion.pdf",
        "/new",
        "/experts",
        "/wordings",
        "/decisions",
    ):
        assert client.get(f"/desk/naming{path}").status_code == 401
    assert client.post(f"/desk/naming/{code}/act", data={"act": "sign"}).status_code in (401, 403)


def test_a_comment_on_a_running_notice_is_taken_and_not_shown(
    client: httpx.Client, sample: dict[str, str]
) -> None:
    code = sample["noticed"]
    given = {"content": "建议保留老地名", "name": "王某某", "contact": "13911112222"}
    answer = client.post(f"/notices/{code}", data=given)
    assert answer.status_code == 201 and "意见已收到" in answer.text
    assert "王某某" not in client.get(f"/notices/{code}").text
    assert client.post(f"/notices/{sample['announced']}", data=given).status_code == 409


def test_private_codes_cannot_be_tried_out(client: httpx.Client, sample: dict[str, str]) -> None:
    known = [
        client.post(f"/apply/{sample['announced']}", data={"code": "A" * 10}).status_code for _ in range(6)
    ]
    assert known[0] == 404 and known[-1] == 429
    assert client.post("/apply/NXXXXXXXXX", data={"code": "A" * 10}).status_code == 404
