"""How a page feels on a phone: largest paint, jumps of the layout, script sent, over a throttled line and processor."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench.frame import ROOT, Context, Row, measurement, private_home
from tests.bench.serving import server

PUBLIC: Final = (
    "/",
    "/?q=永宁大道1号",
    "/services",
    "/notices",
    "/report",
    "/apply",
    "/guide/public",
    "/docs",
    "/meals",
    "/cemeteries",
)
DESK: Final = (
    "/desk",
    "/desk/naming",
    "/desk/places",
    "/desk/numbers",
    "/desk/plates",
    "/desk/statistics",
    "/desk/data",
    "/desk/numbers/new",
)
WITH_MAP: Final = frozenset({"/", "/?q=永宁大道1号", "/meals", "/cemeteries", "/desk/numbers/new"})
# A slow fourth-generation line and a cheap phone's processor, as the usual audits of pages take them.
_LINE: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
_SLOWER: Final = 4
_VITALS: Final = """() => new Promise((done) => {
  let painted = 0, jumped = 0;
  new PerformanceObserver((l) => l.getEntries().forEach((e) => (painted = e.startTime)))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((l) => l.getEntries().forEach((e) => (jumped += e.hadRecentInput ? 0 : e.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([painted, jumped]), 600);
})"""


@dataclass(frozen=True)
class Felt:
    """One page's first visit: seconds to the largest paint, sum of jumps, kilobytes of script and of everything sent."""

    paint_s: float
    jumps: float
    script_kb: float
    all_kb: float


@measurement("pages", "Pages on a throttled phone (360 x 780; 1.6 Mbit/s, 150 ms, processor four times slower)",
             heads=("page", "largest paint", "jumps", "script sent", "sent in all"))  # fmt: skip
def pages(context: Context) -> list[Row]:
    """Every page as a first visit with an empty cache; those of the desk after login."""
    with private_home() as env:
        said = subprocess.run(
            [sys.executable, "-m", "api.cli", "demo", "--no-serve", "--doors", "2000" if context.quick else "20000"],
            env=env, cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        password = re.search(r"账号：officer，密码（只显示这一次）：(\S+)", said.stdout + said.stderr)
        with server(env) as running, _chromium() as browser:
            base = f"http://127.0.0.1:{running.port}"
            rows = [_row(path, _felt(browser, base, path)) for path in PUBLIC]
            if password:
                rows += [_row(path, _felt(browser, base, path, password[1])) for path in DESK]
    return rows


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = next(
        p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))
    )
    with sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        yield opened
        opened.close()


def _felt(browser: Browser, base: str, path: str, password: str = "") -> Felt:
    context = browser.new_context(
        base_url=base, locale="zh-CN", viewport={"width": 360, "height": 780}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    if password:
        page.goto("/login")
        page.fill("#account", "officer")
        page.fill("#password", password)
        page.click("main button[type=submit]")
        page.wait_for_url("**/desk")
    wire = context.new_cdp_session(page)
    sent = _counted(wire)
    wire.send("Network.clearBrowserCache")
    wire.send("Network.emulateNetworkConditions", _LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    felt = _visited(page, path, sent)
    context.close()
    return felt


def _counted(wire: CDPSession) -> dict[str, float]:
    """Bytes on the wire by kind of thing, filled while the page loads."""
    kinds: dict[str, str] = {}
    sent: dict[str, float] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "")
        sent[kind] = sent.get(kind, 0) + event["encodedDataLength"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    wire.send("Network.enable")
    return sent


def _visited(page: Page, path: str, sent: dict[str, float]) -> Felt:
    page.goto(path, wait_until="networkidle", timeout=90_000)
    painted, jumped = page.evaluate(_VITALS)
    return Felt(painted / 1000, jumped, sent.get("Script", 0) / 1000, sum(sent.values()) / 1000)


def _row(path: str, felt: Felt) -> Row:
    mark = " (map)" if path in WITH_MAP else ""
    return Row(f"`{path}`{mark}", f"{felt.paint_s:.2f} s", f"{felt.jumps:.3f}",
               (f"{felt.script_kb:.0f} kB", f"{felt.all_kb:.0f} kB"))  # fmt: skip
