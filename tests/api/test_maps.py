"""The public map, maps to take away, the archive of tiles, the GeoPackage and the project for QGIS."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyogrio
import pytest
from sqlalchemy import text

from api.desks.maps import files, grounds, papers, sheets
from api.desks.meals.waiting import find, licences
from api.security.accounts import add_account
from api.security.caller import NOBODY
from gazetteer.service.sample import load_details
from geo.problems import BadInput, Conflict, NotFound
from geo.settings import settings
from geo.store.engine import act, session
from geo.store.jobs import run_worker
from tests.people import PASSWORD, Come
from tests.serving import Served
from tiles import published, qgis
from tiles.archive import write_archive

OPENED = """
import json, sys, pyogrio
told = {str(name): len(pyogrio.read_dataframe(sys.argv[1], layer=name)) for name, _ in pyogrio.list_layers(sys.argv[1])}
print(json.dumps(told))
"""


@pytest.fixture(scope="module", autouse=True)
def details(server: Served) -> None:
    """Meal points and cemeteries with what the maps tell of them."""
    load_details()


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    """An officer, and another."""
    with session() as db:
        act(db, actor="test", action="account.add")
        for name in ("li", "wang"):
            add_account(db, name, PASSWORD, ["officer"])


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch):
    """Set a setting for one test."""

    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"DIMING_{name.upper()}", value)
        settings.cache_clear()

    yield put
    monkeypatch.undo()
    settings.cache_clear()


def test_the_public_map_lists_meal_points_cemeteries_and_names_without_a_script(client: httpx.Client):
    html = client.get("/map").text
    assert 'data-kind="meals"' in html and 'data-kind="cemeteries"' in html and 'href="/meals/' in html
    assert "未经审图，不得公开发布" in html and "示例数据" in html and "CGCS2000" in html


def test_the_link_of_a_map_holds_what_is_shown_and_from_where(client: httpx.Client, server: Served):
    with session() as db:
        lon, lat = sheets_point(db)
    html = client.get("/map", params={"show": "meals", "lon": lon, "lat": lat}).text
    assert 'data-kind="meals"' in html and 'data-kind="cemeteries"' not in html
    minutes = [int(found) for found in re.findall(r"步行 (\d+) 分钟", html)]
    assert minutes and minutes == sorted(minutes)


def sheets_point(db: object) -> tuple[float, float]:
    thing = next(
        thing for theme in published.meal_themes(db) for thing in theme.things if theme.label == "营业"
    )
    return round(thing.shape.x, 5), round(thing.shape.y, 5)


def test_a_ground_without_its_review_number_is_not_offered(client: httpx.Client, server: Served, public):
    public(tianditu_key="abc123")
    assert grounds.offered() == [] and "没有审图号" in grounds.refused()[0]
    answer = client.get("/map?ground=tianditu")
    assert "tianditu.gov.cn" not in answer.text + answer.headers["content-security-policy"]


def test_a_ground_with_its_review_number_is_named_on_the_map_and_let_through_by_the_policy(
    client: httpx.Client, server: Served, public
):
    public(tianditu_key="abc123", tianditu_review_number="测试（2026）1号")
    answer = client.get("/map?ground=tianditu")
    assert "审图号：测试（2026）1号" in answer.text
    assert "connect-src 'self' https://t0.tianditu.gov.cn" in answer.headers["content-security-policy"]
    assert "tianditu" not in client.get("/map").headers["content-security-policy"]


@pytest.mark.parametrize("name", sorted(sheets.MAPS))
def test_a_map_to_take_away_is_one_file_that_names_no_other_host(server: Served, name: str):
    with session() as db:
        title, html = sheets.sheet(db, name, NOBODY)
    assert title in html and "图例" in html and "来源" in html and "示例数据" in html
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?(?:https?:)?//", html)


def test_a_map_that_there_is_not_is_said_with_those_there_are(server: Served):
    with session() as db, pytest.raises(NotFound) as refused:
        sheets.sheet(db, "weather", NOBODY)
    assert "meals" in refused.value.remedy


def test_the_archive_opens_in_gdal_with_every_layer(server: Served, tmp_path: Path):
    file = tmp_path / "district.pmtiles"
    with session(timeout_s=0) as db:
        made = write_archive(db, file, deepest=12, attribution="示例数据")
    assert made.tiles > 0 and file.stat().st_size == made.size_bytes
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(file)], capture_output=True, text=True, check=True, timeout=280
    )
    told = json.loads(done.stdout)
    assert {"area", "road", "meal_point", "cemetery"} <= told.keys()
    assert told["road"] > 0 and told["meal_point"] > 0


def test_an_archive_of_zooms_that_are_not_served_is_refused_and_leaves_no_file(
    server: Served, tmp_path: Path
):
    with session() as db, pytest.raises(BadInput):
        write_archive(db, tmp_path / "x.pmtiles", deepest=22)
    assert list(tmp_path.iterdir()) == []


def test_the_package_holds_the_published_layers_in_cgcs2000(server: Served, tmp_path: Path):
    file = tmp_path / "public.gpkg"
    with session() as db:
        rows = published.write_package(db, file)
    assert {"道路", "门牌", "助餐点"} <= rows.keys()
    assert {str(name) for name, _ in pyogrio.list_layers(file)} == rows.keys()
    info = pyogrio.read_info(file, layer="门牌")
    assert info["crs"] == "EPSG:4490" and info["features"] == rows["门牌"]


def test_a_file_that_takes_long_is_made_behind_and_given_to_who_asked_for_it(come: Come, server: Served):
    officer = come("li")
    token = officer.get("/v1/session").json()["csrf"]
    refused = officer.post("/desk/maps/files", data={"kind": "package", "use": "public", "token": token})
    assert refused.status_code == 409 and "不能公开发布" in refused.text
    paper = {"kind": "town", "division": _town(), "paper": "A4", "token": token}
    assert officer.post("/desk/maps/papers", data=paper).status_code == 303
    assert officer.post("/desk/maps/files", data={"kind": "package", "token": token}).status_code == 303
    with session() as db:
        asked = files.listed(db, "li")
    assert [one.state for one in asked] == ["running", "running"]
    assert officer.get("/desk/maps").text.count("<progress") == 2
    assert officer.get(f"/desk/maps/files/{asked[0].id}").status_code == 409
    run_worker(wait=False)
    with session() as db:
        made = {one.kind: one for one in files.listed(db, "li")}
    assert {one.state for one in made.values()} == {"ready"}
    assert officer.get(f"/desk/maps/files/{made['paper'].id}").content.startswith(b"%PDF")
    package = officer.get(f"/desk/maps/files/{made['package'].id}")
    assert package.content.startswith(b"SQLite format 3") and "gpkg" in package.headers["content-disposition"]
    assert "未经审图" in package.content.decode("utf-8", "ignore")
    assert come("wang").get(f"/desk/maps/files/{made['paper'].id}").status_code == 404


def test_the_project_for_qgis_points_at_tiles_and_collections_that_answer(client: httpx.Client):
    answer = client.get("/docs/diming.qgs")
    root = ElementTree.fromstring(answer.content)
    sources = [layer.findtext("datasource") or "" for layer in root.iter("maplayer")]
    assert any("type=xyz" in source and "/tiles/base/" in source for source in sources)
    served_here = {
        one["id"]
        for one in client.get("/ogc/collections", params={"limit": 100}, timeout=240).json()["collections"]
    }
    assert set(qgis.collections()) <= served_here
    assert {layer.findtext("id") for layer in root.iter("maplayer")} == {
        one.get("id") for one in root.iter("layer-tree-layer")
    }


def _town() -> str:
    with session() as db:
        return str(
            db.scalar(text("SELECT left(division, 9) || '000' FROM published.address ORDER BY code LIMIT 1"))
        )


@pytest.mark.parametrize("kind", ["town", "roads"])
def test_a_township_is_drawn_for_print_with_the_names_of_its_roads(server: Served, kind: str):
    with session() as db:
        drawn = papers.drawn_sheet(db, kind, _town(), "A3")
        roads = set(
            db.scalars(
                text("SELECT name FROM published.road WHERE division LIKE :prefix"),
                {"prefix": f"{_town()[:9]}%"},
            )
        )
    assert roads and roads & {entry.name for entry in drawn.entries}
    assert (
        "未经审图，不得公开发布" in drawn.pages[0]
        and "示例数据" in drawn.pages[0]
        and f"1:{drawn.scale:,}" in drawn.pages[0]
    )


def test_a_sheet_for_the_public_is_refused_without_a_review_number_or_over_made_up_data(
    server: Served, public
):
    public(map_review_number="浙S(2026)1号")
    with session() as db, pytest.raises(Conflict, match="不能公开发布"):
        papers.drawn_sheet(db, "town", _town(), "A4", public=True)


def test_a_kind_or_division_that_has_no_sheet_is_refused_in_words(server: Served):
    with session() as db:
        with pytest.raises(BadInput):
            papers.drawn_sheet(db, "weather", _town(), "A4")
        with pytest.raises(BadInput):
            papers.drawn_sheet(db, "district", _town(), "A4")
        with pytest.raises(NotFound):
            papers.drawn_sheet(db, "town", "999999999999", "A4")


def test_a_licence_that_runs_out_waits_on_the_page_after_login(server: Served):
    with session() as db:
        last = db.scalar(text("SELECT max(licence_until) FROM register.meal_point WHERE state = 'open'"))
        waiting = licences(db, last)
        found = find(db, waiting[0].title.split("：")[0], 5)
    assert {one.state for one in waiting} <= {"已过期", "将到期"} and waiting == sorted(
        waiting, key=lambda one: (one.due_on, one.subject)
    )
    assert found[0].href == waiting[0].href
