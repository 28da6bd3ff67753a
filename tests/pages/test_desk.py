"""The workbench in a real browser: what waits, search, keys, drafts, views, reports, with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from api.security.accounts import add_account
from geo.cases import clocks, states
from geo.store.acts import act
from geo.store.engine import session
from tests.pages.conftest import DESK, PHONE, TABLET, OpenPage
from tests.pages.test_accessibility import wrong_at
from tests.people import PASSWORD
from tests.serving import Served

Desk = Callable[..., Page]
PATHS = ("/desk", "/desk/search?q=永宁", "/desk/keys", "/desk/views?path=/desk/reports", "/desk/drafts", "/desk/reports",
         "/desk/reports/BC000001", "/desk/statistics", "/desk/statistics/report",
         "/desk/statistics/rows/quality.road-meaning")  # fmt: skip


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
        add_account(db, "wang", PASSWORD, ["inspector"], display_name="王五")
    given = {
        "kind": "wrong-point",
        "text": "门在路的另一边。",
        "standard_address": "永宁大道28号",
        "lon": 121.26,
        "lat": 28.65,
    }
    for _ in range(2):
        assert httpx.post(f"{server.url}/v1/reports", json=given, timeout=60).status_code == 201


@pytest.fixture
def desk(visit: OpenPage, accounts: None) -> Desk:
    """``desk("/desk")`` opens a page as the officer 张三."""

    def opened(path: str, *, account: str = "zhang", size: tuple[int, int] = DESK, **options: object) -> Page:
        page = visit("/login", size=size, **options)
        page.fill("#account", account)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/desk")
        page.goto(path)
        return page

    return opened


def test_the_rail_shows_what_the_caller_may_open_and_nothing_else(desk: Desk):
    page = desk("/desk")
    expect(page.locator(".rail a[aria-current]")).to_have_text("待办")
    assert page.locator(".rail a:text-is('统计')").count() == 1
    for link in page.locator(".rail li a").all():
        assert page.request.get(str(link.get_attribute("href"))).status == 200
    inspector = desk("/desk", account="wang")
    assert inspector.locator(".rail a:text-is('统计')").count() == 0


def test_search_over_everything_opens_by_ctrl_k_and_finds_by_pinyin_and_by_number(desk: Desk):
    page = desk("/desk")
    page.keyboard.press("Control+k")
    expect(page.locator("#finder-q")).to_be_focused()
    page.keyboard.type("yongningdadao")
    first = page.locator(".finder-list a").first
    expect(first).to_contain_text("永宁大道")
    page.locator("#finder-q").fill("BC000001")
    expect(first).to_have_attribute("href", "/desk/reports/BC000001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/BC000001")


def test_a_list_is_read_by_keyboard_with_the_record_at_its_side(desk: Desk):
    page = desk("/desk/reports")
    expect(page.locator("[data-list][data-ready]")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#aside")).to_contain_text("门在路的另一边。")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/BC00000*")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_contain_text("清单里下一条")


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_accepted_with_a_usual_reason_and_leaves_the_open_list(desk: Desk, script: bool):
    page = desk("/desk/reports?state=new&sort=number", java_script_enabled=script)
    number = page.locator(".row-link").first.inner_text()
    page.goto(f"/desk/reports/{number}")
    page.click("button:has-text('采纳并回复') >> nth=0")
    expect(page.locator("#said")).to_have_text(f"{number} 已采纳。")
    page.goto("/desk/reports?state=new")
    assert page.locator(f".row-link:text-is('{number}')").count() == 0
    page.goto("/desk/reports?state=accepted")
    expect(page.locator(".desk-table")).to_contain_text("已更正登记信息。")


def test_a_list_is_kept_under_a_name_and_stands_on_the_home_page(desk: Desk):
    page = desk("/desk/reports?state=accepted")
    page.click("text=保存或打开视图")
    page.fill("#field-name", "已采纳的")
    page.click("button:has-text('保存')")
    page.wait_for_url("**/desk/reports?state=accepted*")
    page.goto("/desk")
    page.click("a:text-is('已采纳的')")
    expect(page.locator("#f-state")).to_have_value("accepted")


def test_a_form_survives_a_killed_tab_a_refusal_and_a_lost_line_and_is_let_go_when_it_is_taken(desk: Desk):
    page = desk("/desk/places/planned")
    _write(page, "橘源东路")
    page.close()
    page = _open_again(page, "/desk/places/planned")
    page.click("text=接着填")
    expect(page.locator("#field-name")).to_have_value("橘源东路")
    page.fill("#field-plan", "示例方案")
    page.context.set_offline(True)
    page.locator("#field-plan").press("Enter", no_wait_after=True)
    # The browser's own page of a lost line: the form was sent, and did not arrive.
    expect(page).to_have_url(re.compile("^chrome-error:"))
    page.context.set_offline(False)
    page.goto("/desk/places")
    page.goto("/desk/places/planned")
    page.click("text=接着填")
    expect(page.locator("#field-plan")).to_have_value("示例方案")
    page.locator("#field-plan").press("Enter")
    expect(page.locator("#said")).not_to_be_empty()
    page.goto("/desk/drafts")
    expect(page.locator("main")).not_to_contain_text("规划")
    page.goto("/desk/places/planned")
    page.wait_for_load_state("networkidle")
    expect(page.locator("text=接着填")).to_have_count(0)


def _write(page: Page, name: str) -> None:
    page.fill("#field-name", name)
    expect(page.locator(".draft-line")).to_contain_text("草稿")


def _open_again(page: Page, path: str) -> Page:
    again = page.context.new_page()
    again.goto(path)
    return again


def test_what_waits_stands_by_its_deadline_and_says_the_time_in_words(desk: Desk):
    with session() as db:
        act(db, actor="zhang", action="test")
        db.execute(
            text(
                "INSERT INTO register.case_state (machine, state, label) VALUES ('desk-test', 'open', '待办')"
            )
        )
        for subject, days in (("late", 0), ("soon", 2)):
            states.begin(db, "desk-test", subject, "open", actor="zhang")
            clocks.start(
                db, "desk-test", subject, "answer", label="答复", on=date.today(), days=days, basis="calendar"
            )
    from api import desks
    from api.desks.waiting import Waiting

    waiting = Waiting(
        "desk-test", "试办件", ("open",), {"officer"}, lambda db, s: {x: (f"办件 {x}", "/desk") for x in s}
    )
    before = getattr(desks.home, "WAITING", ())
    desks.home.WAITING = (waiting,)  # type: ignore[attr-defined]
    try:
        page = desk("/desk?kind=desk-test")
        rows = page.locator(".waiting-list li").all_inner_texts()
    finally:
        desks.home.WAITING = before  # type: ignore[attr-defined]
    assert "办件 late" in rows[0] and "今天到期" in rows[0]
    assert "办件 soon" in rows[1] and "还剩 2 天" in rows[1]


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(desk: Desk):
    assert wrong_at((DESK, TABLET, PHONE), desk("/desk", bypass_csp=True), PATHS) == {}
