"""The chain of a boundary event in the browser: 发现, 通报, 会同核实, 处理, 备案, 归档, and what is refused on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from boundary.sample_rounds import LINE
from tests.pages.conftest import OpenPage
from tests.serving import Served
from tests.walked import HUANGYAN, LINHAI
from tests.walking import Walk, walk

HOME = "/desk/boundary/events"


@pytest.fixture(scope="module")
def walking(server: Served) -> Walk:
    return walk()


@pytest.fixture
def desk(visit: OpenPage, walking: Walk) -> Page:
    """The office, logged in."""
    return visit(HOME, account="li", maps=False)


def opened(page: Page, address: str) -> None:
    """The page; an act that was taken has led back to it already."""
    if page.url.partition("?")[0] != address:
        page.goto(address)
    page.wait_for_load_state()


def reported(page: Page, kind: str, *, marker: str = "", site: str = "") -> str:
    """Take an event in; gives its address."""
    opened(page, f"{HOME}/new")
    page.select_option("#field-line", LINE)
    page.select_option("#field-kind", kind)
    page.fill("#field-found_on", "2026-06-01")
    if marker:
        page.select_option("#field-marker", marker)
    if site:
        page.fill("#field-geom", site)
    page.click("main button:has-text('登记')")
    expect(page.get_by_text("已登记。").first).to_be_visible()
    return page.url.partition("?")[0]


def took_part(
    page: Page, here: str, division: str, part: str, *, person: str = "", document: str = ""
) -> None:
    opened(page, here)
    # Open by itself as long as nobody took part.
    if not page.locator("details[open]", has_text="登记参与").count():
        page.click("summary:has-text('登记参与')")
    page.select_option("#field-division", division)
    page.select_option("#field-part", part)
    page.fill("#field-person", person)
    page.fill("#field-document", document)
    page.click("details[open] button:has-text('登记')")
    expect(page.get_by_text(f"已登记{part}").first).to_be_visible()


def step(page: Page, here: str, act: str, says: str) -> None:
    opened(page, here)
    page.click(f"button[name=act][value={act}]")
    expect(page.get_by_text(says).first).to_be_visible()


def handle(page: Page, here: str, note: str, says: str, responsible: str = "") -> None:
    opened(page, here)
    if responsible:
        page.select_option("#field-responsible", responsible)
    page.fill("#field-note", note)
    page.click("button:has-text('处理完毕')")
    expect(page.get_by_text(says).first).to_be_visible()


def verified(page: Page, here: str) -> None:
    step(page, here, "tell", "还没有登记通报临海市")
    took_part(page, here, LINHAI, "通报")
    step(page, here, "tell", "现在是")
    took_part(page, here, HUANGYAN, "核实", person="陈明")
    step(page, here, "verify", "临海市还没有到场核实")
    took_part(page, here, LINHAI, "核实", person="林海生")
    step(page, here, "verify", "现在是")


def test_a_damaged_marker_goes_through_the_chain_and_no_repair_without_the_other_side(desk: Page) -> None:
    here = reported(desk, "界桩损坏", marker="SAMPLE-02")
    verified(desk, here)
    handle(desk, here, "重新浇筑", "临海市到场见证", HUANGYAN)
    took_part(desk, here, LINHAI, "见证", person="林海生")
    handle(desk, here, "重新浇筑", "现在是", HUANGYAN)
    step(desk, here, "file", "现在是")
    step(desk, here, "archive", "现在是")
    opened(desk, here)
    expect(desk.locator("main")).to_contain_text("重新浇筑")
    expect(desk.locator("h1").locator("xpath=ancestor-or-self::*[2]")).to_contain_text("归档")


def test_construction_is_measured_against_the_line_and_needs_the_consent_of_both(
    desk: Page, walking: Walk
) -> None:
    lon, lat = walking.markers["SAMPLE-03"]
    site = "\n".join(
        f"{lon + x},{lat + y}"
        for x, y in ((-0.001, -0.001), (0.001, -0.001), (0.001, 0.001), (-0.001, 0.001))
    )
    here = reported(desk, "跨界建设", site=site)
    expect(desk.locator("main")).to_contain_text("须有双方的同意文件")
    verified(desk, here)
    took_part(desk, here, HUANGYAN, "同意", document="黄民函〔2026〕1号")
    handle(desk, here, "同意建设", "临海市的同意文件")
    took_part(desk, here, LINHAI, "同意", document="临民函〔2026〕2号")
    handle(desk, here, "同意建设", "现在是")
