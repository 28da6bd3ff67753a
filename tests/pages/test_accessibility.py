"""Every public page and every page of the rail: nothing for axe to mend, nothing sticks out, little script."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, Response, expect

from api.pages.front import DOORS
from api.pages.guide import titles
from api.pages.rail import RAIL
from api.rights import RIGHTS
from api.security.accounts import add_account
from gazetteer.service.sample import load_details
from geo.settings import ROOT
from geo.store.engine import session
from tests.pages.conftest import DESK, PHONE, OpenPage
from tests.people import PASSWORD
from tests.serving import Served

AXE = ROOT / "api" / "static" / "vendor" / "axe.min.js"
MOST_SCRIPT = 60_000
"""Bytes of compressed script that a page without a map may load."""
ROWS = 12
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations']}"
PUBLIC = tuple(dict.fromkeys((
    *(door.href for door in DOORS if ("GET", door.href) in RIGHTS), "/?q=永宁大道1号", "/?q=永宁大道9876号",
    "/?q=不存在的火星基地", "/?q=yongning", "/a/{code}", "/report?address=永宁大道1号", "/desk/repairs", "/apply",
    "/apply/number", "/apply/number/follow", "/about", "/docs", "/login", "/no-such-page", "/field",
    *(f"/guide/{name}" for name in titles() if name != "index"), "/guide",
)))  # fmt: skip
OFFICE = tuple(p.href for entry in RAIL for p in entry.pages if "officer" in RIGHTS.get(("GET", p.href), ()))


@pytest.fixture(scope="module")
def filled(server: Served) -> None:
    """The district with its meal points and cemeteries, and an officer."""
    load_details()
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")


@pytest.fixture
def desk(visit: OpenPage, filled: None) -> Page:
    return visit("/about", account="zhang", bypass_csp=True)


@pytest.mark.parametrize("paths", [PUBLIC[::2], PUBLIC[1::2]], ids=["half", "other half"])
def test_axe_finds_nothing_on_any_public_page_and_nothing_sticks_out(
    visit: OpenPage, server: Served, filled: None, paths: tuple[str, ...]
):
    rows = httpx.get(f"{server.url}/v1/addresses", params={"limit": 1}, timeout=60).json()["features"]
    code = rows[0]["properties"]["code"]
    page = visit("/about", bypass_csp=True)
    assert wrong_at((DESK, PHONE), page, (path.format(code=code) for path in paths)) == {}


def test_axe_finds_nothing_on_any_page_of_the_rail(desk: Page):
    assert wrong_at((DESK,), desk, OFFICE) == {}


def test_large_type_and_high_contrast_are_kept_and_axe_agrees(visit: OpenPage, filled: None):
    page = visit("/view?contrast=high&back=/services", size=PHONE, bypass_csp=True)
    page.goto("/view?type=large&back=/services")
    assert set((page.locator("html").get_attribute("class") or "").split()) == {"large", "contrast"}
    assert wrong_with(page) == []


@pytest.mark.parametrize("path", ["/services", "/report", "/guide", "/docs", "/notices", "/login", "/"])
def test_a_public_page_without_a_map_loads_little_script(visit: OpenPage, filled: None, path: str):
    page = visit("/about")
    assert _script_bytes(page, path) < MOST_SCRIPT


def test_a_page_of_the_desk_without_a_map_loads_little_script(desk: Page):
    for path in (
        "/desk",
        "/desk/drafts",
        "/desk/reports",
        "/desk/naming",
        "/desk/places",
        "/desk/data",
        "/desk/statistics",
    ):
        assert _script_bytes(desk, path) < MOST_SCRIPT, path


def test_nothing_jumps_while_a_page_comes(visit: OpenPage, filled: None):
    for path in ("/services", "/notices", "/report", "/guide/public", "/docs"):
        page = visit(path, size=PHONE)
        page.wait_for_load_state("networkidle")
        shifted = page.evaluate("""() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((e) => (sum += e.hadRecentInput ? 0 : e.value)))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 200);
        })""")
        assert shifted < 0.1, f"{path} jumps by {shifted}"


def test_the_guide_names_only_chapters_and_pictures_that_are_there(server: Served):
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for name in titles():
            body = client.get("/guide" if name == "index" else f"/guide/{name}").text
            for address in _addresses(body):
                assert client.get(address).status_code == 200, f"{name}: {address}"


def test_services_lead_a_number_to_its_own_page(visit: OpenPage):
    page = visit("/services")
    page.fill("#number", "G00000012")
    page.click("text=下一步")
    expect(page).to_have_url(re.compile(r"/apply/number/follow\?code=G00000012$"))
    expect(page.locator("#field-code")).to_have_value("G00000012")
    page.goto("/services/follow?number=n00000012")
    expect(page).to_have_url(re.compile(r"/apply/N00000012$"))


def wrong_at(sizes: Iterable[tuple[int, int]], page: Page, paths: Iterable[str]) -> dict[str, list[str]]:
    """Every page by its address with what is wrong with it at any size; each is loaded once."""
    told = {}
    for path in paths:
        page.goto(path)
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            # What a page does with the new width it does before its next picture.
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            if wrong := wrong_with(page):
                told[f"{path} {width}"] = wrong
    return told


def wrong_with(page: Page) -> list[str]:
    """What axe would have mended on the page, and by how much the page is wider than its window.

    Of a long table axe looks at the first rows: the others are drawn by the same lines of the same template.
    """
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.evaluate(
        f"document.querySelectorAll('tbody > tr:nth-child(n+{ROWS + 1})').forEach((row) => row.remove())"
    )
    # The page's own policy forbids scripts from elsewhere; the tester's may come in (bypass_csp).
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")
    told = [f"{v['id']}: {n['html'][:140]}" for v in found["violations"] for n in v["nodes"]]
    return told + ([f"sticks out by {wide} pixels"] if wide > 0 else [])


def _script_bytes(page: Page, path: str) -> int:
    """The compressed size of every script that a page loads of itself."""
    loaded: set[str] = set()

    def note(response: Response) -> None:
        if response.request.resource_type == "script" and response.ok:
            loaded.add(response.url)

    page.on("response", note)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    return sum(len(gzip.compress(page.request.get(url).body())) for url in loaded)


def _addresses(body: str) -> Iterator[str]:
    for mark in ('src="/guide/screens/', '<a href="/guide'):
        for part in body.split(mark)[1:]:
            yield mark.split('"')[1] + part.split('"')[0].split("#")[0]
