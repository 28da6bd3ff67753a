"""An inspector with a phone: what the hands do on the field pages, screen by screen, in a real browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.conftest import PATIENCE_MS
from tests.serving import Served
from tests.walking import PASSPHRASE, PASSWORD, Walk, picture

PHONE = {"width": 360, "height": 780}
SIDES = ("正面", "背面", "侧面", "周边")
DIRECTIONS = ("北", "东", "南", "西")


@dataclass
class Inspector:
    """One person with one phone (one browser context)."""

    context: BrowserContext
    page: Page
    walk: Walk
    account: str = ""
    wrong: list[str] = field(default_factory=list)

    def begin(self, account: str) -> None:
        """Log in with the network, choose the passphrase, take everything along."""
        self.account = account
        self.page.goto("/field")
        self.page.fill("#account", account)
        self.page.fill("#password", PASSWORD)
        self.page.fill("#passphrase", PASSPHRASE)
        self.page.click("text=登录并带走任务")
        self.at("tasks")
        # Without the worker the pages would not open again in the hills.
        expect(self.page.locator("body[data-kept=yes]")).to_have_count(1)

    def cut(self) -> None:
        """The network is really gone; the phone is put away and taken out again."""
        self.context.set_offline(True)
        self.page.reload()
        self.page.fill("#passphrase", PASSPHRASE)
        self.page.click("button[type=submit]")
        self.at("tasks")

    def sync(self) -> None:
        """The network is back: everything is sent."""
        self.go("outbox")
        body = self.page.locator("body")
        # What was begun before knows nothing of what has happened since.
        expect(body).not_to_have_attribute("data-sync", "running")
        before = body.get_attribute("data-synced") or "never"
        self.context.set_offline(False)
        self.page.click("#sync")
        expect(body).to_have_attribute("data-synced", re.compile(f"^(?!{before})"))
        expect(body).to_have_attribute("data-sync", "rest")
        expect(self.page.locator("#sync-said")).to_have_text("同步完成")

    def inspect(
        self, number: int, marker: str, signers: tuple[str, ...], *, state: str = "完好", note: str = ""
    ) -> None:
        """All the steps at one marker, from the list of tasks to the outbox."""
        self.state(number, marker, state)
        self.measure(marker)
        for _ in range(3):
            self.press("存在")
            self.next()
        self.at("care")
        self.page.get_by_label("清理了周围杂草、擦净桩面：是").click()
        self.page.get_by_label("描红了刻字：是").click()
        self.next()
        self.photos(number)
        self.page.fill("#inspectors", "、".join(signers))
        self.page.fill("#words", note)
        self.next()
        self.at("review")
        expect(self.page.get_by_text("内容齐全，可以签字。")).to_be_visible()
        self.next()
        self.sign(signers)

    def state(self, number: int, marker: str, state: str) -> None:
        """Walk to the marker and say how it stands."""
        self.stand_at(marker)
        self.go("task", number)
        self.page.click(".foot .go")
        self.at("state")
        self.press(state)
        if state != "完好":
            self.page.fill("#action", "现场处理，已通报对方")
            self.page.press("#action", "Tab")
        self.next()

    def measure(self, marker: str) -> None:
        """Let the phone lie on the marker for some fixes."""
        lon, lat = self.walk.markers[marker]
        self.at("measure")
        self.page.click("#measure")
        for n in range(3):
            here = {
                "longitude": lon + 0.000001 * n,
                "latitude": lat - 0.000001 * n,
                "accuracy": 1.2 + 0.1 * n,
            }
            self.context.set_geolocation(here)
            # The phone asks by itself too: there may be more of them by now.
            expect(self.page.locator("#fixes")).to_have_text(at_least(n + 1))
        self.page.click("#measure")
        expect(self.page.locator("#measure")).to_have_text("重新测量")
        self.next()

    def photos(self, number: int) -> None:
        """Four photos, each with what it shows and its direction."""
        self.at("photos")
        for n, (face, direction) in enumerate(zip(SIDES, DIRECTIONS, strict=True)):
            self.page.select_option("#face", face)
            self.page.select_option("#direction", label=direction)
            content = picture(f"{number}-{face}", number * 17 + n * 5 + len(self.account) * 7)
            self.page.set_input_files(
                "#camera", {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": content}
            )
            expect(self.page.locator("#photo-count")).to_contain_text(f"{n + 1} 张，")
        self.next()
        self.at("note")

    def sign(self, signers: tuple[str, ...]) -> None:
        """Each side signs on the glass; then the record goes into the outbox."""
        self.at("sign")
        for n, name in enumerate(signers):
            self.page.locator(".steps a.row").nth(n).click()
            self.page.fill("#signer", name)
            self._draw(n)
            self.page.click("#keep")
            expect(self.page.locator(".steps .is-done")).to_have_count(n + 1)
        self.page.click("#finish")
        self.at("outbox")

    def stand_at(self, marker: str) -> None:
        """Stand some metres from the marker."""
        lon, lat = self.walk.markers[marker]
        self.context.set_geolocation({"longitude": lon + 0.0003, "latitude": lat, "accuracy": 5})

    def go(self, screen: str, *parts: object) -> None:
        """Open a screen by its address."""
        hash = "#/" + "/".join(map(str, (screen, *parts)))
        self.page.evaluate("hash => { location.hash = hash }", hash)
        self.page.wait_for_selector(f"body[data-at='{hash}']")

    def at(self, screen: str) -> None:
        """Wait until a screen is there."""
        self.page.wait_for_selector(f"body[data-screen={screen}]")

    def press(self, word: str) -> None:
        """Press one of several big buttons and see it pressed."""
        button = self.page.get_by_role("button", name=word, exact=True)
        button.click()
        expect(self.page.locator("[aria-pressed=true]", has_text=word)).to_be_visible()

    def next(self) -> None:
        """On to the next step."""
        there = self.page.locator("#next").get_attribute("href")
        self.page.click("#next")
        self.page.wait_for_selector(f"body[data-at='{there}']")

    def _draw(self, turn: int) -> None:
        box = self.page.locator("#pad").bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 20, box["y"] + 20 + 8 * turn)
        self.page.mouse.down()
        for n in range(10):
            self.page.mouse.move(box["x"] + 30 + 24 * n, box["y"] + 30 + (n + turn) % 3 * 28)
        self.page.mouse.up()


def at_least(count: int) -> re.Pattern[str]:
    """So many fixes or more."""
    return re.compile(rf"^([{count}-9]|[1-9]\d+) 次定位")


def inspector(browser: Browser, server: Served, walk: Walk, **more: Any) -> Inspector:
    """A phone with a real position, in no network of its own."""
    lon, lat = next(iter(walk.markers.values()))
    context = browser.new_context(
        base_url=server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PHONE, has_touch=True,
        is_mobile=True, geolocation={"longitude": lon, "latitude": lat, "accuracy": 6}, permissions=["geolocation"],
        **more,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    made = Inspector(context, page, walk)
    page.on("pageerror", lambda error: made.wrong.append(f"script error {error}"))
    page.on("console", lambda m: made.wrong.append(m.text) if "Content Security Policy" in m.text else None)
    return made
