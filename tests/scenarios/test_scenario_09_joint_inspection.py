"""Scenario 9: seven markers of 黄临 and the tri-point 黄仙临, walked offline by two counties with a phone each.

One conflict is settled at the desk, three sides sign for the tri-point, then report and agreement are built.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from boundary import rounds
from boundary.checks import Tolerances
from boundary.inspection import of_round
from geo.store.engine import session
from geo.store.jobs import run_worker
from tests.pages.conftest import OpenPage
from tests.serving import Served
from tests.walking import ROUND, Walk, walk
from tests.walking_hands import Inspector, inspector

TWO, THREE = ("陈明", "林海生"), ("陈明", "吴仙", "林海生")
CONFLICT = 4
"""The marker that both phones record."""


@pytest.fixture(scope="module")
def walking(server: Served) -> Walk:
    """The round in the field."""
    return walk()


@pytest.fixture
def phone(browser: Browser, server: Served, walking: Walk) -> Iterator[Callable[[str], Inspector]]:
    """``phone("chen")`` is an inspector who has taken his tasks along and is out of the network."""
    opened: list[Inspector] = []

    def taken(account: str) -> Inspector:
        made = inspector(browser, server, walking)
        opened.append(made)
        made.begin(account)
        made.cut()
        return made

    yield taken
    for one in opened:
        one.context.close()
    assert [wrong for one in opened for wrong in one.wrong] == []


@pytest.mark.timeout(900)  # nine markers by hand: minutes on a busy machine
def test_scenario_9(walking: Walk, phone: Callable[[str], Inspector], visit: OpenPage) -> None:
    markers = list(walking.markers)
    chen, lin = phone("chen"), phone("lin")
    expect(chen.page.get_by_text("示例数据")).to_have_count(8)
    chen.inspect(0, markers[0], THREE)
    for number in range(1, CONFLICT + 1):
        chen.inspect(number, markers[number], TWO)
    lin.inspect(CONFLICT, markers[CONFLICT], TWO, state="倾斜", note="向东倾斜")
    for number in range(CONFLICT + 1, 8):
        lin.inspect(number, markers[number], TWO)
    expect(lin.page.locator("#bar-outbox")).to_have_text("发件箱：4 条、16 张照片")

    chen.sync()
    lin.sync()
    expect(lin.page.locator(".is-conflict")).to_contain_text("等待科室处理")
    desk = visit("/desk/field/conflicts", account="li")
    settle(desk)

    chen.sync()
    assert sign_again(chen)
    with session() as db:
        found = of_round(db, ROUND)
        assert rounds.completeness(db, ROUND, Tolerances()) == []
    assert [len(one.photos) for one in found] == [4, 4, 4, 4, 8, 4, 4, 4]
    assert [len(one.valid_signatures) for one in found] == [3, 2, 2, 2, 2, 2, 2, 2]
    assert {one.reading.state for one in found} == {"完好", "倾斜"}
    assert all(photo.direction is not None and photo.lon for one in found for photo in one.photos)
    papers(desk)


def settle(page: Page) -> None:
    """The office sees both sides and takes what 林海生 found."""
    expect(page.get_by_text("黄临04号")).to_be_visible()
    page.goto(page.locator("a.row-link").first.get_attribute("href") or "")
    expect(page.get_by_text("同一项内容两边都改过").first).to_be_visible()
    for line in page.locator(".conflict-line").all():
        side = "theirs" if "签字" in line.inner_text().split("\n")[0] else "mine"
        line.locator(f"input[value={side}]").check()
    page.fill("[name=note]", "与两县核对，以临海所见为准")
    page.click("main button[type=submit]")
    expect(page.get_by_text("没有待处理的冲突")).to_be_visible()


def sign_again(chen: Inspector) -> bool:
    """Both sides sign what the office settled, again without a network."""
    chen.cut()
    chen.go("task", CONFLICT)
    expect(chen.page.locator(".foot .go")).to_have_text("下一步：签字")
    chen.go("sign", CONFLICT)
    chen.sign(TWO)
    chen.sync()
    chen.go("")
    expect(chen.page.get_by_text("8 / 8 已完成")).to_be_visible()
    return True


def papers(page: Page) -> None:
    """One click: all the papers of the round, drawn in the background, each as Word and as PDF."""
    page.goto(f"/desk/boundary/rounds/{ROUND}")
    page.click("text=生成成套文书")
    expect(page.get_by_text("已生成 0 份，共 19 份")).to_be_visible()
    work_until_done()
    expect(page.get_by_role("link", name="下载成套文书")).to_be_visible()
    answer = page.request.get(f"/desk/boundary/rounds/{ROUND}/papers.zip")
    assert answer.ok, answer.text()[:500]
    made = zipfile.ZipFile(io.BytesIO(answer.body()))
    assert len(made.namelist()) == 38
    assert all(made.read(f"2-报送备案的报告.{form}") for form in ("docx", "pdf"))
    for name, said in (
        ("1-联合检查报告", "倾斜"), ("3-平安边界协议", "联席会议"), ("界桩联检记录表/黄临04号", "向东倾斜"),
        ("界桩登记表/黄仙临三交点", "纵坐标"),
    ):  # fmt: skip
        assert said in words(made.read(f"{name}.pdf")), name
        assert said in "".join(docx_words(made.read(f"{name}.docx"))), name


def work_until_done() -> None:
    """The worker beside the server, in a thread of its own because the browser's loop has this one."""
    work = threading.Thread(target=run_worker, kwargs={"wait": False})
    work.start()
    work.join()


def words(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")


def docx_words(content: bytes) -> Iterator[str]:
    paper = docx.Document(io.BytesIO(content))
    yield from (line.text for line in paper.paragraphs)
    yield from (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
