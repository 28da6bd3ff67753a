"""Scenario 11: the cemetery officer explains why one ledger counts 403 sites and the other 405."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gazetteer.service.sample.ledgers import write_ledgers
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.scenarios.service import prepare
from tests.serving import Served


@pytest.fixture(scope="module", autouse=True)
def ready(server: Served) -> None:
    prepare()


@pytest.fixture
def ledgers(tmp_path: Path) -> tuple[Path, Path]:
    with session() as db:
        return write_ledgers(db, tmp_path)


def _take_in(page: Page, file: Path, name: str, definition: str) -> None:
    page.goto("/desk/cemeteries/ledgers")
    page.set_input_files("#field-file", file)
    page.fill("#field-name", name)
    page.fill("#field-definition", definition)
    page.get_by_role("button", name="收入台账").click()
    expect(page.locator("#said")).to_contain_text("已收入")


def test_the_difference_of_two_sites_is_explained_row_by_row_and_printed(
    visit: OpenPage, ledgers: tuple[Path, Path]
):
    page = visit("/about", account="zhang")
    _take_in(page, ledgers[0], "三月摸排", "含经营性公墓，不含节地生态点")
    _take_in(page, ledgers[1], "九月自查", "含节地生态点，不含经营性公墓")
    page.get_by_role("button", name="核对", exact=True).click()
    page.wait_for_load_state()

    expect(page.locator("#explained")).to_contain_text("相差 2 处")
    expect(page.locator("#explained")).to_contain_text("经营性公墓 3 处")
    expect(page.locator("#explained")).to_contain_text("节地生态点 5 处")
    expect(page.locator("#bridge tbody tr").first).to_contain_text("403")
    expect(page.locator("#bridge tbody tr").last).to_contain_text("405")
    expect(page.locator("tr[data-match]")).to_have_count(408)
    assert all(text.strip() for text in page.locator("tr[data-match] td:nth-child(8)").all_inner_texts())
    for column in (5, 6, 7):
        assert all(page.locator(f"tr[data-match] td:nth-child({column})").all_inner_texts())

    page.get_by_role("link", name="疑似同处").click()
    waiting = page.get_by_role("button", name="同一处")
    expect(waiting.first).to_be_visible()
    page.wait_for_load_state()
    before = waiting.count()
    waiting.first.click()
    expect(page.locator("#said")).to_contain_text("已核定")
    expect(waiting).to_have_count(before - 1)
    paper = page.request.get(page.url.split("?")[0] + "/paper.pdf")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")


def test_a_place_in_the_forest_park_is_forbidden_and_no_place_is_better_than_a_persons_check(visit: OpenPage):
    page = visit("/desk/cemeteries/siting", account="zhang")
    expect(page.locator("main")).to_contain_text("已失效")
    page.fill("#at", "121.30,28.70")
    page.get_by_role("button", name="核查").click()
    expect(page.locator("main h2").first).to_contain_text("需人工核")
    expect(page.locator("#verdict")).to_be_visible()


def test_a_problem_of_the_self_check_is_rectified_and_closed(visit: OpenPage):
    page = visit("/desk/cemeteries/checks?found=存在问题", account="zhang")
    page.goto(page.locator("a.row-link").first.get_attribute("href") or "")
    for button in ("交办整改", "开始整改", "报告完成", "销号"):
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
    expect(page.locator(".page-state")).to_contain_text("已销号")


def test_the_forecast_shows_its_formula_and_meets_the_plan(visit: OpenPage):
    page = visit("/desk/cemeteries/forecast", account="zhang")
    expect(page.locator("#formula")).to_contain_text("43400")
    expect(page.locator("tbody tr").first).to_contain_text("年需求")
