"""The pictures of docs/screens, taken from the running program: ``DIMING_SCREENS=1 ./run test tests/pages/test_screens.py``."""

from __future__ import annotations

import os
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from geo.settings import ROOT
from tests.pages.conftest import DESK, PHONE, TABLET, OpenPage
from tests.serving import Served

FOLDER = ROOT / "docs" / "screens"
MESSY = "台州黄岩西城永宁大道２８ 号"
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
pytestmark = pytest.mark.skipif(not os.environ.get("DIMING_SCREENS"), reason="pictures are taken on demand")


@pytest.mark.parametrize(("name", "path", "size", "options"), SCREENS, ids=[s[0] for s in SCREENS])
def test_take_the_picture(
    server: Served, visit: OpenPage, name: str, path: str, size: tuple[int, int], options: dict[str, Any]
):
    page = visit(path.format(code=_code(server)), size=size, **options)
    if page.locator("#map").count() and page.locator("[data-lon]").count() and not options:
        expect(page.locator("#map[data-state=idle]")).to_be_visible()
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


def test_take_the_printed_page(server: Served, visit: OpenPage):
    page = visit(f"/?q={MESSY}", size=(794, 1123))
    page.emulate_media(media="print")
    page.screenshot(path=FOLDER / "print.png")


def _code(server: Served) -> str:
    found = httpx.get(f"{server.url}/v1/geocode", params={"q": MESSY}).json()["features"]
    return str(found[0]["properties"]["geocoding"]["code"])
