"""Scenario 4: 4,575 names checked against a national export, 366 updates filed.

Success: every row has a state; the 366 exported records are valid and their 20-digit codes are unique.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from gazetteer.exchange.fields import TITLES
from gazetteer.exchange.records import check
from gazetteer.exchange.terms import classes
from geo.store.engine import act, session
from tests.pages.conftest import OpenPage
from tests.scenarios.register_scenes import at_desk, officer, said
from tests.serving import Served

ALL, WRONG = 4575, 366


@pytest.fixture(scope="module", autouse=True)
def clerk(server: Served) -> None:
    """The sample district with as many made-up names as the bureau's report counts."""
    officer("li", "李四")
    with session() as db:
        act(db, actor="test", action="set-up")
        held = int(db.scalar(text("SELECT count(*) FROM register.exchange_record")) or 0)
        db.execute(text("""
            INSERT INTO register.place (standard_name, category, class_code, division, romanisation, geom, made_up)
            SELECT '示例地名' || n, 'C', '22200', t.code, 'SHILIDIMING' || n,
                   ST_SetSRID(ST_MakePoint(120.9 + (n % 80) * 0.005, 28.55 + (n / 80) * 0.003), 4490), true
            FROM generate_series(1, :n) n
            JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS at FROM register.division
                  WHERE level = 4 AND parent = '331003000000' AND valid_to IS NULL) t ON t.at = n % 19
        """), {"n": ALL - held})  # fmt: skip


def test_every_row_gets_a_state_and_366_valid_updates_go_out(visit: OpenPage, tmp_path: Path) -> None:
    page = at_desk(visit, "li")
    page.goto("/desk/exchange")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="演练用导出文件").click()
    file = tmp_path / "国家库导出.csv"
    waiting.value.save_as(file)
    page.set_input_files("#field-file", file)
    page.get_by_role("button", name="开始比对").click()
    said(page, f"已比对 {ALL} 条：一致 {ALL - WRONG} 条，待核 {WRONG} 条")

    page.locator("tr[data-row] a.row-link").first.evaluate("a => a.href")
    page.goto(f"{page.url.partition('?')[0]}?state=待核&field=place_meaning")
    href = page.locator("tr[data-row] a.row-link").first.get_attribute("href") or ""
    page.goto(href)
    expect(page.get_by_label("采用国家库")).to_have_count(1)
    page.get_by_role("button", name="存疑").click()
    expect(page.locator("body")).to_contain_text("存疑要写明疑在哪里")
    page.goto(href)
    page.get_by_label("说明").fill("含义两说，待查地名志")
    page.get_by_role("button", name="存疑").click()
    said(page, "记为“存疑”")
    page.goto(href)
    page.get_by_label("以登记册为准").first.check()
    page.get_by_role("button", name="保存选定").click()
    said(page, "记为“需改”")

    batch = href.rpartition("/")[0]
    page.goto(batch)
    page.get_by_role("button", name="全部以登记册为准").click()
    said(page, f"{WRONG - 1} 条以登记册为准")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()
    waiting.value.save_as(tmp_path / "更新包.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "更新包.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == WRONG
    names = {title: name for name, title in TITLES.items()}
    with session() as db:
        table = classes(db)
    assert all(check({names[k]: v for k, v in row.items() if k in names}, table) == [] for row in rows)
    assert len({row["地名代码"] for row in rows}) == WRONG
    page.get_by_role("button", name="更新包已上报").click()
    said(page, f"{WRONG} 条记为已改")
    with session() as db:
        left = dict(db.execute(text("SELECT state, count(*) FROM register.exchange_row GROUP BY 1")).all())  # type: ignore[arg-type]
    assert left == {"一致": ALL - WRONG, "已改": WRONG}
