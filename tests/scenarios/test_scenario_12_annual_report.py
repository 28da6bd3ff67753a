"""Scenario 12 (年度数字): a leader clicks any figure to its rows and takes the report's paragraph home as Word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from api.security.accounts import add_account
from gazetteer.sample import draw
from gazetteer.sample.nonstandard import rows
from geo.files import write_table
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.pages.test_repair import wait_for_matches, worker
from tests.people import PASSWORD
from tests.serving import DOORS, Served

SIZE = 60


@pytest.fixture
def logged_in(visit: OpenPage, server: Served) -> Callable[[str, str], Page]:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
        add_account(db, "li", PASSWORD, ["auditor"], display_name="李审计")

    return lambda account, path: visit(path, account=account, maps=False)


def test_every_printed_number_reproduces_from_rows_with_date_and_rule_version(
    server: Served, logged_in: Callable[[str, str], Page], tmp_path: Path
):
    officer = logged_in("zhang", "/desk/repairs")
    repaired = _repair_a_list(officer, tmp_path)
    _answer_a_report(officer, server)

    page = logged_in("zhang", "/desk/statistics")
    figures = _figures(page)
    assert figures["完成存量不规范地址整改"][0] == repaired > 0
    assert (figures["收到公众报错"][0], figures["办结公众报错"][0]) == (2, 1)
    for label, (value, href) in figures.items():
        _leads_to_its_rows(page, label, value, href)

    page.goto("/desk/statistics/report")
    paragraph = page.locator("#paragraph").inner_text()
    assert re.search(rf"完成存量不规范地址整改\s*{repaired}\s*条", paragraph)
    page.click("#paragraph a >> nth=0")
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    with page.expect_download() as download:
        page.click("text=下载 Word")
    assert download.value.suggested_filename == f"{date.today().year}年区划地名工作情况.docx"
    _word_says_the_same(Path(download.value.path()).read_bytes(), figures)

    auditor = logged_in("li", "/desk/statistics")
    assert _figures(auditor) == figures, "another reader, the same numbers"


def _repair_a_list(page: Page, folder: Path) -> int:
    """A list of nonstandard addresses comes in, what is sure is accepted at once; gives how many rows that was."""
    file = folder / "不规范地址.csv"
    found = list(rows(draw(doors=DOORS)))[:SIZE]
    write_table(file, {name: [row[name] for row in found] for name in ("序号", "地址")})
    page.set_input_files("#file", file)
    page.click("main button[type=submit]")
    with worker():
        page.click("button:has-text('开始匹配')")
        wait_for_matches(page)
    page.click("text=采用全部可直接采用的")
    count = int(page.locator(".impact b").inner_text())
    page.click("text=处理这")
    expect(page.locator("#said")).to_have_text(f"已批量处理 {count} 条。")
    return count


def _answer_a_report(page: Page, server: Served) -> None:
    for words in ("门牌在路的另一边。", "缺少 12 号。"):
        given = {"kind": "missing-address", "text": words}
        assert httpx.post(f"{server.url}/v1/reports", json=given, timeout=60).status_code == 201
    page.goto("/desk/reports/BC000001")
    page.click("button:has-text('采纳并回复') >> nth=0")
    expect(page.locator("#said")).to_have_text("BC000001 已采纳。")


def _figures(page: Page) -> dict[str, tuple[int, str]]:
    """label -> (value, where its rows are), as the page shows them."""
    found = {}
    for card in page.locator(".figure-card").all():
        value = card.locator("b").inner_text().replace(",", "")
        found[card.locator("p").first.inner_text()] = (
            int(float(value)),
            str(card.locator("a").get_attribute("href")),
        )
    return found


def _leads_to_its_rows(page: Page, label: str, value: int, href: str) -> None:
    answer = page.goto(href)
    assert answer is not None and answer.status == 200, f"{label} leads nowhere: {href}"
    told = re.search(r"共 ?(\d+) ?[条件处个块]", page.locator("main").inner_text())
    if told:
        assert int(told[1]) == value, f"{label}: {value} on the page, {told[1]} rows behind it"


def _word_says_the_same(content: bytes, figures: dict[str, tuple[int, str]]) -> None:
    paper = Document(io.BytesIO(content))
    words = "".join(paragraph.text for paragraph in paper.paragraphs)
    today = date.today()
    assert f"{today.year}年{today.month}月{today.day}日" in words
    assert re.search(r"口径版本[0-9a-f]{8}", words)
    table = {row.cells[1].text: row.cells[2].text for row in paper.tables[0].rows[1:]}
    for label, (value, _) in figures.items():
        assert re.match(rf"{value}(\.|\D|$)", table[label]), label
        if value:
            assert f"{label}{value}" in words
