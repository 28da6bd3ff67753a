"""The import wizard in a real browser: a bureau's table in, findings by row, columns and datum chosen, written by a job."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from api.security.accounts import add_account
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.pages.test_repair import worker
from tests.people import PASSWORD
from tests.serving import Served

WAIT_MS = 180_000


@pytest.fixture
def wizard(visit: OpenPage, server: Served) -> Page:
    name = f"zhang-{uuid.uuid4().hex[:6]}"
    with session() as db:
        add_account(db, name, PASSWORD, ["officer"], display_name="张三")
    return visit("/desk/data", account=name)


def test_a_table_is_checked_mended_written_once_and_taken_back(wizard: Page, tmp_path: Path):
    page, file = wizard, tmp_path / "新编门牌.csv"
    with file.open("w", encoding="gb18030", newline="") as out:
        table = csv.writer(out)
        table.writerow(["区县", "镇街", "哪条路", "门牌号码"])
        table.writerows([["黄岩区", "东城街道", "试验北路", str(number)] for number in range(2, 20, 2)])
        table.writerow(["黄岩区", "东城街道", "试验北路", ""])
    page.set_input_files("#field-file", file)
    page.click("text=上传并核对列")
    expect(page.locator("h1")).to_have_text("新编门牌.csv")
    expect(page.locator("#field-column-number")).to_have_value("门牌号码")
    page.click("text=其他可以认的列")
    page.select_option("#field-column-road", "哪条路")

    with worker():
        page.click("text=检查，不写入")
        expect(page.locator(".finding.is-block")).to_contain_text("第 11 行", timeout=WAIT_MS)
        assert _doors() == 0, "a check writes nothing"
        expect(page.locator("#field-column-road")).to_have_value("哪条路")
        page.check("#partial")
        page.click("text=检查，不写入")
        page.click("text=导入没有问题的行", timeout=WAIT_MS)
        expect(page.locator("h2:text-is('已导入')")).to_be_visible(timeout=WAIT_MS)
    assert _doors() == 9
    with page.expect_download() as download:
        page.click("text=下载除外的 1 行")
    assert "refused" in download.value.suggested_filename
    page.goto("/desk/data")
    page.click("table a:has-text('新编门牌.csv')")
    with worker():
        page.click("button:text-is('撤销这次导入')")
        expect(page.locator("h2:text-is('已撤销')")).to_be_visible(timeout=WAIT_MS)
    assert _doors() == 0
    page.goto("/desk/data")
    expect(page.locator("table tbody tr").first).to_contain_text("已撤销")


def test_a_file_that_is_no_table_is_refused_with_what_to_do(wizard: Page, tmp_path: Path):
    file = tmp_path / "说明.docx"
    file.write_bytes(b"no table")
    wizard.set_input_files("#field-file", file)
    wizard.click("text=上传并核对列")
    expect(wizard.locator("#errors")).to_contain_text("不支持扩展名")


def test_what_is_exported_is_the_register(wizard: Page):
    with wizard.expect_download() as download:
        wizard.click("#export li:has-text('道路') a:has-text('CSV')")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    with session() as db:
        count = db.scalar(text("SELECT count(*) FROM register.road WHERE valid_to IS NULL"))
    assert download.value.suggested_filename == "道路.csv" and len(lines) > int(count or 0)


def _doors() -> int:
    with session() as db:
        found = db.scalar(
            text("SELECT count(*) FROM register.address WHERE handle_name = '试验北路' AND valid_to IS NULL")
        )
    return int(found or 0)
