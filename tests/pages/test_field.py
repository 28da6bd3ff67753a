"""The field pages on a phone: sealed on the device, open without a network, wiped on the way out, only the own lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import text

from boundary.inspection import Inspection, of_round
from geo.store.engine import session
from tests.pages.test_accessibility import AXE
from tests.serving import Served
from tests.walking import PASSPHRASE, PASSWORD, Walk, walk
from tests.walking_hands import Inspector, inspector

DATABASES = """async () => {
  const told = { text: "", rows: 0, files: [] };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((done) => {
        db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result);
      });
      told.rows += rows.length;
      const latin = new TextDecoder("latin1");
      told.text += JSON.stringify(rows, (_, v) => (ArrayBuffer.isView(v) ? latin.decode(v) : v));
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    told.files.push(...(await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname));
  }
  told.text += JSON.stringify({ ...localStorage, ...sessionStorage });
  return told;
}"""


@pytest.fixture(scope="module")
def walking(server: Served) -> Walk:
    return walk()


@pytest.fixture
def chen(browser: Browser, server: Served, walking: Walk) -> Iterator[Inspector]:
    """An inspector of 黄岩 who has taken the tasks along."""
    made = inspector(browser, server, walking)
    made.begin("chen")
    yield made
    made.context.close()
    assert made.wrong == []


def test_what_lies_on_the_device_says_nothing_without_the_passphrase_and_is_gone_after_logging_out(
    chen: Inspector, walking: Walk
) -> None:
    chen.cut()
    chen.state(1, "SAMPLE-01", "倾斜")
    chen.measure("SAMPLE-01")
    held = chen.page.evaluate(DATABASES)
    assert held["rows"] > 50
    for secret in secrets(walking):
        assert secret not in held["text"], secret
    assert all(path == "/field" or path.startswith(("/field/", "/static/")) for path in held["files"])
    assert "/field/take" not in held["files"]
    chen.context.set_offline(False)
    chen.go("settings")
    chen.page.click("#wipe")
    expect(chen.page.locator("#account")).to_be_visible()
    assert chen.page.evaluate(DATABASES)["rows"] == 0


def secrets(walking: Walk) -> Iterator[str]:
    for lon, lat in walking.markers.values():
        yield f"{lon:.5f}".rstrip("0")
        yield f"{lat:.5f}".rstrip("0")
    yield from ("黄临01号", "独立石", "倾斜", "azimuth", PASSWORD, PASSPHRASE)


def test_a_wrong_passphrase_says_how_many_tries_are_left_and_the_tenth_wipes(chen: Inspector) -> None:
    chen.context.set_offline(True)
    chen.page.reload()
    for left in range(9, 0, -1):
        chen.page.fill("#passphrase", "不对的口令 1")
        chen.page.click("button[type=submit]")
        expect(chen.page.get_by_text(f"还可以试 {left} 次")).to_be_visible()
    chen.page.fill("#passphrase", "不对的口令 1")
    chen.page.click("button[type=submit]")
    expect(chen.page.locator("#account")).to_be_visible()


def test_an_inspector_of_another_county_takes_no_marker_along(
    browser: Browser, server: Served, walking: Walk
) -> None:
    hu = inspector(browser, server, walking)
    try:
        hu.begin("hu")
        expect(hu.page.get_by_text("没有处在外业阶段的联检")).to_be_visible()
    finally:
        hu.context.close()


def test_every_screen_is_readable_pressable_and_within_the_phone_in_both_modes(
    chen: Inspector, tmp_path: Path
) -> None:
    chen.cut()
    screens = ("", "task/1", "last/1", "state/1", "measure/1", "references/1/0", "care/1", "photos/1", "note/1",
               "review/1", "sign/1", "sign/1/0", "outbox", "settings")  # fmt: skip
    chen.context.set_offline(False)
    chen.page.evaluate(AXE.read_text(encoding="utf-8") if isinstance(AXE, Path) else AXE)
    for mode in ("light", "dark"):
        chen.page.emulate_media(color_scheme=mode)
        for screen in screens:
            chen.go(screen)
            check_screen(chen, f"{mode} {screen}")


def test_a_record_written_and_taken_back_without_a_network_counts_nowhere_and_may_be_written_anew(
    chen: Inspector, walking: Walk
) -> None:
    chen.cut()
    finish(chen, "倾斜")
    chen.go("task", 2)
    withdraw(chen)
    expect(chen.page.locator("#withdraw")).to_have_count(0)
    chen.sync()
    assert stored(walking) is None
    chen.cut()
    finish(chen, "完好")
    chen.sync()
    assert stored(walking).reading.state == "完好"
    assert (stored(walking).reading.action, stored(walking).reading.measured) == ("", None)
    chen.go("task", 2)
    withdraw(chen)
    chen.sync()
    assert stored(walking) is None


def finish(chen: Inspector, state: str) -> None:
    """A record with a state alone, into the outbox."""
    chen.go("state", 2)
    chen.press(state)
    if state != "完好":
        chen.page.fill("#action", "写错了")
        chen.page.press("#action", "Tab")
    chen.go("sign", 2)
    chen.page.click("#finish")
    chen.at("outbox")


def withdraw(chen: Inspector) -> None:
    chen.page.click("#withdraw")
    expect(chen.page.locator("#withdraw")).to_have_text("确定撤销")
    chen.page.click("#withdraw")
    expect(chen.page.get_by_text("这份记录已撤销")).to_be_visible()


def stored(walking: Walk) -> Inspection | None:
    marker = list(walking.markers)[2]
    with session() as db:
        return next((one for one in of_round(db, walking.round) if one.reading.marker == marker), None)


def test_days_later_the_login_has_ended_the_clock_is_wrong_and_the_device_full_and_nothing_is_lost(
    chen: Inspector, walking: Walk
) -> None:
    chen.cut()
    finish(chen, "完好")
    with session() as db:
        db.execute(text("UPDATE access.session SET seen_at = now() - interval '90 days'"))
    chen.page.clock.set_fixed_time(datetime.now() + timedelta(hours=3))
    chen.context.set_offline(False)
    chen.page.click("#sync")
    chen.page.fill("#again", PASSWORD)
    chen.page.click("text=登录后同步")
    expect(chen.page.locator("#sync-said")).to_have_text("同步完成")
    assert stored(walking).reading.state == "完好"
    expect(chen.page.locator("#clock")).to_contain_text("手机时间快了 3 小时")
    chen.page.evaluate("""() => {
      IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    chen.go("state", 3)
    # The browser tells of it too; nothing else went wrong.
    with chen.page.expect_event("pageerror") as told:
        chen.page.get_by_role("button", name="损坏", exact=True).click()
    expect(chen.page.locator("#alarm")).to_contain_text("设备空间不足")
    assert told.value.message == "full"
    chen.wrong.remove("script error full")


def test_a_phone_held_across_shows_work_and_buttons_beside_each_other(chen: Inspector) -> None:
    chen.page.set_viewport_size({"width": 780, "height": 360})
    for screen in ("", "task/1", "state/1", "measure/1", "photos/1", "sign/1/0", "outbox", "map"):
        chen.go(screen)
        found = chen.page.evaluate("""() => {
          const box = (s) => document.querySelector(s).getBoundingClientRect();
          return { wide: document.documentElement.scrollWidth - innerWidth,
                   beside: box(".foot").left >= box("#main").right - 1, seen: box(".foot").top < 60 };
        }""")
        assert found == {"wide": 0, "beside": True, "seen": True}, screen


def check_screen(chen: Inspector, name: str) -> None:
    found = chen.page.evaluate("""() => {
      const box = (e) => e.getBoundingClientRect();
      const shown = [...document.querySelectorAll("button, a.button, a.row, input:not([type=file]), select")]
        .filter((e) => box(e).width > 1);
      return {
        wide: document.documentElement.scrollWidth - innerWidth,
        small: shown.filter((e) => box(e).height < 55.5).map((e) => e.outerHTML.slice(0, 80)),
      };
    }""")
    assert found == {"wide": 0, "small": []}, name
    rules = {
        "runOnly": ["color-contrast-enhanced", "label", "button-name", "link-name", "aria-valid-attr-value"]
    }
    broken = chen.page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    assert broken == [], (
        name,
        json.dumps([(one["id"], one["nodes"][0]["html"]) for one in broken], ensure_ascii=False),
    )
