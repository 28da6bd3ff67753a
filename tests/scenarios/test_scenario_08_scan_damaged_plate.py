"""Scenario 8: a grid worker scans a damaged plate, reports it in three taps; it is replaced and the order closes in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import cv2
import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from api.security.keys import add_key
from gazetteer.plates import records, repairs
from gazetteer.plates.codes import new_code
from gazetteer.plates.payload import taken_apart
from gazetteer.plates.signing import sign
from geo.cases import attachments
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.scenarios.plate_scenes import accounts, hung, phone, photo, square
from tests.serving import Served

INSTALLER, REPORTER = "李四", "张三"


@pytest.fixture(scope="module")
def plates(server: Served) -> list[str]:
    """Three plates on walls."""
    accounts()
    return hung(3)


@pytest.fixture(autouse=True)
def unhurried(plates: list[str]) -> None:
    """Every test of this module asks from the same machine: none is slowed by what another asked."""
    with session() as db:
        db.execute(text("DELETE FROM access.plate_look"))


@pytest.fixture
def public(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as opened:
        yield opened


def scanned(code: str) -> str:
    """The path that a phone's own camera opens from the printed square."""
    picture = cv2.imdecode(np.frombuffer(square(code), np.uint8), cv2.IMREAD_COLOR)
    said = cv2.QRCodeDetector().detectAndDecode(picture)[0]
    read, signature = taken_apart(said)
    return f"/p/{read}?s={signature}"


def test_a_damaged_plate_is_reported_in_three_taps_replaced_and_closed_within_thirty_days(
    browser: Browser, server: Served, visit: OpenPage, plates: list[str]
):
    old = plates[0]
    with phone(browser, server.url, "li") as (_, page):
        page.goto(scanned(old))
        expect(page.locator("#grid")).to_contain_text("已安装")
        expect(page.locator("#grid-report[data-state=ready][data-place=known]")).to_be_visible()
        report_in_three_taps(page)
        expect(page.locator("#grid-said")).to_contain_text("维修工单已开")
    with session() as db:
        assert records.get(db, old).state_label == "损坏"
        [order] = repairs.listed(db, plate=old)
        assert order.due_on == date.today() + timedelta(days=30) and order.reporter == INSTALLER
        [shot] = attachments.of(db, "plate", old)
        assert shot.kind == "现场照片" and shot.lon
    new = replaced(visit, order.code)
    hang(browser, server, new)
    with session() as db:
        assert repairs.get(db, order.code).state_label == "已办结"
        assert repairs.get(db, order.code).stopped_on == date.today()
    with phone(browser, server.url) as (_, page):
        page.goto(scanned(old))
        expect(page.locator("main")).to_contain_text("已由新门牌替换")
        expect(page.locator(f"a[href='/p/{new}']")).to_be_visible()


def report_in_three_taps(page: Page) -> None:
    page.locator("#grid label:has-text('破损')").tap()
    with page.expect_file_chooser() as chooser:
        page.locator("label[for=grid-photo]").tap()
    chooser.value.set_files(photo())  # type: ignore[arg-type]
    expect(page.locator("label[for=grid-photo].is-done")).to_be_visible()
    page.locator("#grid-report button[type=submit]").tap()


def replaced(visit: OpenPage, order: str) -> str:
    """The officer sends the order out, has the new plate made and takes it in."""
    desk = visit(f"/desk/plates/repairs/{order}", account="zhang")
    expect(desk.locator(".clock")).to_contain_text("还剩 30 天")
    desk.click("text=派单：换新牌")
    expect(desk.locator("#said")).to_contain_text("已派单")
    desk.goto("/desk/plates/batches")
    desk.fill("#maker", "甲厂")
    desk.click("text=生成批次")
    expect(desk.locator("#said")).to_contain_text("批次已生成")
    desk.click("button:text-is('收货')")
    expect(desk.locator("#said")).to_contain_text("合格 1 块")
    with session() as db:
        made = repairs.get(db, order).replacement
    assert made
    return made


def hang(browser: Browser, server: Served, code: str) -> None:
    with phone(browser, server.url, "li") as (_, page):
        page.goto("/field/plates")
        expect(page.locator("html")).to_have_attribute("data-state", "ready")
        page.locator("#work button").first.tap()
        page.set_input_files("#near", photo())  # type: ignore[arg-type]
        page.set_input_files("#wide", photo())  # type: ignore[arg-type]
        expect(page.locator("#hang-form .is-done")).to_have_count(2)
        page.locator("#hang").tap()
        expect(page.locator("#said")).to_contain_text("已上传")
    with session() as db:
        assert records.get(db, code).state_label == "已安装"


def test_the_public_reads_the_address_and_no_person_and_may_report_without_an_account(
    browser: Browser, server: Served, plates: list[str]
):
    code = plates[1]
    with session() as db:
        address = records.get(db, code).standard_address
    with phone(browser, server.url) as (_, page):
        page.goto(scanned(code))
        expect(page.locator("h1")).to_have_text(address)
        expect(page.locator("#call-words")).to_contain_text(address)
        expect(page.locator("main")).to_contain_text("签名有效")
        expect(page.locator("#grid")).to_have_count(0)
        words = page.locator("body").inner_text() + page.content()
        assert INSTALLER not in words and REPORTER not in words and "121.26000" not in words
        page.click("summary:has-text('报修')")
        page.check("details input[value=faded]")
        page.click("details button[type=submit]")
        expect(page.locator(".said")).to_contain_text("已收到，工单号")
    with session() as db:
        assert records.get(db, code).state == "hung"
        assert [one.reporter for one in repairs.listed(db, plate=code)] == ["公众"]


def test_a_forged_signature_is_said(public: httpx.Client, plates: list[str]):
    forged = public.get(f"/p/{plates[2]}", params={"s": sign(plates[1])})
    assert "签名不符" in forged.text
    strange = public.get(f"/p/{new_code()}", params={"s": "A" * 86}, headers={"accept": "application/json"})
    assert strange.status_code == 404 and strange.json()["code"] == "plate-forged"


def test_codes_cannot_be_counted_through(public: httpx.Client, plates: list[str]):
    ask = {"accept": "application/json"}
    unknown, malformed = (public.get(f"/p/{code}", headers=ask) for code in (new_code(), "123"))
    assert unknown.status_code == malformed.status_code == 404
    same = [
        {k: v for k, v in one.json().items() if k not in {"request_id", "instance"}}
        for one in (unknown, malformed)
    ]
    assert same[0] == same[1]
    answers = [public.get(f"/p/{new_code()}", headers=ask).status_code for _ in range(25)]
    assert answers[-1] == 429
    # Whoever stands before a plate is let through all the same.
    assert public.get(scanned(plates[2])).status_code == 200
    assert public.get("/v1/plates", headers=ask).status_code == 401


def test_the_office_opens_the_record_from_the_scan(visit: OpenPage, plates: list[str]):
    desk = visit(scanned(plates[2]), account="zhang")
    desk.click("text=打开门牌记录")
    expect(desk.locator(".timeline")).to_contain_text("安装")
    expect(desk.locator("body")).to_contain_text(INSTALLER)


def test_a_key_made_for_plates_lists_those_of_its_division_and_other_keys_do_not(
    public: httpx.Client, plates: list[str]
) -> None:
    with session() as db:
        town = str(db.scalar(text("SELECT a.town FROM register.plate p JOIN register.address a ON a.code = p.address "
                                  "WHERE p.code = :c"), {"c": plates[1]}))  # fmt: skip
        keys = {
            "all": add_key(db, "数字城管", ["plates"]), "read": add_key(db, "别的系统", ["read"]),
            "town": add_key(db, "镇街系统", ["plates"], division_code=town),
        }  # fmt: skip

    def asked(key: str, **query: str) -> httpx.Response:
        return public.get("/v1/plates", params=query, headers={"authorization": f"Bearer {keys[key]}"})

    everything = {f["properties"]["code"] for f in asked("all").raise_for_status().json()["features"]}
    assert set(plates) <= everything
    assert asked("read").status_code == 403
    own = {f["properties"]["division"][:9] for f in asked("town").raise_for_status().json()["features"]}
    assert own == {town[:9]}
    assert asked("town", division="331004000000").status_code == 403
    # Looked up one by one, only the key that may have the list is not slowed down.
    for key, last in (("all", 404), ("read", 429)):
        with session() as db:
            db.execute(text("DELETE FROM access.plate_look"))
        headers = {"authorization": f"Bearer {keys[key]}"}
        seen = [public.get(f"/v1/plates/{new_code()}", headers=headers).status_code for _ in range(21)]
        assert (seen[0], seen[-1]) == (404, last)
