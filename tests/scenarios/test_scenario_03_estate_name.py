"""Scenario 3: a developer's estate name is refused by three checks, revised, noticed, decided, filed and announced.

The developer applies on the public form; the office does the rest in its own pages. Days before today are entered as
the paper's days (补录), so that the whole case runs in one sitting and both fifteen-day clocks are seen kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import text

from api.security.accounts import add_account
from geo.store.engine import session
from tests.pages.conftest import PHONE, OpenPage
from tests.people import PASSWORD
from tests.serving import Served

REFUSED, REVISED = "东城万科花园", "橘韵家园"


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer", "reviewer"], display_name="张三")


@pytest.fixture
def site(server: Served) -> tuple[str, str]:
    """A field of one hectare in 西城街道 as GeoJSON, and the township's code."""
    with session() as db:
        row = db.execute(
            text("SELECT ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat, p.division FROM register.place p "
                 "JOIN register.division d ON d.code = rpad(left(p.division, 9), 12, '0') "
                 "WHERE d.name = '西城街道' AND p.category = 'C' ORDER BY p.code LIMIT 1")
        ).one()  # fmt: skip
    area = shapely.box(row.lon, row.lat, row.lon + 0.001, row.lat + 0.0009)
    return shapely.to_geojson(area), f"{row.division[:9]}000"


def put(page: Page, geometry: str) -> None:
    """Give the place as text, as one may without a mouse."""
    page.evaluate(
        "given => { const f = document.getElementById('field-geom'); f.value = given; "
        "f.dispatchEvent(new Event('input', {bubbles: true})); }",
        geometry,
    )


def act(page: Page, label: str, *, on: date, number: str = "") -> None:
    """Take one step on the record's page."""
    page.fill("#act-on", on.isoformat())
    if number:
        page.fill("#act-number", number)
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def test_an_estate_name_is_refused_three_times_revised_and_announced_inside_both_clocks(
    visit: OpenPage, accounts: None, site: tuple[str, str], tmp_path: Path
) -> None:
    geometry, town = site
    today = date.today()
    number = apply(visit, geometry, town)
    page = visit(f"/desk/naming/{number}", account="zhang", maps=False)
    expect(page.locator(".findings-list").first).to_contain_text("N10")
    for code in ("N10", "N13", "N14"):
        expect(page.locator("#check").get_by_text(code, exact=True).first).to_be_attached()
    upload(page, tmp_path)
    act(page, "受理", on=today - timedelta(20))
    expect(page.locator("#said")).to_contain_text("受理")
    page.get_by_role("button", name="校验并通过").click()
    expect(page.locator("main")).to_contain_text("校验未通过")

    page.goto(f"/desk/naming/{number}/edit")
    page.fill("#field-name", REVISED)
    page.fill("#field-land_area_m2", "12000")
    page.fill("#field-green_rate", "36")
    expect(page.locator("#live-check")).to_contain_text("Júyùn Jiāyuán")
    page.get_by_role("button", name="保存", exact=True).click()
    act(page, "校验并通过", on=today - timedelta(19))
    act(page, "开始公示", on=today - timedelta(18))
    expect(page.locator(".page-state")).to_contain_text("公示中")
    act(page, "公示期满", on=today - timedelta(10))
    act(page, "出具意见", on=today - timedelta(9))
    act(page, "登记批准", on=today - timedelta(8), number="台建地名〔2026〕8号")
    expect(page.locator(".page-state")).to_contain_text("备案：还剩 7 天")
    expect(page.locator(".page-state")).to_contain_text("公告：还剩 7 天")
    act(page, "备案", on=today - timedelta(3), number="BA-2026-001")
    act(page, "公告", on=today, number="2026年第1号")
    expect(page.locator(".page-state")).to_contain_text("备案：按时办结")
    expect(page.locator(".page-state")).to_contain_text("公告：按时办结")
    expect(page.locator(".page-state")).to_contain_text("作出决定：按时办结")
    expect(page.locator(".page-state")).not_to_contain_text("超期")
    papers(page, number)
    signs_stand(page, tmp_path)
    found_by_search(visit)


def apply(visit: OpenPage, geometry: str, town: str) -> str:
    """The developer's application; gives its number, and proves that progress needs the private code."""
    page = visit("/apply?category=F", maps=False)
    page.fill("#field-name", REFUSED)
    page.fill("#field-meaning", "取东城兴旺之意")
    page.fill("#field-reason", "新建住宅小区")
    page.select_option("#field-division", town)
    page.fill("#field-land_area_m2", "8000")
    page.fill("#field-green_rate", "20")
    page.fill("#field-applicant", "示例万科置业有限公司")
    page.fill("#field-contact", "李某")
    page.fill("#field-phone", "13800000000")
    put(page, geometry)
    for code in ("N10", "N13", "N14"):
        expect(page.locator("#live-check")).to_contain_text(code)
    page.get_by_role("button", name="提交申请").click()
    number = page.locator("#number").inner_text()
    private = page.locator("#private-code").inner_text()
    page.goto(f"/apply/{number}")
    page.fill("#code", "AAAAA-AAAAA")
    page.get_by_role("button", name="查看进度").click()
    expect(page.locator("[role=alert]")).to_contain_text("编号或查询码不对")
    page.fill("#code", private)
    page.get_by_role("button", name="查看进度").click()
    expect(page.locator("main")).to_contain_text("待受理")
    assert page.request.get(f"/v1/proposals/{number}").status == 404
    return number


def upload(page: Page, folder: Path) -> None:
    for kind in ("application", "map", "permit"):
        file = folder / f"{kind}.pdf"
        file.write_bytes(b"%PDF-1.4 sample")
        page.select_option("#upload-kind", kind)
        page.set_input_files("#upload-file", file)
        page.get_by_role("button", name="上传").click()
        page.wait_for_load_state()


def papers(page: Page, number: str) -> None:
    """Every paper opens as PDF with its name in it, and as Word."""
    for kind, words in (("accepted", "受理"), ("sheet", "N14"), ("notice", "公示"), ("opinion", REVISED), ("approval", "批复"),
                        ("filing", "备案"), ("announcement", "批准机关"), ("signs", "标志")):  # fmt: skip
        answer = page.request.get(f"/desk/naming/{number}/papers/{kind}.pdf")
        assert answer.status == 200, kind
        text_of = "".join(p.extract_text() for p in PdfReader(_file(answer.body())).pages)
        assert words in re.sub(r"\s", "", text_of), (kind, text_of)
        assert "示例数据" not in text_of or kind
        word = page.request.get(f"/desk/naming/{number}/papers/{kind}.docx")
        assert word.status == 200 and word.body().startswith(b"PK")


def _file(content: bytes) -> object:
    import io

    return io.BytesIO(content)


def signs_stand(page: Page, folder: Path) -> None:
    """Two signs are ordered, made, set up and photographed; the last one ends the case."""
    photo = folder / "牌.png"
    Image.new("RGB", (40, 30), "navy").save(photo)
    page.fill("#signs textarea[name=spots]", f"{REVISED}南门\n{REVISED}北门")
    page.get_by_role("button", name="登记标志").click()
    expect(page.locator("#said")).to_contain_text("2 块标志")
    for left in (2, 1):
        page.set_input_files("#signs input[type=file] >> nth=0", photo)
        page.get_by_role("button", name="已设置", exact=True).nth(0).click()
        expect(page.get_by_role("button", name="已设置", exact=True)).to_have_count(left - 1)
    expect(page.locator(".page-state")).to_contain_text("标志已设置")
    expect(page.locator(".page-state")).to_contain_text("设置地名标志：按时办结")
    expect(page.locator("#signs a", has_text="照片")).to_have_count(2)
    listed = page.context.new_page()
    listed.goto(f"{page.url.partition('/desk')[0]}/desk/naming/signs?set_year={date.today().year}")
    expect(listed.locator("main")).to_contain_text(f"{REVISED}北门")
    listed.close()


def found_by_search(visit: Callable[..., Page]) -> None:
    page = visit(f"/results?q=西城街道{REVISED}", maps=False)
    # The register tells the search what is new a moment later; until then the answer is the one from before.
    while not page.locator(".result", has_text=REVISED).count():
        page.reload()
    page = visit("/notices", size=PHONE)
    expect(page.locator("main")).to_contain_text(REVISED)
    expect(page.locator("main")).not_to_contain_text("李某")
