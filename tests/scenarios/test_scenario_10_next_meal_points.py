"""Scenario 10: the officer for the old asks where the next meal points belong, and prints a map for a township."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import PHONE, OpenPage
from tests.scenarios.service import prepare
from tests.serving import Served


@pytest.fixture(scope="module", autouse=True)
def ready(server: Served) -> None:
    prepare()


def test_where_the_next_five_points_belong_is_stated_explained_and_the_same_each_time(visit: OpenPage):
    page = visit("/desk/meals/coverage", account="zhang")
    coverage = page.locator('.indicator[data-code="coverage_60"]')
    expect(coverage).to_contain_text("÷ 全部")
    expect(page.locator(".indicator")).to_have_count(6)
    expect(page.locator("#desk-map")).to_have_attribute("data-state", "idle")

    page.get_by_role("link", name="下一批放哪里").click()
    page.wait_for_load_state()
    said = page.locator("#change").inner_text()
    before, after, more = (int(n) for n in re.findall(r"(\d+) 人", said))
    assert after > before and after - before == more
    expect(page.locator(".siting-list > li")).to_have_count(5)
    expect(page.locator("main")).to_contain_text("已证明是最优解")
    chosen = page.locator(".siting-list h3").all_inner_texts()

    page.reload()
    expect(page.locator(".siting-list h3")).to_have_text(chosen)
    assert page.locator("#change").inner_text() == said


def test_no_figure_about_fewer_than_five_old_people_is_shown(visit: OpenPage):
    page = visit("/desk/meals/siting?count=20&minutes=15", account="zhang")
    shown = page.locator(".siting-list").inner_text()
    assert not re.search(r"(?<![\d少于 ])[1-4] 人", shown.replace("少于 5 人", ""))


def test_each_township_has_its_sheet_as_picture_and_pdf(visit: OpenPage):
    page = visit("/desk/meals/coverage", account="zhang")
    towns = page.locator(".town-list a")
    assert towns.count() >= 19
    towns.first.click()
    page.wait_for_load_state()
    expect(page.locator(".town-map svg").first).to_be_visible()
    answer = page.request.get(page.url.split("?")[0] + ".pdf")
    assert answer.status == 200 and answer.body().startswith(b"%PDF")


def test_an_old_person_finds_the_nearest_lunch_on_a_phone(visit: OpenPage):
    page = visit("/meals?near=永宁大道1号&age=82", size=PHONE)
    first = page.locator(".service-item").first
    expect(first).to_contain_text("步行")
    expect(first).to_contain_text("元")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    first.locator("h3 a").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("供餐时间")
