"""The public's short way to the address engine gives what the framework gives, and hands on whatever is not simple."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.address_door import pairs_of

#: A cookie that is no login: the caller is still the public, and the framework answers.
BEHIND = {"cookie": "theme=plain"}
QUESTIONS = (
    "/v1/geocode?q=永宁大道1号",
    "/v1/geocode?q=黄岩区永宁大道一号&limit=2&datum=gcj02",
    "/v1/geocode?q=永宁大道1号&as_of=2020-01-01&lon=121.2&lat=28.6",
    "/v1/geocode?q=%E4%BA%BA&q=永宁大道",
    "/v1/geocode?q=no+such+road",
    "/v1/suggest?q=永宁",
    "/v1/reverse?lon=121.26&lat=28.65",
    "/v1/parse?q=永宁大道一号",
)
CHANGING = ("x-request-id", "date")


def shown(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in CHANGING}


@pytest.mark.parametrize("path", QUESTIONS)
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_the_short_way_and_the_framework_answer_alike(client, path, coding):
    packed = {"accept-encoding": coding}
    short, long = client.get(path, headers=packed), client.get(path, headers=packed | BEHIND)
    assert short.status_code == long.status_code == 200
    assert short.json() == long.json()
    left = ("content-length", "vary")  # packed by other means, of other length
    assert {k: v for k, v in shown(short).items() if k not in left} == {
        k: v for k, v in shown(long).items() if k not in left
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/geocode", 422),
        ("/v1/geocode?q=", 422),
        ("/v1/geocode?q=a&limit=0", 422),
        ("/v1/geocode?q=a&unknown=1", 422),
        ("/v1/geocode?q=a&lon=121", 422),
        ("/v1/reverse?lon=181&lat=1", 422),
    ],
)
def test_what_is_asked_wrongly_is_refused_as_everywhere(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_wrong_key_is_never_taken_for_the_public(client):
    assert client.get("/v1/geocode?q=永宁大道", headers={"x-api-key": "wrong"}).status_code == 401


def test_the_caller_s_own_request_id_comes_back_and_an_answer_is_counted(client):
    answer = client.get("/v1/geocode?q=永宁大道", headers={"x-request-id": "abcdefgh12"})
    assert answer.headers["x-request-id"] == "abcdefgh12"
    counted = client.get("/metrics").text
    assert 'diming_requests_total{method="GET",route="/v1/geocode",status="200"}' in counted


def test_other_methods_are_the_framework_s_business(client):
    assert client.post("/v1/geocode?q=a").status_code in (403, 405)
    assert client.head("/v1/suggest?q=a").status_code in (200, 405)


@given(
    st.text(), st.sampled_from(["q=%s", "%s", "q=%s&limit=2", "q=a&q=%s", "q=%s+%s", "q=%%%s"]), st.booleans()
)
def test_a_query_string_is_read_as_the_standard_library_reads_it(text, form, packed):
    said = quote(text.encode("utf-8", "replace"), safe="") if packed else text
    query = form.replace("%s", said).encode("utf-8", "replace")
    assert pairs_of(query) == dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True))
