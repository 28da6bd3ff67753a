"""Scenario 7: a plate lead has plates made by township and road, hung by phone without a network, checked and counted."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gazetteer.plates import checks, records
from gazetteer.plates.payload import payload, taken_apart
from gazetteer.plates.signing import verify
from geo.cases import attachments
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.scenarios.plate_scenes import accounts, ordered, phone, photo
from tests.serving import Served
from tests.squares import read_pages

COUNT = 12


@pytest.fixture(scope="module")
def project(server: Served) -> list[str]:
    """Twelve plates ordered, two people known."""
    accounts()
    return ordered(COUNT)


def test_plates_are_made_hung_offline_checked_and_counted(
    browser: Browser, server: Served, visit: OpenPage, project: list[str], tmp_path: Path
):
    desk = visit("/desk/plates/batches", account="zhang")
    faulty = make_and_receive(desk, project, tmp_path)
    good = [code for code in project if code != faulty]
    hang_without_a_network(browser, server, good[:3])
    count_and_check(desk, good[:3])


def make_and_receive(desk: Page, project: list[str], tmp_path: Path) -> str:
    """A batch, its sheets read back, a delivery with one fault."""
    desk.fill("#maker", "甲厂")
    desk.click("text=生成批次")
    expect(desk.locator("#said")).to_contain_text("批次已生成")
    batch = desk.url.rpartition("/")[2]

    with desk.expect_download() as given:
        desk.click("text=制作清单 CSV")
    given.value.save_as(tmp_path / "sheet.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "sheet.csv").read_text("utf-8-sig"))))
    assert sorted(row["门牌码"] for row in rows) == sorted(project)
    with desk.expect_download() as given:
        desk.click("text=制作图 PDF")
    given.value.save_as(tmp_path / "faces.pdf")
    read = read_pages(tmp_path / "faces.pdf")
    assert read == [row["二维码内容"] for row in rows]
    assert all(verify(*taken_apart(one)) for one in read)  # type: ignore[arg-type]

    faulty = rows[0]["门牌码"]
    desk.fill("#faults", f"{faulty} 字错")
    desk.click("button:text-is('收货')")
    expect(desk.locator("#said")).to_contain_text(f"合格 {COUNT - 1} 块，有问题 1 块")
    with session() as db:
        assert records.get(db, faulty).state_label == "待制作"
        assert records.count(db, batch=batch, state="arrived") == COUNT - 1
    return faulty


def hang_without_a_network(browser: Browser, server: Served, codes: list[str]) -> None:
    """Three plates hung on a phone whose network is cut; the page opens again without it; all arrives once."""
    with phone(browser, server.url, "li") as (context, page):
        page.goto("/field/plates")
        expect(page.locator("html")).to_have_attribute("data-state", "ready")
        expect(page.locator("html")).to_have_attribute("data-offline", "ready")
        expect(page.locator("#count")).to_have_text(f"{COUNT - 1} 块")
        context.set_offline(True)
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-state", "ready")
        expect(page.locator("#net")).to_have_text("离线")
        expect(page.locator("#gps")).to_contain_text("±6 米")
        for number, code in enumerate(codes, 1):
            # What a scanner app pastes, then what a person types.
            page.fill("#code", payload(code) if number == 1 else f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
            page.click("#code-form button")
            expect(page.locator("#plate")).to_be_visible()
            if number == 1:
                expect(page.locator("#signed")).to_have_text("签名有效")
            page.set_input_files("#near", photo())  # type: ignore[arg-type]
            page.set_input_files("#wide", photo())  # type: ignore[arg-type]
            expect(page.locator("#hang-form .is-done")).to_have_count(2)
            page.click("#hang")
            expect(page.locator("#outbox")).to_have_text(f"待上传 {number}")
        with session() as db:
            assert {records.get(db, code).state for code in codes} == {"arrived"}
        page.click("#sync")
        expect(page.locator("#said")).to_contain_text("现在连不上")
        # With the network back everything goes by itself; the button is gone when it has.
        context.set_offline(False)
        expect(page.locator("#outbox")).to_have_text("待上传 0")
        expect(page.locator("#count")).to_have_text(f"{COUNT - 1 - len(codes)} 块")
    with session() as db:
        for code in codes:
            plate = records.get(db, code)
            assert (plate.state_label, plate.installed_by, plate.accuracy_m) == ("已安装", "李四", 6)
            photos = attachments.of(db, "plate", code)
            assert len(photos) == 2 and all(one.lon and one.size < 900_000 for one in photos)


def count_and_check(desk: Page, codes: list[str]) -> None:
    """Progress by every key says the same; a two-percent sample is drawn and judged."""
    for key in ("town", "maker", "road", "installer"):
        desk.goto(f"/desk/plates/progress?by={key}")
        cells = desk.locator("tfoot td")
        expect(cells.nth(3)).to_have_text(str(len(codes)))
        expect(cells.nth(6)).to_have_text(str(COUNT))
    desk.goto("/desk/plates/checks")
    desk.fill("#rate", "2")
    desk.fill("#seed", "20260101")
    desk.click("button:text-is('抽样')")
    expect(desk.locator("body")).to_contain_text("与保存的样本一致")
    desk.locator("button:text-is('合格')").first.click()
    expect(desk.locator("#said")).to_have_text("已保存。")
    with session() as db:
        check = checks.newest(db)[0]
        assert check.judged == check.passed == 1
        assert check.interval and 0 < check.interval[0] < 1
    desk.goto("/desk/plates?state=hung")
    expect(desk.locator("tbody tr")).to_have_count(len(codes))
