"""The public search page as people use it: messy addresses, suggestions, map, keyboard, no script, no WebGL, phone."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.pages.conftest import DESK, PATIENCE_MS, PHONE, TABLET, OpenPage
from tests.serving import Served


@pytest.fixture(scope="module")
def door(server: Served) -> dict[str, Any]:
    """A registered door on a road, with a number below a hundred."""
    rows = httpx.get(f"{server.url}/v1/addresses", params={"limit": 1000}, timeout=60).json()["features"]
    facts = [r["properties"] for r in rows]
    return next(f for f in facts if f["road"] and re.fullmatch(r"[1-9]\d", f["number"]) and not f["sub"])


def ask(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="地址").fill(text)
    page.get_by_role("button", name="查询").click()


def messy(door: dict[str, Any]) -> str:
    """The address as somebody might write it: the district's short name, a full-width number."""
    wide = "".join(chr(ord(c) + 0xFEE0) for c in door["number"])
    return door["standard_address"].replace("黄岩区", "黄岩").replace(f"{door['number']}号", f"{wide} 号")


def test_a_messy_address_gets_its_plate_what_was_changed_and_a_map(visit: OpenPage, door: dict[str, Any]):
    page = visit("/")
    ask(page, messy(door))
    expect(page.locator(".result .plate-number")).to_contain_text(door["number"])
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])
    expect(page.locator(".verdict")).to_contain_text("示例数据")
    expect(page.locator(".changes ins").first).to_be_visible()
    expect(page.locator("#map[data-state=idle]")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?q="))
    page.reload()
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])


def test_the_map_draws_roads_and_names_without_another_host(visit: OpenPage, door: dict[str, Any]):
    page = visit("/")
    tiles: list[int] = []
    page.context.on("response", lambda r: tiles.append(r.status) if r.url.endswith(".mvt") else None)
    with page.context.expect_event("response", lambda r: r.url.endswith(".mvt") and r.status == 200):
        ask(page, door["standard_address"])
    expect(page.locator("#map[data-state=idle]")).to_be_visible()
    assert set(tiles) <= {200, 204}
    canvas = page.locator("#map canvas").screenshot()
    assert len(canvas) > 4000, "an empty ground would be a few hundred bytes of PNG"


def test_initials_suggest_a_road_and_the_keyboard_takes_it(visit: OpenPage):
    page = visit("/")
    box = page.get_by_role("combobox", name="地址")
    box.press_sequentially("yndd")
    # The answer to all four letters, not the one to the first of them.
    expect(page.locator("#suggestions")).to_have_attribute("data-asked", "yndd")
    expect(page.get_by_role("option").first).to_contain_text("永宁大道")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value(re.compile("永宁大道$"))
    expect(page.locator(".result .plate")).to_contain_text("永宁大道")


def test_escape_closes_the_suggestions_and_enter_then_asks_what_was_typed(visit: OpenPage):
    page = visit("/")
    box = page.get_by_role("combobox", name="地址")
    box.press_sequentially("永宁大")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("永宁大")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_an_unknown_place_says_so_and_what_to_do(visit: OpenPage):
    page = visit("/")
    ask(page, "不存在的火星基地")
    expect(page.locator("#results")).to_contain_text("未找到")
    expect(page.locator("#results li").first).to_be_visible()


def test_a_number_that_is_not_registered_is_not_shown_as_certain(visit: OpenPage, door: dict[str, Any]):
    page = visit("/")
    ask(page, door["standard_address"].replace(f"{door['number']}号", "9876号"))
    expect(page.locator(".verdict")).to_contain_text("需人工核对")
    # The figure says that it speaks of the road.
    expect(page.locator(".verdict .figure")).to_contain_text("道路可信度")


def test_a_name_in_pinyin_that_finds_nothing_offers_what_may_be_meant(visit: OpenPage):
    page = visit("/?q=yongning")
    offered = page.locator(".others li a", has_text="永宁").first
    expect(page.locator("#results")).to_contain_text("您是不是要找")
    offered.click()
    expect(page.locator(".result .plate")).to_contain_text("永宁")


def test_the_record_names_the_village_and_not_its_committee(visit: OpenPage, door: dict[str, Any]):
    page = visit(f"/a/{door['code']}")
    division = page.locator("dl.facts div", has_text="所属区划").locator("dd")
    expect(division).not_to_contain_text(re.compile("居委会|村委会|居民委员会|村民委员会"))


def test_without_network_the_page_says_so_and_tries_again(visit: OpenPage, door: dict[str, Any]):
    page = visit("/")
    page.context.set_offline(True)
    ask(page, door["standard_address"])
    expect(page.locator("#results")).to_contain_text("网络未连接")
    page.context.set_offline(False)
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])


def test_going_back_brings_the_question_before(visit: OpenPage, door: dict[str, Any]):
    page = visit("/")
    ask(page, door["standard_address"])
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])
    ask(page, "不存在的火星基地")
    expect(page.locator("#results")).to_contain_text("未找到")
    page.go_back()
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])


def test_without_javascript_the_form_the_answer_and_the_drawn_map_work(visit: OpenPage, door: dict[str, Any]):
    page = visit("/", java_script_enabled=False)
    page.get_by_label("地址、路名").fill(door["standard_address"])
    page.get_by_role("button", name="查询").click()
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])
    expect(page.locator("#locator img")).to_be_visible()
    expect(page.locator("#locator img")).not_to_have_js_property("naturalWidth", 0)
    page.get_by_role("link", name="永久链接").click()
    expect(page.locator("h1")).to_contain_text(door["handle_name"])


def test_without_webgl_the_drawn_locator_stands_in_for_the_map(
    playwright: Playwright, chromium: str, server: Served, door: dict[str, Any]
):
    browser: Browser = playwright.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis"],
        timeout=PATIENCE_MS,
    )
    try:
        page = browser.new_page(base_url=server.url)
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"/?q={door['standard_address']}")
        assert page.evaluate("document.createElement('canvas').getContext('webgl2')") is None
        expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])
        expect(page.locator("#locator img")).to_be_visible()
        expect(page.locator("#map")).to_be_hidden()
    finally:
        browser.close()


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_runs_over_the_edge_at_any_size(
    visit: OpenPage, door: dict[str, Any], size: tuple[int, int], large: bool
):
    page = visit("/view?type=large&back=/" if large else "/", size=size)
    for path in ("/", f"/?q={messy(door)}", "/about", "/docs", "/login", f"/a/{door['code']}"):
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == (
        "20px" if large else "16px"
    )


def test_copying_gives_the_standard_address(visit: OpenPage, door: dict[str, Any]):
    page = visit(f"/?q={door['standard_address']}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制").click()
    # The button says so for a moment only; what is said to who cannot see it stays.
    expect(page.locator("[data-said]")).to_have_text("已复制")
    assert door["handle_name"] in page.evaluate("navigator.clipboard.readText()")


def test_the_page_can_be_used_with_the_keyboard_alone(visit: OpenPage, door: dict[str, Any]):
    page = visit("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(door["standard_address"])
    page.keyboard.press("Enter")
    expect(page.locator(".result .plate-street")).to_have_text(door["handle_name"])
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"查询", "复制", "分享", "永久链接"} <= set(seen)


def test_a_page_that_is_not_there_looks_like_the_house(visit: OpenPage):
    page = visit("/no-such-page")
    expect(page.locator("h1")).to_have_text("没有找到")
    expect(page.locator(".house-plate")).to_be_visible()
