"""Scenario 6 (存量地址整改): bad addresses in, standard ones with reasons out, sampled, right, and all reversible.

Ten thousand rows with ``DIMING_LONG``; some hundreds otherwise.
"""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from api.security.accounts import add_account
from gazetteer.sample import division_rows, door_rows, draw
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb
from gazetteer.sample.nonstandard import nonstandard
from geo.files import write_table
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.pages.test_repair import wait_for_matches, worker
from tests.people import PASSWORD
from tests.serving import DOORS, Served

ROWS = 10_000 if os.environ.get("DIMING_LONG") else 500
WAIT_MS = 600_000


class Labelled(NamedTuple):
    """A bad address and the code of its right door; empty where no door may be given."""

    text: str
    code: str


@pytest.fixture(scope="module")
def labelled() -> list[Labelled]:
    """Every defect of the catalogue, and doors misspelt in every way, each with the right answer."""
    district = draw(doors=DOORS)
    known = [Labelled(case.text, case.code) for case in nonstandard(district)]
    doors = list(written(door_rows(district), division_rows(district, nation=True)))
    times = -(-ROWS // len(doors))
    spoilt = (Labelled(text, code) for text, _, code in perturb(doors, times=times))
    return [*known, *spoilt][:ROWS]


@pytest.fixture
def officer(visit: OpenPage, server: Served) -> Page:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
    return visit("/desk/repairs", account="zhang")


def test_bad_addresses_come_out_right_with_reasons_sampled_and_reversible(
    officer: Page, labelled: list[Labelled], tmp_path: Path
):
    page = officer
    batch = _take_in(page, labelled, tmp_path)

    page.goto(f"{batch}?state=open&status=auto")
    page.click("text=采用全部可直接采用的")
    page.click("text=处理这")
    expect(page.locator("#said, .said").first).to_contain_text("已批量处理")
    accepted = int(re.findall(r"\d+", page.locator("#said, .said").first.inner_text())[0])

    out = _fetched(page, batch, tmp_path)
    assert [row["地址"] for row in out] == [row.text for row in labelled], (
        "every row comes back, in its place"
    )
    done = [(row, right) for row, right in zip(out, labelled, strict=True) if row["处理结果"] == "采用"]
    assert len(done) == accepted > len(labelled) // 3
    assert all(row["标准地址"] and row["编码"] for row, _ in done)
    # Completing the divisions above is no correction; whatever else was changed says why.
    mended = [row for row, _ in done if _changed(row["地址"], row["标准地址"])]
    assert mended and not [row for row in mended if not row["更正说明"]]
    right = sum(row["编码"] == label.code for row, label in done)
    assert right / len(done) >= 0.95, f"{right} of {len(done)} automatic answers are right"

    _judge_a_sample(page, batch, dict(labelled), out)

    page.goto(f"{batch}/acts")
    page.click(f"button:has-text('撤销 {accepted} 条')")
    expect(page.locator(".said")).to_have_text(f"已撤销，{accepted} 条恢复原状。")
    back = _fetched(page, batch, tmp_path)
    assert not [row for row in back if row["处理结果"] == "采用"], "nothing stays of what was taken back"


def _changed(given: str, standard: str) -> bool:
    """Whether more was done than putting divisions before or between: what stands before the common ending is not
    simply found again in the standard address."""
    same = next((at for at in range(len(given)) if standard.endswith(given[at:])), len(given))
    return given[:same] not in standard


def _take_in(page: Page, labelled: list[Labelled], folder: Path) -> str:
    """Upload the list as a bureau sends it and wait until a worker has matched it; the address of its page."""
    file = folder / "待整改地址.csv"
    rows = {"序号": list(range(1, len(labelled) + 1)), "地址": [row.text for row in labelled]}
    write_table(file, rows, encoding="gb18030")
    page.set_input_files("#file", file)
    page.click("main button[type=submit]")
    expect(page.locator("#column")).to_have_value("地址")
    with worker():
        page.click("button:has-text('开始匹配')")
        wait_for_matches(page, WAIT_MS)
    return page.url.split("?")[0]


def _fetched(page: Page, batch: str, folder: Path) -> list[dict[str, str]]:
    page.goto(batch)
    with page.expect_download(timeout=WAIT_MS) as download:
        page.click("text=下载整改结果")
    path = folder / "整改结果.csv"
    download.value.save_as(path)
    body = path.read_bytes()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030")
    return list(csv.DictReader(io.StringIO(text)))


def _judge_a_sample(page: Page, batch: str, right: dict[str, str], out: list[dict[str, str]]) -> None:
    """Draw the sample of 500, judge its first page by the labels, and see the share said with its interval."""
    code_of = {row["地址"]: row["编码"] for row in out}
    page.goto(f"{batch}/sample")
    page.click("button:has-text('抽 500 条')")
    page.locator("text=保存核查结果").wait_for()
    page.wait_for_load_state()
    for row in page.locator("table tbody tr").all():
        text = row.locator("td").nth(1).inner_text()
        verdict = "right" if right.get(text) == code_of.get(text) else "wrong"
        row.locator(f"input[value={verdict}]").check()
    page.click("text=保存核查结果")
    expect(page.locator(".impact")).to_contain_text("正确率")
    expect(page.locator(".impact")).to_contain_text("95% 可信区间")
