"""Only schema register holds the precise position of a marker: no published view, no route and no tile gives it away."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import shapely
from sqlalchemy import text

from boundary.importing import import_file
from geo.geometry import distance_m
from geo.settings import ROOT, settings
from geo.store.engine import forget_engines, session
from tests.open_doors import collections, open_doors, tile_of
from tests.serving import running

# Markers stand at the bends of the line, as they do, and the outline of the district bends with it.
BENDS = [
    (121.0123456, 28.7023456),
    (121.0456789, 28.7156789),
    (121.0789123, 28.6989123),
    (121.1234567, 28.7234567),
]
OUTLINE = ", ".join(f"{x} {y}" for x, y in [*BENDS, (121.2, 28.6), (121.0, 28.55), BENDS[0]])
DIVISIONS = (
    "区划代码,名称,级别,上级代码,geometry\n330000000000,浙江省,1,,\n331000000000,台州市,2,330000000000,\n"
    f'331003000000,黄岩区,3,331000000000,"MULTIPOLYGON ((({OUTLINE})))"\n'
)
LINE = (
    '界线代码,界线名称,相邻区划,geometry\nHL,黄临线,331003,"LINESTRING ('
    + ", ".join(f"{x} {y}" for x, y in BENDS)
    + ')"\n'
)
MARKERS = (
    "界桩代码,界线,经度,纬度,高程,是否公开,位置描述,方位物1,方位物1方位角,方位物1距离,所在地1\n"
    + "".join(
        f"M{n},HL,{x},{y},123.456,是,山顶岩石旁,独石{n},47.31,23.77,某村\n" for n, (x, y) in enumerate(BENDS)
    )
)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?")
SECRETS = [
    "独石",
    "47.31",
    "23.77",
    "123.456",
    "山顶岩石旁",
    "某村",
    *(f"{v:.5f}" for pair in BENDS for v in pair),
]


@pytest.fixture(scope="module")
def markers(
    clone: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Four public markers at the bends of a line."""
    folder = tmp_path_factory.mktemp("markers")
    with clone():
        for kind, content in (("divisions", DIVISIONS), ("boundaries", LINE), ("markers", MARKERS)):
            (folder / f"{kind}.csv").write_text(content, encoding="utf-8")
            assert import_file(kind, folder / f"{kind}.csv", datum="cgcs2000").exit_code == 0
        yield


def columns(schema: str) -> list[tuple[str, str, str]]:
    with session() as db:
        return [
            tuple(row)
            for row in db.execute(
                text(
                    "SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c "
                    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
                    "WHERE c.relnamespace = CAST(:schema AS regnamespace) AND c.relkind IN ('v', 'm', 'r')"
                ),
                {"schema": schema},
            )
        ]


def nearest_m(shape: shapely.Geometry) -> float:
    """From any marker to any vertex of a published shape."""
    return min(
        distance_m(shapely.Point(x, y), shapely.Point(*vertex))
        for x, y in BENDS
        for vertex in shapely.get_coordinates(shape)
    )


def test_the_view_shows_squares_of_a_hundred_metres_and_nothing_finer(markers: None) -> None:
    with session() as db:
        rows = db.execute(
            text("SELECT code, ST_X(geom), ST_Y(geom) FROM published.boundary_marker ORDER BY code")
        ).all()
        steps = db.execute(
            text("SELECT ST_X(published.rough(ST_Point(121 + n * 0.0001, 28.7, 4490), 100)) AS x, "
                 "ST_Y(published.rough(ST_Point(121, 28.7 + n * 0.0001, 4490), 100)) AS y FROM generate_series(0, 99) n")
        ).all()  # fmt: skip
    assert len(rows) == len(BENDS)
    for (_, x, y), (true_x, true_y) in zip(rows, BENDS, strict=True):
        assert distance_m(shapely.Point(x, y), shapely.Point(true_x, true_y)) < 100 * math.sqrt(2)
    xs, ys = sorted({row.x for row in steps}), sorted({row.y for row in steps})
    assert min(distance_m(shapely.Point(a, 28.7), shapely.Point(b, 28.7)) for a, b in pairwise(xs)) >= 99.99
    assert min(distance_m(shapely.Point(121, a), shapely.Point(121, b)) for a, b in pairwise(ys)) >= 99.99


def test_every_marker_in_a_square_is_shown_at_the_same_place(markers: None) -> None:
    with session() as db:
        places = db.scalars(
            text("SELECT ST_AsText(published.rough(ST_Point(x.lon + dx * 0.0003, x.lat + dy * 0.0003, 4490), 100)) "
                 "FROM (SELECT ST_X(g) - 0.0003 AS lon, ST_Y(g) - 0.0003 AS lat "
                 "      FROM (SELECT published.rough(ST_Point(121.05, 28.71, 4490), 100) AS g) s) x, "
                 "generate_series(0, 2) dx, generate_series(0, 2) dy")
        ).all()  # fmt: skip
    assert len(set(places)) == 1


def test_the_setting_makes_the_squares_larger_and_never_smaller(
    markers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session() as db:
        db.execute(text("SET LOCAL diming.rough_grid_m = 5"))
        assert db.scalar(text("SELECT published.rough_grid_m()")) == 100
    monkeypatch.setenv("DIMING_ROUGH_GRID_M", "500")
    settings.cache_clear()
    forget_engines()
    try:
        with session() as db:
            assert db.scalar(text("SELECT published.rough_grid_m()")) == 500
    finally:
        monkeypatch.undo()
        settings.cache_clear()
        forget_engines()


def test_a_marker_that_is_not_public_is_not_published(markers: None) -> None:
    with session() as db:
        db.execute(text("UPDATE register.boundary_marker SET is_public = false WHERE code = 'M0'"))
        assert db.scalar(text("SELECT count(*) FROM published.boundary_marker WHERE code = 'M0'")) == 0
        db.rollback()


@pytest.mark.parametrize("schema", ["published", "audit", "public", "access", "jobs"])
def test_no_table_or_view_outside_the_register_holds_a_precise_position(markers: None, schema: str) -> None:
    seen = 0
    for table, column, kind in columns(schema):
        if table == "spatial_ref_sys":  # PostGIS' own list of reference systems
            continue
        with session() as db:
            if kind == "geometry":
                shapes = db.scalars(
                    text(
                        f'SELECT ST_AsBinary("{column}") FROM {schema}."{table}" WHERE "{column}" IS NOT NULL'
                    )
                )
                for wkb in shapes:
                    seen += 1
                    # A square's middle may lie near a marker by chance, never within the reach of a survey.
                    assert nearest_m(shapely.from_wkb(bytes(wkb))) > 5, (table, column)
            else:
                for value in db.scalars(text(f'SELECT "{column}"::text FROM {schema}."{table}"')):
                    # The seconds of a moment may look like a distance; a moment holds no position.
                    held = MOMENT.sub("", value or "")
                    assert not [s for s in SECRETS if s in held], (table, column)
    assert seen or schema != "published"


def test_no_public_door_gives_a_precise_position(markers: None) -> None:
    """Every door of the table of rights that stands open to all, every layer of tiles, and the collections of OGC."""
    with running() as url, httpx.Client(base_url=url, timeout=240) as client:
        answers = [*public_answers(client), *open_doors(client, *BENDS[1]), *collections(client)]
    assert sum(status == 200 for status, _, _ in answers) > 60
    for _, where, body in answers:
        held = MOMENT.sub("", body)
        assert not [secret for secret in SECRETS if secret in held], where


def public_answers(client: httpx.Client) -> Iterator[tuple[int, str, str]]:
    """Every public GET, with the markers' codes and around the markers; tiles at their deepest."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if "get" not in methods:
            continue
        for code in ("M0", "HL", "331003000000"):
            filled = re.sub(r"{[^}]*code[^}]*}", code, path)
            if "{" not in filled:
                answer = client.get(
                    filled,
                    params={
                        "q": "黄临",
                        "bbox": "121,28.6,121.2,28.8",
                        "lon": BENDS[0][0],
                        "lat": BENDS[0][1],
                    },
                )
                yield (
                    answer.status_code,
                    filled,
                    answer.text.replace(str(BENDS[0][0]), "").replace(str(BENDS[0][1]), ""),
                )
                answer = client.get(filled)
                yield answer.status_code, filled, answer.text
    for lon, lat in BENDS:
        x, y = tile_of(lon, lat, 16)
        answer = client.get(f"/tiles/base/16/{x}/{y}.mvt")
        assert b"boundary" not in answer.content
        assert "独石".encode() not in answer.content
        yield answer.status_code, "tile", ""


def test_the_outline_of_a_district_is_rounded_in_every_view_and_answer(markers: None) -> None:
    with session() as db:
        stored = shapely.from_wkb(bytes(db.scalar(text(
            "SELECT ST_AsBinary(boundary) FROM register.division WHERE code = '331003000000'"))))  # fmt: skip
        shown = [
            shapely.from_wkb(bytes(wkb))
            for view in ("published.division", "published.division_area")
            for wkb in db.scalars(text(f"SELECT ST_AsBinary(geom) FROM {view} WHERE code = '331003000000'"))
        ]
        drawn = shapely.from_wkb(bytes(db.scalar(text(
            "SELECT ST_AsBinary(geom) FROM published.division_area_around(ST_MakeEnvelope(121, 28.6, 121.2, 28.8, 4490), 5)"
        ))))  # fmt: skip
    assert nearest_m(stored) < 0.01
    assert len(shown) == 2 and all(shape.is_valid and nearest_m(shape) > 5 for shape in [*shown, drawn])
    with running() as url, httpx.Client(base_url=url, timeout=240) as client:
        answer = client.get("/v1/divisions/331003000000")
    assert nearest_m(shapely.geometry.shape(answer.json()["geometry"])) > 5


def test_a_tile_draws_the_outline_of_a_district_away_from_the_markers(markers: None) -> None:
    with session() as db:
        for lon, lat in BENDS:
            x, y = tile_of(lon, lat, 16)
            piece = db.scalar(
                text("SELECT ST_AsText(ST_Transform(ST_Collect(ST_Boundary(ST_ClipByBox2D(d.geom, Box2D(e.box)))), 4490)) "
                     "FROM (SELECT ST_Transform(ST_TileEnvelope(16, :x, :y, margin => 0.03125), 4490) AS box) e, "
                     "LATERAL published.division_area_around(e.box, 5) d"),
                {"x": x, "y": y},
            )  # fmt: skip
            assert piece is None or nearest_m(shapely.from_wkt(piece)) > 5


def test_programs_read_markers_rounded_and_nobody_unknown_reads_them_precise(markers: None) -> None:
    with running() as url, httpx.Client(base_url=url, timeout=240) as client:
        listed = client.get("/v1/markers").json()
        one = client.get("/v1/markers/M1").json()
        asked = client.get("/v1/markers", params={"precise": "true", "line": "HL"})
        alone = client.get("/v1/markers/M1", params={"precise": "true"})
        records = client.get("/v1/inspections", params={"round": "HL-2026"})
    assert [f["id"] for f in listed["features"]] == ["M0", "M1", "M2", "M3"]
    for feature in [*listed["features"], one]:
        assert nearest_m(shapely.geometry.shape(feature["geometry"])) > 5
        assert feature["properties"]["rounded_to_m"] == 100
        assert not {"references", "height", "north", "east", "location"} & set(feature["properties"])
    assert (asked.status_code, alone.status_code, records.status_code) == (403, 403, 401)
    assert not [secret for secret in SECRETS if secret in asked.text + alone.text + records.text]


def test_nothing_but_the_boundary_room_names_the_internal_tables() -> None:
    internal = re.compile(
        r"register\.(boundary_marker|reference_object|boundary_line|boundary_inspection|inspection_reference|"
        r"boundary_event)\b(?! WHERE made_up)"
    )
    for room in ("api", "tiles", "gazetteer", "geo"):
        for file in [*(ROOT / room).rglob("*.py"), *(ROOT / room).rglob("*.sql")]:
            if "migrations" not in file.parts and "static" not in file.parts:
                assert not internal.search(file.read_text(encoding="utf-8")), file


def test_a_file_of_markers_is_internal_and_no_page_offers_it(markers: None, tmp_path: Path) -> None:
    from boundary.exporting import export_file

    export_file("markers", tmp_path / "m.csv")
    assert "47.31" in (tmp_path / "m.csv").read_text("utf-8-sig")
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "api" / "templates").glob("*.html")]
    assert not any("markers" in page and "export" in page for page in pages)
