"""The public map in a real browser, and the maps to take away opened from the disk without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.desks.maps import sheets
from api.security.caller import NOBODY
from gazetteer.service.sample import load_details
from geo.store.engine import session
from tests.pages.conftest import DESK, PHONE, OpenPage
from tests.serving import Served


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page of a browser that reaches nothing but the disk; a request elsewhere fails the test."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1000, "height": 700}, offline=True)
    page, asked = context.new_page(), []
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else asked.append(r.url)
    )
    page.on("pageerror", lambda error: asked.append(f"script error {error}"))
    yield page
    context.close()
    assert asked == []


@pytest.fixture(scope="module", autouse=True)
def details(server: Served) -> None:
    """Meal points and cemeteries with what the maps tell of them."""
    load_details()


@pytest.mark.parametrize("name", ["meals", "cemeteries"])
def test_a_map_taken_away_opens_without_a_network_and_shows_its_points(
    offline: Page, server: Served, tmp_path: Path, name: str
):
    with session() as db:
        title, html = sheets.sheet(db, name, NOBODY)
        drawn = sum(len(theme.things) for theme in sheets.MAPS[name].themes(db, NOBODY))
    file = tmp_path / "map.html"
    file.write_text(html, encoding="utf-8")
    offline.goto(file.as_uri())
    expect(offline).to_have_title(title)
    expect(offline.get_by_text("图例")).to_be_visible()
    count = offline.evaluate(
        "() => { const map = Object.values(window).find((v) => v instanceof L.Map); let n = 0;"
        " map.eachLayer((l) => { n += l.feature?.properties?.name ? 1 : 0; }); return n; }"
    )
    assert count == drawn > 0
    box = offline.evaluate(
        "() => { const map = Object.values(window).find((v) => v instanceof L.Map);"
        " let found; map.eachLayer((l) => { if (l instanceof L.CircleMarker) found = l; });"
        " found.fire('click', { latlng: found.getLatLng() }, true); return document.querySelector('.leaflet-popup-content').innerText; }"
    )
    assert "类型" in box or "类别" in box


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_map_draws_and_a_tick_goes_into_the_address(visit: OpenPage, size: tuple[int, int]):
    page = visit("/map", size=size)
    expect(page.locator("#pm-map[data-state=idle]")).to_be_visible()
    page.get_by_label("公墓", exact=True).uncheck()
    expect(page.locator('.pm-list[data-kind="cemeteries"]')).to_be_hidden()
    expect(page).to_have_url(re.compile("show=meals%2Cheritage%2Croads"))
    page.reload()
    expect(page.get_by_label("公墓", exact=True)).not_to_be_checked()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_an_entry_of_the_list_moves_the_map_and_the_link_keeps_the_view(visit: OpenPage):
    page = visit("/map?show=meals")
    expect(page.locator("#pm-map[data-state=idle]")).to_be_visible()
    page.locator(".pm-list a[data-lon]").first.click()
    expect(page.locator(".pm-list .is-chosen")).to_have_count(1)
    expect(page).to_have_url(re.compile("#15/"))
    page.locator(".pm-list .is-chosen a").click()
    page.wait_for_url("**/meals/*")


def test_without_a_script_the_map_is_a_list(visit: OpenPage):
    page = visit("/map", java_script_enabled=False)
    expect(page.get_by_text("请看列表")).to_be_visible()
    expect(page.locator('.pm-list[data-kind="meals"] li').first).to_be_visible()
    page.get_by_label("公墓", exact=True).uncheck()
    page.get_by_role("button", name="查找").click()
    expect(page.locator('.pm-list[data-kind="cemeteries"]')).to_have_count(0)
