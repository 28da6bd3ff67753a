"""A register that nobody has filled yet: every public page opens and says what to do first."""

from __future__ import annotations

import re

import httpx

from tests.serving import running

PUBLIC = (
    "/",
    "/?q=人民路1号",
    "/map",
    "/notices",
    "/meals",
    "/cemeteries",
    "/services",
    "/apply",
    "/apply/number",
    "/report",
    "/docs",
    "/about",
)
_EMPTY = re.compile(r'class="state is-nothing">.*?</div>', re.DOTALL)


def test_every_public_page_opens_on_a_bare_register_and_an_empty_list_says_what_to_do(
    database_url: str,
) -> None:
    wrong: dict[str, str] = {}
    with running() as url, httpx.Client(base_url=url, follow_redirects=True, timeout=60) as client:
        for path in PUBLIC:
            _look(client, path, wrong)
    assert wrong == {}


def _look(client: httpx.Client, path: str, wrong: dict[str, str]) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    if answer.status_code >= 500:
        wrong[path] = f"{answer.status_code}: {answer.text[:200]}"
    for found in _EMPTY.findall(answer.text):
        if "<p>" not in found:
            wrong[path] = f"an empty list that says nothing: {found}"
