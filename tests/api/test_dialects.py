"""What all dialects share: both spellings of a path, open to other sites' pages, errors in each one's own form."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.dialects import tianditu
from api.dialects.winds import wind
from api.rights import RIGHTS

READS = sorted(
    {path.rstrip("/") for method, path in RIGHTS if path.startswith("/dialects/") and method == "GET"}
)


@pytest.mark.parametrize("path", READS)
def test_a_slash_at_the_end_changes_nothing_and_redirects_nobody(client: httpx.Client, path: str):
    for spelling in (path, f"{path}/"):
        answer = client.get(spelling, params={"q": "永宁大道1号"})
        assert answer.status_code in (200, 400), spelling
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/dialects/ban/search", 400, {"title", "description"}),
        ("/dialects/photon/api", 400, {"message"}),
        ("/dialects/nominatim/search", 400, {"error"}),
        ("/dialects/amap/v3/geocode/geo", 200, {"status", "info", "infocode", "detail"}),
        ("/dialects/tianditu/geocoder", 200, {"status", "msg"}),
    ],
)
def test_a_missing_question_is_refused_in_the_words_of_the_dialect(
    client: httpx.Client, path: str, status: int, said: set[str]
):
    answer = client.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == said


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/dialects/ban/reverse", {"lon": "x", "lat": 1}),
        ("/dialects/photon/reverse", {"lon": 500, "lat": 1}),
        ("/dialects/photon/api", {"q": "永宁大道", "bbox": "1,2"}),
        ("/dialects/nominatim/reverse", {"lon": 1}),
        ("/dialects/nominatim/search", {"q": "a", "street": "b"}),
        ("/dialects/nominatim/search", {"q": "a", "format": "xml"}),
    ],
)
def test_a_wrong_parameter_is_a_bad_request_with_a_sentence(
    client: httpx.Client, path: str, params: dict[str, Any]
):
    answer = client.get(path, params=params)
    assert answer.status_code == 400
    assert "。" in answer.text


def test_the_winds_blow_from_the_first_point_to_the_second():
    assert wind(121, 28, 121, 29) == "北"
    assert wind(121, 28, 122, 28) == "东"
    assert wind(121, 28, 120.9, 27.9) == "西南"
    assert wind(121, 28, 121, 28) == ""


def test_every_level_of_the_engine_has_its_word_in_every_dialect():
    from typing import get_args

    from api.dialects import amap_forms, ban, photon
    from gazetteer.address.model import Level

    for words in (amap_forms.LEVELS, ban.TYPES, photon.KINDS, tianditu.LEVELS):
        assert set(words) == set(get_args(Level))
