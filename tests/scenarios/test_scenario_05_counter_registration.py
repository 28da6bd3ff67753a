"""Scenario 5: the window clerk registers a door - searched, checked, numbered by its place, approved, printed - by keyboard."""

from __future__ import annotations

import io
import re
import statistics
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import text

from api.security.accounts import add_account
from gazetteer.registration import amending, deciding
from gazetteer.registration.clerk import Clerk
from geo.store.engine import act, session
from tests.pages.conftest import OpenPage
from tests.people import PASSWORD
from tests.serving import Served


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    with session() as db:
        add_account(db, "chuang", PASSWORD, ["counter"], display_name="窗口李四")


@pytest.fixture
def logged_in(visit: OpenPage, accounts: None) -> Callable[[str], Page]:
    return lambda path: visit(path, account="chuang")


def crossing(place: int) -> tuple[str, str, float, float]:
    """A road of the sample and a place between two of its doors where nothing stands: code, name, degrees."""
    with session() as db:
        row = db.execute(
            text("SELECT r.code, r.name, avg(ST_X(p.geom)) AS lon, avg(ST_Y(p.geom)) AS lat FROM register.road r "
                 "JOIN register.address a ON a.road = r.code AND a.valid_to IS NULL AND a.bld = '' "
                 "AND a.number ~ '^[0-9]+$' AND a.number_order IN (3, 5) AND a.sub = '' "
                 "JOIN register.address_point p ON p.address = a.code "
                 "WHERE (SELECT count(*) FROM register.road s WHERE s.name = r.name) = 1 "
                 "GROUP BY r.code, r.name HAVING count(*) = 2 ORDER BY r.code OFFSET :n LIMIT 1"), {"n": place},
        ).one()  # fmt: skip
    return row.code, row.name, row.lon, row.lat


def open_text(page: Page) -> None:
    """Open the coordinates' field; the map closes it once, when it is ready, and may take its time."""
    page.locator(".map-text:not([open])").wait_for()
    page.locator(".map-text").evaluate("part => part.open = true")


def register(page: Page, name: str, lon: float, lat: float, applicant: str) -> None:
    """What a practised clerk does: a road by its first characters, the place, the applicant, two ticks, Ctrl+Enter."""
    page.locator("#field-handle_name").press_sequentially(name)
    page.keyboard.press("Enter")
    expect(page.locator("#field-handle")).not_to_have_value("")
    expect(page.locator("#field-handle_name")).to_have_value(name)
    point = page.locator("#field-point")
    open_text(page)
    point.fill(f"{lon:.7f},{lat:.7f}")
    expect(page.locator("#counter-advice strong")).to_be_visible()
    expect(page.locator("#field-number")).not_to_have_value("")
    page.fill("#field-applicant", applicant)
    page.fill("#field-phone", "13800000000")
    page.check('input[value="identity"]')
    page.check('input[value="title"]')
    page.locator("#field-applicant").press("Control+Enter")
    page.wait_for_url(re.compile(r"/desk/numbers/G"))


def test_a_clerk_registers_five_doors_each_is_printed_found_and_none_is_double(
    logged_in: Callable[[str], Page], server: Served
) -> None:
    page = logged_in("/desk/numbers/new")
    codes = []
    for place in range(3):
        _, name, lon, lat = crossing(place)
        page.goto("/desk/numbers/new")
        register(page, name, lon, lat, f"申请人{place}")
        expect(page.locator("main")).to_contain_text("已办结")
        expect(page.locator("main")).to_contain_text(name)
        codes.append(page.url.rsplit("/", 1)[1])
    with session() as db:
        rows = db.execute(
            text("SELECT seconds, result FROM register.registration WHERE code = ANY(:c)"), {"c": codes}
        ).all()
        twice = db.scalar(
            text("SELECT count(*) FROM (SELECT 1 FROM register.address WHERE valid_to IS NULL "
                 "GROUP BY coalesce(road, natvil, estate), number, sub, bld, unit, floor, room "
                 "HAVING count(*) > 1 AND max(source) LIKE '门牌登记%') d")
        )  # fmt: skip
    assert statistics.median(row.seconds for row in rows) <= 300
    assert twice == 0
    body = page.context.request.get(f"/desk/numbers/{codes[0]}/paper.pdf").body()
    printed = "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(body)).pages)
    assert "门牌证" in printed.replace(" ", "") and "申请人0" in printed.replace(" ", "")
    word = page.context.request.get(f"/desk/numbers/{codes[0]}/paper.docx").body()
    assert word[:2] == b"PK"


def test_the_same_door_again_is_refused_with_the_place_where_it_stands(
    logged_in: Callable[[str], Page],
) -> None:
    _, name, _, _ = crossing(5)
    page = logged_in("/desk/numbers/new")
    page.fill("#field-handle_name", name)
    page.fill("#field-number", "3")
    page.fill("#field-applicant", "王五")
    page.click('button[value="take"]')
    expect(page.locator("#errors")).to_contain_text("已经登记")
    expect(page.locator("#field-applicant")).to_have_value("王五")


def test_a_proof_says_that_several_addresses_mean_one_property(logged_in: Callable[[str], Page]) -> None:
    code, _, _, _ = crossing(6)
    with session() as db:
        address = db.scalar(
            text("SELECT code FROM register.address WHERE road = :r AND number = '3' AND sub = '' AND valid_to IS NULL"),
            {"r": code},
        )  # fmt: skip
    page = logged_in(f"/desk/numbers/new?kind=证明&address={address}")
    page.fill("#field-same_as", "老街后门3号\n城关镇南街3号")
    page.fill("#field-applicant", "赵六")
    page.check('input[value="identity"]')
    page.check('input[value="title"]')
    page.click('button[value="approve"]')
    page.wait_for_url(re.compile(r"/desk/numbers/G"))
    body = page.context.request.get(page.url + "/paper.pdf").body()
    printed = (
        "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(body)).pages)
        .replace(" ", "")
        .replace("\n", "")
    )
    assert "指向同一不动产" in printed and "老街后门3号" in printed
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM register.alias WHERE alias = '老街后门3号'")) == 1


def test_the_applicant_applies_from_home_and_follows_by_number_and_code(
    visit: OpenPage, server: Served
) -> None:
    _, name, lon, lat = crossing(8)
    page = visit("/apply/number")
    page.fill("#field-handle_name", name)
    open_text(page)
    page.fill("#field-point", f"{lon:.7f},{lat:.7f}")
    page.fill("#field-applicant", "孙七")
    page.fill("#field-phone", "13900000000")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("申请已提交")
    number, private = (page.locator("main strong").nth(n).inner_text() for n in (0, 1))
    page.click("text=查进度")
    page.fill("#field-code", number)
    page.fill("#field-private", private)
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("已提交")
    expect(page.locator("main")).not_to_contain_text("孙七")
    wrong = httpx.post(f"{server.url}/apply/number/follow", data={"code": number, "private": "0"}, timeout=60)
    assert wrong.status_code == 404 and "查询码不对" in wrong.text
    with session() as db:
        act(db, actor="chuang", action="registration.return")
        deciding.do(db, number, "return", Clerk("chuang", "李四", frozenset({"counter"})), "写明房屋用途")
    page.goto("/apply/number/follow")
    page.fill("#field-code", number)
    page.fill("#field-private", private)
    page.click("main button[type=submit]")
    expect(page.locator(".notice")).to_contain_text("要补正：写明房屋用途")
    page.click("text=修改申请内容")
    expect(page.locator("#field-applicant")).to_have_value("孙七")
    page.fill("#field-note", "自住")
    page.click("text=提交补正")
    expect(page.locator("main")).to_contain_text("已提交")
    with session() as db:
        [kept] = amending.corrections(db, number)
    assert kept.changes == (("说明", "", "自住"),), "what is not shown and the place stay as they were"


def test_the_pages_of_the_room_are_drawn(logged_in: Callable[[str], Page]) -> None:
    page = logged_in("/desk")
    for path in ("/desk/numbers", "/desk/numbers/new", "/desk/numbers/streets", "/desk/numbers/estates",
                 "/desk/numbers/import", "/desk/numbers/rules", "/desk/numbers/batches", "/desk/diagnosis"):  # fmt: skip
        answer = page.goto(path)
        assert answer is not None and answer.status == 200, path
        expect(page.locator("h1").first).to_be_visible()
