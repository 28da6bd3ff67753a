"""Scenario 2: roads with several names - overlap test, usage of each name, the choice, the impact list, the aliases.

Success: every affected address is derived anew, none is orphaned, and the decision can be taken back.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from gazetteer.register.impact import orphans
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.scenarios.register_scenes import at_desk, officer, said
from tests.serving import Served


@pytest.fixture(scope="module", autouse=True)
def clerk(server: Served) -> None:
    officer("zhang", "张三")


def addresses(road: str) -> int:
    with session() as db:
        return int(
            db.scalar(
                text("SELECT count(*) FROM register.address WHERE road = :r AND valid_to IS NULL"),
                {"r": road},
            )
            or 0
        )


def test_four_roads_with_two_names_become_roads_with_one(visit: OpenPage) -> None:
    page = at_desk(visit, "zhang")
    page.goto("/desk/roads")
    page.get_by_role("button", name="排查全部道路").click()
    said(page, "已排查")
    page.goto("/desk/roads?kind=many_names")
    expect(page.locator("tr[data-row]").first).to_be_visible()
    with session() as db:
        planted = db.execute(text("SELECT code, roads, title FROM register.road_finding WHERE kind = 'many_names' "
                                  "AND EXISTS (SELECT FROM unnest(roads) r WHERE r LIKE '%T%') ORDER BY code")).all()  # fmt: skip
    assert len(planted) == 4
    for row in planted:
        page.goto(f"/desk/roads/{row.code}")
        expect(page.locator("h1")).to_have_text(row.title)
        page.get_by_role("link", name="打开判定单").click()
        choices = page.get_by_role("link", name="保留“")
        expect(choices).to_have_count(2)
        keep = (choices.first.get_attribute("href") or "").rpartition("keep=")[2]
        [losing] = [road for road in row.roads if road != keep]
        before, moved = addresses(keep), addresses(losing)
        assert moved > 0
        choices.first.click()
        expect(page.locator("[data-count=addresses]")).to_have_text(str(moved))
        page.get_by_label("判定理由").fill("使用较广，标志已设")
        page.get_by_role("button", name="判定，").click()
        said(page, "无归属的地址 0 个")
        assert addresses(losing) == 0
        assert addresses(keep) in (before + moved, before + moved - 1)
        with session() as db:
            assert orphans(db) == []
            kept = db.scalar(text("SELECT count(*) FROM register.alias_target t JOIN register.alias a ON a.id = t.alias "
                                  "WHERE t.road = :r AND a.kind = '路更名' AND a.valid_to = current_date"), {"r": keep})  # fmt: skip
        assert kept == 1
    page.goto(f"/desk/roads/{planted[0].code}")
    page.get_by_role("button", name="撤销判定").click()
    said(page, "恢复原状")
    assert all(addresses(road) > 0 for road in planted[0].roads)
    with session() as db:
        assert orphans(db) == []


def test_a_road_is_renamed_after_its_impact_was_seen_and_the_public_page_tells_the_former_name(
    visit: OpenPage,
) -> None:
    page = at_desk(visit, "zhang")
    with session() as db:
        road = db.execute(text("SELECT r.code, r.name, count(*) AS doors FROM register.road r JOIN register.address a ON a.road = r.code "
                               "WHERE r.state = '现行' AND r.code LIKE '331003R%' GROUP BY r.code ORDER BY 3 DESC, 1 LIMIT 1")).one()  # fmt: skip
    page.goto(f"/desk/places/road/{road.code}")
    page.get_by_role("link", name="更名", exact=True).click()
    expect(page.locator("[data-count=addresses]")).to_have_text(str(road.doors))
    page.get_by_label("新的标准名称").fill("示例新名路")
    page.get_by_label("理由").fill("道路改建")
    page.get_by_role("button", name="更名，").click()
    said(page, f"{road.doors} 个地址随之更新")
    expect(page.locator("h1")).to_have_text("示例新名路")
    page.get_by_role("link", name="公众页").click()
    expect(page.locator("h1")).to_have_text("示例新名路")
    expect(page.locator("main")).to_contain_text(road.name)
    page.go_back()
    page.locator("#renamings").get_by_role("button", name="撤销").click()
    said(page, "已撤销")
    expect(page.locator("h1")).to_have_text(road.name)
    with session() as db:
        assert orphans(db) == []
