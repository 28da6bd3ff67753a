"""Scenario 1: the sample district's 46 unnamed roads become proposals with candidates, and 14 issued opinions."""

from __future__ import annotations

import io
import re
import time

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import text

from api.security.accounts import add_account
from gazetteer.proposal import batch
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.people import PASSWORD
from tests.serving import Served

ROADS, OPINIONS = 46, 14


@pytest.fixture
def page(visit: OpenPage, server: Served) -> Page:
    """A clerk of the office before the road audit."""
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer", "reviewer"], display_name="张三")
    return visit("/desk/roads", account="zhang", maps=False)


def test_forty_six_unnamed_roads_become_fourteen_opinions_without_a_refusal(page: Page) -> None:
    begun = time.monotonic()
    page.get_by_role("button", name="排查全部道路").click()
    page.get_by_role("button", name=f"为 {ROADS} 条未命名道路发起命名").click()
    expect(page.locator("#said")).to_contain_text(f"已为 {ROADS} 条道路发起命名")
    with session() as db:
        started = str(db.scalar(text("SELECT code FROM register.naming_batch")))
        _, rows = batch.members(db, started)
    assert len(rows) == ROADS
    assert all(len(row.candidates) >= 3 for row in rows)
    assert len({row.draft.name for row in rows}) == ROADS

    expect(page).to_have_url(re.compile(f"/desk/naming/batches/{started}$"))
    page.get_by_role("button", name=f"受理并校验 {ROADS} 条").click()
    expect(page.locator("#said")).to_contain_text("通过")
    settle_the_rest(page, started)
    page.goto(f"/desk/naming/batches/{started}?wanted={OPINIONS}")
    page.get_by_role("button", name=f"出具 {OPINIONS} 件命名意见").click()
    expect(page.locator("#said")).to_contain_text(f"已出具 {OPINIONS} 件命名意见，涉及 {ROADS} 条道路")

    with session() as db:
        _, rows = batch.members(db, started)
        listed = sum(
            f["severity"] == "block" for row in rows for r in row.findings or [] for f in r["findings"]
        )
    assert {row.state for row in rows} == {"opined"} and len({row.opinion for row in rows}) == OPINIONS
    assert listed == 0
    page.goto("/desk/naming/decisions?kind=opinion")
    expect(page.locator("tbody tr")).to_have_count(OPINIONS)
    names = every_opinion(page)
    assert all(row.draft.name in names for row in rows)
    assert time.monotonic() - begun < 3600, "the clerk's hour"


def settle_the_rest(page: Page, started: str) -> None:
    """What a check holds back gets its written reason, one record at a time, as the clerk does it."""
    with session() as db:
        waiting = [row for row in batch.members(db, started)[1] if row.state == "accepted"]
    for row in waiting:
        page.goto(f"/desk/naming/{row.code}")
        for field in page.locator("textarea[id^=field-N]").all():
            field.fill("沿用当地历史称呼，经核对不致混淆")
        page.get_by_role("button", name="保存说明并重新校验").click()
        expect(page.locator("#said")).not_to_be_empty()
        page.get_by_role("button", name="校验并通过").click()
        expect(page.locator("#said")).to_contain_text("校验")


def every_opinion(page: Page) -> str:
    """The text of all fourteen PDFs."""
    links = [link.get_attribute("href") or "" for link in page.locator("tbody a", has_text="PDF").all()]
    found = ""
    for href in links:
        answer = page.request.get(href)
        assert answer.status == 200
        found += "".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    return re.sub(r"\s", "", found)
