"""A real Chromium before a real server over the sample district."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from geo.store.cluster import Cluster
from tests.databases import Clone
from tests.people import PASSWORD
from tests.serving import Served, served

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 120_000
"""A busy machine may be slow, or stand still for a while: what is waited for must come, not come quickly."""
expect.set_options(timeout=PATIENCE_MS)
PHONE, TABLET, DESK = (360, 780), (768, 1024), (1440, 900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/pages" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    """The served sample district."""
    with served(cluster, clone) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> str:
    """The program; a machine without it has not been set up."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "no Chromium on this machine: ./run test installs it"
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, timeout=PATIENCE_MS)
    yield opened
    opened.close()


OpenPage = Callable[..., Page]


WITHOUT_MAPS = """{ const taken = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return kind.startsWith("webgl") ? null : taken.call(this, kind, ...more);
  };
}"""
"""A browser without WebGL: the pages say their words in the place of their maps."""


@pytest.fixture
def visit(browser: Browser, server: Served) -> Iterator[OpenPage]:
    """``visit("/", size=PHONE)`` opens a page; it fails the test on a script error or a request to another host.

    ``visit("/desk", account="zhang")`` is logged in already; the form for it is used where it is the matter. With
    ``maps=False`` no map is drawn, which here is most of a page's work: for tests that look at none.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(
        path: str, *, size: tuple[int, int] = DESK, account: str = "", maps: bool = True, **options: Any
    ) -> Page:
        context = browser.new_context(
            base_url=server.url, locale="zh-CN", viewport={"width": size[0], "height": size[1]}, **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if account:
            log_in(context, account)
        if not maps:
            context.add_init_script(WITHOUT_MAPS)
        page = context.new_page()
        page.on("request", lambda r: None if _own(r.url, server.url) else wrong.append(f"request {r.url}"))
        page.on("pageerror", lambda error: wrong.append(f"script error {error}"))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def log_in(context: BrowserContext, account: str) -> None:
    """Log in without the form for it, as a program does."""
    given = {"account": account, "password": PASSWORD}
    answer = context.request.post("/v1/session", data=given)
    assert answer.ok, answer.text()


def _own(url: str, server_url: str) -> bool:
    return url.startswith((server_url, "data:", "blob:"))
