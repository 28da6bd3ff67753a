"""Every error has the one form: a stable code, a Chinese sentence, a remedy, a request id; nothing of the inside."""

from __future__ import annotations

import re

import httpx
import pytest

CHINESE = re.compile(r"[\u4e00-\u9fff]")

WRONG = [
    ("/v1/geocode", {}, 422, "q"),
    ("/v1/geocode", {"q": ""}, 422, "q"),
    ("/v1/geocode", {"q": "路" * 501}, 422, "q"),
    ("/v1/geocode", {"q": "路", "limit": "NaN"}, 422, "limit"),
    ("/v1/geocode", {"q": "路", "limit": "0"}, 422, "limit"),
    ("/v1/geocode", {"q": "路", "lon": "121"}, 422, "lat"),
    ("/v1/geocode", {"q": "路", "as_of": "yesterday"}, 422, "as_of"),
    ("/v1/geocode", {"q": "路", "datum": "mars"}, 422, "datum"),
    ("/v1/geocode", {"q": "路", "limt": "3"}, 422, "limt"),
    ("/v1/geocode", {"q": "路", "division": "33a"}, 422, "division"),
    ("/v1/reverse", {"lon": "NaN", "lat": "28"}, 422, "lon"),
    ("/v1/reverse", {"lon": "inf", "lat": "28"}, 422, "lon"),
    ("/v1/reverse", {"lon": "121", "lat": "91"}, 422, "lat"),
    ("/v1/addresses", {"q": "a\0b"}, 422, "q"),
    ("/v1/addresses", {"cursor": "不是"}, 422, "cursor"),
    ("/v1/addresses", {"bbox": "1,2,3"}, 422, "bbox"),
    ("/v1/addresses/no-such-code", {}, 404, "no-such-code"),
    ("/v1/nowhere", {}, 404, ""),
    ("/tiles/base/3/9/0.mvt", {}, 422, ""),
    ("/tiles/nothing/3/1/1.mvt", {}, 404, "nothing"),
]


@pytest.mark.parametrize(("path", "params", "status", "named"), WRONG)
def test_a_wrong_request_is_answered_with_a_problem_that_names_what_is_wrong(
    client: httpx.Client, path: str, params: dict[str, str], status: int, named: str
):
    answer = client.get(path, params=params)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    body = answer.json()
    assert {"type", "title", "status", "detail", "code", "remedy", "request_id"} <= body.keys()
    assert body["status"] == status
    assert body["request_id"] == answer.headers["x-request-id"]
    assert CHINESE.search(body["detail"]) and CHINESE.search(body["remedy"])
    assert body["detail"].endswith("。") and body["remedy"].endswith("。")
    assert named in body["detail"] + body["remedy"]


def test_a_method_that_is_not_offered_is_said_in_the_same_form(client: httpx.Client):
    answer = client.post("/v1/geocode")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method-not-allowed"
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused(client: httpx.Client, announced: bool):
    pieces = [b"x" * 1024 * 1024] * 3
    answer = client.post("/v1/session", content=b"".join(pieces) if announced else iter(pieces))
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-much"


def test_a_mistake_of_ours_shows_an_id_and_nothing_of_the_inside(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("gazetteer.address.answering.engine.Geocoder.parse", broken)
    answer = client.get("/v1/parse", params={"q": "劳动北路118号"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "unexpected"
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["x-request-id"] == answer.json()["request_id"]


def test_a_browser_gets_a_page_and_a_program_gets_json(client: httpx.Client):
    page = client.get("/no-such-page", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "没有这个地址的页面" in page.text and page.headers["x-request-id"] in page.text
    assert client.get("/no-such-page").json()["code"] == "no-such-page"


def test_every_answer_carries_the_security_headers(client: httpx.Client):
    for path in ("/", "/livez", "/v1/nowhere", "/static/css/tokens.css"):
        headers = client.get(path).headers
        assert "'unsafe-inline'" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"]


def test_a_harmless_request_id_is_kept_and_another_is_replaced(client: httpx.Client):
    assert client.get("/livez", headers={"x-request-id": "abc-12345"}).headers["x-request-id"] == "abc-12345"
    assert (
        client.get("/livez", headers={"x-request-id": "<script>alert"}).headers["x-request-id"]
        != "<script>alert"
    )
