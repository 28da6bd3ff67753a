"""The pictures of docs/screens, every screen at three sizes, from the living sample: after the twelve scenarios, with them.

``DIMING_SCREENS=1 ./run test tests/scenarios`` walks the scenarios one after the other and then takes the pictures.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, TimeoutError, expect
from sqlalchemy import text

from api.demo import cases
from api.readiness import fresh_index
from api.security.accounts import add_account
from boundary.sample_load import load_sample
from gazetteer.plates.sample_load import load_sample as load_plates
from gazetteer.service.sample import load_details
from geo.files import write_table
from geo.settings import ROOT, settings
from geo.store.cluster import Cluster
from geo.store.engine import session
from geo.store.statistics import renew
from tests.databases import Clone
from tests.pages.conftest import DESK, PHONE, TABLET, OpenPage
from tests.pages.test_accessibility import wrong_with
from tests.scenarios.screen_list import EVERYBODY, OFFICE, RECORDS
from tests.serving import Served, running
from tests.walking import Walk, walk
from tests.walking_hands import Inspector, inspector

FOLDER = ROOT / "docs" / "screens"
SIZES = {"phone": PHONE, "tablet": TABLET, "desk": DESK}
DOORS = 20_000
"""As many as the demo has, so that a map shows a town and not one street."""
PASSWORD = "长一点的密码 xyz"
_DRAWN = """() => Promise.all([document.fonts.ready, ...[...document.images]
  .filter((image) => image.getBoundingClientRect().top < innerHeight).map((image) => image.decode().catch(() => {}))])"""
_MAPS = ".desk-map, #map, .service-map, #pm-map"
# A map says so itself when all it has to draw is drawn.
_MAPS_REST = """() => [...document.querySelectorAll(".maplibregl-map, #pm-map, .desk-map")]
  .every((map) => map.dataset.state === "idle" || map.classList.contains("is-away") || !map.offsetParent)"""
pytestmark = [
    pytest.mark.skipif(not os.environ.get("DIMING_SCREENS"), reason="pictures are taken on demand"),
    pytest.mark.timeout(3600),  # a hundred pages one after the other, on a machine that does other things too
]
OpenDesk = Callable[[tuple[int, int]], Page]


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """The sample district with its cases, as the demo serves it."""
    with clone():
        folder = settings().home / "sample"
        assert all(report.written for report in load_sample(doors=DOORS, actor="test", folder=folder))
        with session(timeout_s=0) as db:
            load_plates(db)
        load_details()
        renew()
        cases.load(lambda words: None, folder)
        fresh_index(lambda words: None)
        cases.repairs(folder / "nonstandard.csv")
        with session() as db:
            add_account(db, "zhang", PASSWORD, ["officer", "reviewer", "administrator"], display_name="张三")
        with running() as url:
            yield Served(url)


@pytest.fixture(scope="module")
def codes(server: Served) -> dict[str, str]:
    """The records that the pictures show, by the name their address uses."""
    with session() as db:
        found = {name: str(db.scalar(text(sql)) or "") for name, sql in RECORDS.items()}
    asked = httpx.get(f"{server.url}/v1/geocode", params={"q": "黄岩永宁大道28号"}, timeout=60).json()[
        "features"
    ]
    assert all(found.values()), [name for name, code in found.items() if not code]
    return found | {"door": str(asked[0]["properties"]["geocoding"]["code"])}


@pytest.fixture
def desk(visit: OpenPage) -> OpenDesk:
    """``desk(PHONE)``: an officer at the desk on a screen of that size."""

    def opened(size: tuple[int, int]) -> Page:
        page = visit("/login", size=size, bypass_csp=True)
        page.fill("#account", "zhang")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/desk")
        return page

    return opened


@pytest.mark.parametrize("size", SIZES)
def test_take_what_everybody_sees(visit: OpenPage, codes: dict[str, str], size: str):
    page = visit("/about", size=SIZES[size], bypass_csp=True)
    told = {path: take(page, path.format(**codes), f"{name}-{size}") for name, path in EVERYBODY.items()}
    assert {path: wrong for path, wrong in told.items() if wrong} == {}


@pytest.mark.parametrize("size", SIZES)
def test_take_the_workbench(desk: OpenDesk, codes: dict[str, str], tmp_path: Path, size: str):
    page = desk(SIZES[size])
    told = {path: take(page, path.format(**codes), f"{name}-{size}") for name, path in OFFICE.items()}
    page.goto("/desk/data")
    page.set_input_files("#field-file", _list_of_addresses(tmp_path))
    page.click("text=上传并核对列")
    expect(page.locator("#columns")).to_be_visible()
    keep(page, f"desk-import-{size}")
    assert {path: wrong for path, wrong in told.items() if wrong} == {}


def test_take_a_chosen_record_beside_its_list_and_what_ctrl_k_finds(desk: OpenDesk):
    page = desk(DESK)
    page.goto("/desk/naming")
    expect(page.locator("[data-list][data-ready]")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#aside .page-head")).to_be_visible()
    page.wait_for_load_state("networkidle")
    keep(page, "desk-chosen-desk")
    page.keyboard.press("Control+k")
    # The box comes with its first use; what is typed before it is there goes to the page.
    expect(page.locator("#finder-q")).to_be_focused()
    page.keyboard.type("永宁")
    expect(page.locator("dialog .found a").first).to_be_visible(timeout=30_000)
    keep(page, "desk-finder-desk")


def test_take_the_printed_page_and_the_page_without_script(visit: OpenPage):
    page = visit("/?q=台州黄岩江口永宁大道２８ 号", size=(794, 1123))
    page.emulate_media(media="print")
    keep(page, "print")
    keep(visit("/?q=台州黄岩江口永宁大道２８ 号", java_script_enabled=False), "search-without-script")


@pytest.fixture(scope="module")
def walking(server: Served) -> Walk:
    return walk()


@pytest.fixture
def chen(browser: Browser, server: Served, walking: Walk) -> Iterator[Inspector]:
    made = inspector(browser, server, walking)
    made.begin("chen")
    yield made
    made.context.close()


def test_take_the_field_pages(chen: Inspector, walking: Walk):
    for name, size in SIZES.items():
        chen.page.set_viewport_size({"width": size[0], "height": size[1]})
        keep(chen.page, f"field-tasks-{name}")
    chen.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    chen.state(0, next(iter(walking.markers)), "完好")
    keep(chen.page, "field-measure-phone")
    chen.go("outbox")
    keep(chen.page, "field-outbox-phone")


def take(page: Page, path: str, name: str) -> list[str]:
    """Open an address and keep its picture once everything is there; gives what axe and the ruler find wrong."""
    answer = page.goto(path)
    assert name.startswith("error-") or (answer is not None and answer.ok), (
        f"{path}: {answer and answer.status}"
    )
    if page.locator(_MAPS).count():
        page.wait_for_load_state("networkidle")
        # A map that had nothing to draw was at rest before it could say so.
        with suppress(TimeoutError):
            page.wait_for_function(_MAPS_REST, timeout=30_000)
    page.evaluate(_DRAWN)
    keep(page, name)
    return [] if name.endswith("-tablet") and not _is_wide(page) else wrong_with(page)


def _is_wide(page: Page) -> bool:
    """Whether the page is wider than its window; axe finds on a tablet what it finds on the other two."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def keep(page: Page, name: str) -> None:
    """The picture in its 256 commonest colours: a fifth of the bytes, and no mark of a map in another's colour."""
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    common = sorted(shot.getcolors(1 << 24) or [], reverse=True)[:256]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in common for part in colour])  # type: ignore[union-attr]
    shot.quantize(palette=palette, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def _list_of_addresses(folder: Path) -> Path:
    """Ten doors as a bureau keeps them in a table."""
    file = folder / "新建门牌.csv"
    write_table(file, {
        "地址编码": [f"331003N{n:07d}" for n in range(10)], "区县": ["黄岩区"] * 10, "镇街": ["东城街道"] * 10,
        "街路巷": ["永宁大道"] * 10, "门牌号": [f"{900 + 2 * n}号" for n in range(10)],
        "经度": [str(121.27 + n / 10000) for n in range(10)], "纬度": ["28.65"] * 10,
    })  # fmt: skip
    return file
