"""The repair desk in a real browser: a list in, decisions by mouse and keyboard, undone, the repaired file out."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from api.security.accounts import add_account
from gazetteer.repair.decisions import Officer
from gazetteer.repair.undoing import undo_all
from gazetteer.sample import draw
from gazetteer.sample.nonstandard import rows
from geo.files import read_table, write_table
from geo.settings import ROOT
from geo.store.engine import session
from tests.pages.conftest import DESK, TABLET, OpenPage
from tests.pages.test_accessibility import wrong_at
from tests.people import PASSWORD
from tests.serving import DOORS, Served

Desk = Callable[..., Page]


@contextmanager
def worker() -> Iterator[None]:
    """A worker process like the server's own."""
    process = subprocess.Popen([sys.executable, "-m", "api.worker", str(os.getpid())], cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for_matches(page: Page, wait_ms: float = 240_000) -> None:
    """The page of the list that is being matched, until every row is."""
    # First the page itself: on one that has not come yet no progress stands either.
    expect(page.locator("#desk-counts")).to_be_attached()
    page.wait_for_load_state()
    expect(page.locator(".progress-line")).to_have_count(0, timeout=wait_ms)


@pytest.fixture(scope="module")
def nonstandard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's list of nonstandard addresses, as a bureau would send it."""
    file = tmp_path_factory.mktemp("list") / "不规范地址.csv"
    found = list(rows(draw(doors=DOORS)))
    write_table(file, {name: [row[name] for row in found] for name in ("序号", "地址", "说明")})
    return file


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
        add_account(db, "wang", PASSWORD, ["counter"], display_name="王五")


@pytest.fixture
def logged_in(visit: OpenPage, accounts: None) -> Desk:
    """``logged_in("/desk/repairs")`` opens a page as the officer 张三."""

    def opened(path: str, *, account: str = "zhang", size: tuple[int, int] = DESK, **options: object) -> Page:
        return visit(path, size=size, account=account, **options)

    return opened


@pytest.fixture(scope="module")
def matched(server: Served, accounts: None) -> dict[str, str]:
    """The path of the one batch of this module, once the first test has made it."""
    return {}


@pytest.fixture
def desk(logged_in: Desk, matched: dict[str, str], nonstandard: Path) -> Desk:
    """The desk over the sample's list, taken in by the browser and matched by a real worker the first time."""

    def opened(query: str = "", **options: object) -> Page:
        if matched:
            opened_again(int(matched["path"].rpartition("/")[2]))
            return logged_in(matched["path"] + query, **options)
        page = logged_in("/desk/repairs", **options)
        page.set_input_files("#file", nonstandard)
        page.click("main button[type=submit]")
        expect(page.locator("#column")).to_have_value("地址")
        with worker():
            page.click("button:has-text('开始匹配')")
            wait_for_matches(page)
        matched["path"] = page.url.removeprefix(page.url.split("/desk")[0])
        page.goto(matched["path"] + query)
        return page

    return opened


def opened_again(batch: int) -> None:
    """Take back what an earlier test decided: the tests of this module share one batch, in any order."""
    with session() as db:
        undo_all(db, batch, officer=Officer("zhang", "张三"))


def counted(page: Page, words: str, count: int) -> None:
    expect(_count(page, words)).to_have_text(str(count))


def _count(page: Page, words: str) -> Locator:
    return page.locator(f"#desk-counts a:has(span:text-is('{words}')) b")


def test_a_kind_is_accepted_one_row_by_keyboard_both_undone_and_the_file_fetched(
    desk: Desk, nonstandard: Path, tmp_path: Path
):
    page = desk()
    given = read_table(nonstandard, strip=False)
    counted(page, "待处理", len(given))
    page.click("#desk-counts a:has-text('A12')")
    button = page.locator("a:has-text('接受全部 A12 的自动更正')")
    expected = int(button.inner_text().split()[-2])
    button.click()
    expect(page.locator(".impact b")).to_have_text(str(expected))
    expect(page.locator("button:has-text('处理这')")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text(f"已批量处理 {expected} 条。")
    counted(page, "采用", expected)

    page.goto(page.url.split("?")[0] + "?status=review&state=open")
    first = page.locator("#desk").get_attribute("data-row")
    page.keyboard.press("j")
    expect(page.locator("#desk")).not_to_have_attribute("data-row", str(first))
    second = page.locator("#desk").get_attribute("data-row")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("已处理一行。")
    expect(page.locator("#desk")).not_to_have_attribute("data-row", str(second))
    expect(page).to_have_url(re.compile(r"\?(?!.*said).*status=review"))

    with page.expect_download() as download:
        page.click("text=下载整改结果")
    fetched = tmp_path / "repaired.csv"
    download.value.save_as(fetched)
    assert download.value.suggested_filename == "不规范地址-整改结果.csv"
    out = list(csv.DictReader(io.StringIO(fetched.read_bytes().decode("utf-8-sig"))))
    assert [row["序号"] for row in out] == given.columns["序号"]
    done = [row for row in out if row["处理结果"] == "采用"]
    assert len(done) == expected + 1 and all(row["标准地址"] and row["处理人"] == "张三" for row in done)
    assert out[int(second or 0) - 1]["处理结果"] == "采用"

    page.goto(page.url.split("?")[0] + f"?row={second}")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("已撤销，1 条恢复原状。")
    page.click("text=处理记录与撤销")
    page.click(f"button:has-text('撤销 {expected} 条')")
    expect(page.locator(".said")).to_have_text(f"已撤销，{expected} 条恢复原状。")
    page.goto(page.url.split("/acts")[0])
    counted(page, "待处理", len(given))


def test_a_row_is_sent_back_with_a_reason_and_another_answered_by_search(desk: Desk):
    page = desk("?status=none&state=open")
    row = page.locator("#desk").get_attribute("data-row")
    page.keyboard.press("r")
    page.keyboard.type("不是地址")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("已处理一行。")
    page.goto(page.url.split("?")[0] + f"?row={row}")
    expect(page.locator("#record")).to_contain_text("理由：不是地址")
    page.keyboard.press("s")
    page.keyboard.type("永宁大道1号")
    page.keyboard.press("Enter")
    choice = page.locator(".choices:has(input[value=manual]) button").first
    choice.click()
    expect(page.locator("#said")).to_have_text("已处理一行。")
    page.goto(page.url.split("?")[0] + f"?row={row}")
    expect(page.locator("#record")).to_contain_text("人工填写")
    expect(page.locator("#record")).to_contain_text("永宁大道1号")


def test_a_decision_on_a_page_that_is_behind_is_refused_and_nothing_is_lost(desk: Desk, logged_in: Desk):
    page = desk("?state=open&status=auto")
    other = logged_in(page.url.removeprefix(page.url.split("/desk")[0]))
    other.keyboard.press("Enter")
    expect(other.locator("#said")).to_have_text("已处理一行。")
    page.keyboard.press("r")
    page.keyboard.type("看错")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("已被别人处理过")


def test_the_desk_works_without_a_script(desk: Desk):
    page = desk("?state=open&status=auto", java_script_enabled=False)
    before = int(_count(page, "待处理").inner_text())
    page.click("#accept-form button")
    expect(page.locator("#said")).to_have_text("已处理一行。")
    counted(page, "待处理", before - 1)


def test_a_sample_is_drawn_judged_and_its_accuracy_said(desk: Desk):
    page = desk("?state=open&status=auto")
    page.click("text=采用全部可直接采用的")
    page.click("text=处理这")
    page.click("text=抽样核查")
    page.click("button:has-text('抽 500 条')")
    right = page.locator("input[value=right]")
    expect(right).to_have_count(50)
    for label in right.all():
        label.check()
    page.locator("input[value=wrong]").first.check()
    page.click("text=保存核查结果")
    expect(page.locator(".impact")).to_contain_text("已核查 50")
    expect(page.locator(".impact")).to_contain_text("正确率 98.0%")


def test_the_desk_is_for_its_roles_only(visit: OpenPage, logged_in: Desk):
    page = visit("/desk/repairs")
    expect(page.locator("h1")).to_have_text("需要登录")
    page = logged_in("/desk/repairs", account="wang")
    expect(page.locator("h1")).to_have_text("没有权限")
    assert page.locator("a:has-text('整改')").count() == 0


def test_axe_finds_nothing_on_the_desk(desk: Desk):
    page = desk(bypass_csp=True)
    base = page.url.split("?")[0]
    paths = ("", "?status=none", "/accept?scope=auto", "/acts", "/sample")
    assert wrong_at((DESK, TABLET), page, (base + path for path in paths)) == {}
