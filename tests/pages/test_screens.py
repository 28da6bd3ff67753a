"""The pictures of docs/screens, taken from the running program: ``DIMING_SCREENS=1 ./run test tests/pages/test_screens.py``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from api.readiness import fresh_index
from api.security.accounts import add_account
from boundary.sample_load import load_sample
from gazetteer.sample import draw
from gazetteer.sample.nonstandard import rows
from gazetteer.service.sample import load_details
from geo.files import write_table
from geo.settings import ROOT
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.pages.conftest import DESK, PHONE, TABLET, OpenPage
from tests.pages.test_repair import PASSWORD, worker
from tests.serving import Clone, Served, running

FOLDER = ROOT / "docs" / "screens"
MESSY = "台州黄岩江口永宁大道２８ 号"
UNKNOWN = "黄岩永宁大道9876号"
SCREENS = [
    ("start-desk", "/", DESK, {}),
    ("start-phone", "/", PHONE, {}),
    ("search-desk", f"/?q={MESSY}", DESK, {}),
    ("search-tablet", f"/?q={MESSY}", TABLET, {}),
    ("search-phone", f"/?q={MESSY}", PHONE, {}),
    ("search-without-script", f"/?q={MESSY}", DESK, {"java_script_enabled": False}),
    ("number-not-registered", f"/?q={UNKNOWN}", DESK, {}),
    ("nothing-found", "/?q=不存在的火星基地", DESK, {}),
    ("record", "/a/{code}", DESK, {}),
    ("record-phone", "/a/{code}", PHONE, {}),
    ("error", "/no-such-page", DESK, {}),
    ("about", "/about", DESK, {}),
    ("docs", "/docs", DESK, {}),
    ("login", "/login", DESK, {}),
    ("report", "/report?code=x&address=黄岩区东城街道永宁大道28号", DESK, {}),
    ("report-phone", "/report?code=x&address=黄岩区东城街道永宁大道28号", PHONE, {}),
]
FRONT = ("services", "meals", "cemeteries", "notices", "guide")
OFFICE = {
    "desk-home": "/desk", "desk-naming": "/desk/naming", "desk-places": "/desk/places", "desk-roads": "/desk/roads",
    "desk-numbers": "/desk/numbers/new", "desk-plates": "/desk/plates", "desk-boundary": "/desk/boundary",
    "desk-coverage": "/desk/meals/coverage", "desk-cemeteries": "/desk/cemeteries", "desk-report": "/desk/statistics/report",
}  # fmt: skip
SIZES = {"phone": PHONE, "tablet": TABLET, "desk": DESK}
DOORS = 20_000
"""As many as the demo has, so that a map shows a town and not one street."""
pytestmark = pytest.mark.skipif(not os.environ.get("DIMING_SCREENS"), reason="pictures are taken on demand")


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """The sample district as the demo serves it."""
    with clone():
        assert all(report.written for report in load_sample(doors=DOORS, actor="test"))
        load_details()
        fresh_index(lambda sentence: None)
        with running() as url:
            yield Served(url)


@pytest.fixture(scope="module")
def officer(server: Served) -> None:
    """Who works at the desk in the pictures."""
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")


@pytest.mark.parametrize(("name", "path", "size", "options"), SCREENS, ids=[s[0] for s in SCREENS])
def test_take_the_picture(
    server: Served, visit: OpenPage, name: str, path: str, size: tuple[int, int], options: dict[str, Any]
):
    page = visit(path.format(code=_code(server)), size=size, **options)
    if page.locator("#map").count() and page.locator("[data-lon]").count() and not options:
        expect(page.locator("#map[data-state=idle]")).to_be_visible()
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", FRONT)
def test_take_the_public_pages_at_three_sizes(visit: OpenPage, name: str, size: str):
    page = visit(f"/{name}", size=SIZES[size])
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}-{size}.png", animations="disabled")


@pytest.mark.parametrize("size", SIZES)
def test_take_the_workbench_at_three_sizes(visit: OpenPage, officer: None, tmp_path: Path, size: str):
    page = _at_the_desk(visit, "/desk", SIZES[size])
    for name, path in OFFICE.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}-{size}.png", animations="disabled")
    page.goto("/desk/data")
    page.set_input_files("#field-file", _list_of_addresses(tmp_path))
    page.click("text=上传并核对列")
    expect(page.locator("#columns")).to_be_visible()
    page.screenshot(path=FOLDER / f"desk-import-{size}.png", animations="disabled")


def test_take_the_printed_page(server: Served, visit: OpenPage):
    page = visit(f"/?q={MESSY}", size=(794, 1123))
    page.emulate_media(media="print")
    page.screenshot(path=FOLDER / "print.png")


def test_take_the_repair_desk(visit: OpenPage, officer: None, tmp_path: Path):
    page = _at_the_desk(visit, "/desk/repairs", DESK)
    page.set_input_files("#file", _list_of_addresses(tmp_path))
    page.click("main button[type=submit]")
    with worker():
        page.click("button:has-text('开始匹配')")
        expect(page.locator(".progress-line")).to_have_count(0, timeout=120_000)
    page.goto(f"{page.url.split('?')[0]}?status=review&state=open")
    expect(page.locator("#desk")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "repair-desk.png", animations="disabled")
    page.goto("/desk/repairs")
    page.screenshot(path=FOLDER / "repairs.png", animations="disabled")


def _at_the_desk(visit: OpenPage, path: str, size: tuple[int, int]) -> Page:
    page = visit(f"/login?next={path}", size=size)
    page.fill("#account", "zhang")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    return page


def _list_of_addresses(folder: Path) -> Path:
    file = folder / "不规范地址.csv"
    found = list(rows(draw(doors=DOORS)))
    write_table(file, {name: [row[name] for row in found] for name in ("序号", "地址", "说明")})
    return file


def _code(server: Served) -> str:
    found = httpx.get(f"{server.url}/v1/geocode", params={"q": MESSY}).json()["features"]
    return str(found[0]["properties"]["geocoding"]["code"])
