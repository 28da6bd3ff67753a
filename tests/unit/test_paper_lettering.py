"""Names on a print sheet: no two touch, none over the edge, important ones first, and lengths on the paper are true."""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.problems import BadInput
from tiles.paper import Contents, Imprint, paper_map, pdf
from tiles.paper.contents import Road, Spot
from tiles.paper.formats import Frame, fitting_scale, row_letters
from tiles.paper.index import Squares
from tiles.paper.lettering import Wanted, place

IMPRINT = Imprint("登记", "2026年11月22日", "未经审图，不得公开发布", "示例数据", lambda name: name)
FRAME = (0.0, 0.0, 120.0, 90.0)


def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def crowded(seed: int) -> list[Wanted]:
    rng = np.random.default_rng(seed)
    names = ["永宁东路", "环城路", "康仁巷", "G104国道", "九峰新村", "示"]
    lines = [
        Wanted(
            str(rng.choice(names)),
            shapely.LineString(rng.uniform(0, 100, (int(rng.integers(2, 6)), 2))),
            2.5,
            "road",
            n,
        )
        for n in range(40)
    ]
    points = [
        Wanted(str(rng.choice(names)), shapely.Point(*rng.uniform(0, 100, 2)), 2.0, "place", 50 + n)
        for n in range(60)
    ]
    areas = [Wanted("东城街道", shapely.box(x, 10, x + 30, 60), 4.0, "area", -1) for x in (5, 60)]
    return lines + points + areas


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 1000))
def test_no_two_names_touch_and_none_stands_over_the_edge(seed: int):
    marks = [(50.0, 50.0, 54.0, 54.0)]
    placed = place(crowded(seed), FRAME, marks)
    boxes = [box for one in placed for box in one.boxes] + marks
    assert len(placed) > 20
    assert not [pair for pair in combinations(boxes, 2) if meet(*pair)]
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= 120 and b[3] <= 90 for b in boxes)


def test_the_more_important_name_gets_the_place():
    spot = shapely.Point(60, 45)
    lone = place([Wanted("小巷", spot, 3, "place", 9), Wanted("大道", spot, 3, "place", 1)], (48, 42, 72, 48))
    assert next(one.text for one in lone) == "大道"


def test_names_along_a_road_read_from_the_left_or_from_above():
    west = place([Wanted("永宁路", shapely.LineString([(100, 50), (20, 50)]), 3, "road")], FRAME)[0]
    assert [letter.x for letter in west.letters] == sorted(letter.x for letter in west.letters)
    north = place([Wanted("永宁路", shapely.LineString([(50, 80), (50, 10)]), 3, "road")], FRAME)[0]
    assert [letter.y for letter in north.letters] == sorted(letter.y for letter in north.letters)
    assert all(abs(letter.turn) < 1 for letter in north.letters)


def sheet() -> Contents:
    """A square of some four kilometres with one straight road of red class, and a spot."""
    area = shapely.box(121.24, 28.63, 121.28, 28.67)
    road = Road("r", "永宁大道", "主干道", shapely.LineString([(121.25, 28.65), (121.27, 28.65)]))
    lane = Road("l", "康仁巷", "巷弄", shapely.LineString([(121.26, 28.64), (121.26, 28.66)]))
    return Contents(
        "town",
        "示例镇地图",
        area,
        [("前村", area)],
        [road, lane],
        [Spot("老桥", "heritage", shapely.Point(121.255, 28.655))],
    )


@pytest.mark.parametrize("paper", ["A4", "A0"])
def test_a_road_measured_in_the_pdf_is_as_long_as_the_scale_says(paper: str):
    drawn = paper_map(sheet(), paper, IMPRINT)
    true_m = Geod(ellps="GRS80").line_length([121.25, 121.27], [28.65, 28.65])
    with pypdfium2.PdfDocument(pdf(drawn)) as opened:
        page = opened[0]
        size_mm = [side / 72 * 25.4 for side in page.get_size()]
        widths = [
            _width_mm(one)
            for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=9)
            if _colour(one) == (0xF4, 0xD9, 0xA6)
        ]
    assert sorted(round(side) for side in size_mm) == sorted({"A4": (210, 297), "A0": (841, 1189)}[paper])
    # The legend's sample of the same stroke is five millimetres (on A4): what it is longer is what the bounds add.
    road, sample = sorted(widths, reverse=True)
    measured = road - (sample - 5 * drawn.paper.step)
    assert measured * drawn.scale / 1000 == pytest.approx(true_m, rel=0.001)


def _colour(one: pypdfium2.PdfObject) -> tuple[int, ...]:
    from ctypes import byref, c_uint

    told = [c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetStrokeColor(one.raw, *(byref(part) for part in told))
    return tuple(part.value for part in told[:3])


def _width_mm(one: pypdfium2.PdfObject) -> float:
    left, _, right, _ = one.get_bounds()
    return (right - left) / 72 * 25.4


def test_a_sheet_says_scale_source_date_review_number_and_that_its_data_are_made_up():
    drawn = paper_map(sheet(), "A3", IMPRINT)
    with pypdfium2.PdfDocument(io.BytesIO(pdf(drawn))) as opened:
        said = "".join(page.get_textpage().get_text_range() for page in opened)
    for words in (
        f"1:{drawn.scale:,}",
        "登记",
        "2026年11月22日",
        "未经审图",
        "示例数据",
        "地名索引",
        "永宁大道",
        "康仁巷",
        "老桥",
        "保护地名",
    ):
        assert words in said
    assert {entry.name for entry in drawn.entries} == {"永宁大道", "康仁巷", "老桥", "前村"}


def test_every_name_of_the_index_is_found_in_the_square_it_gives():
    drawn = paper_map(sheet(), "A3", IMPRINT)
    square = next(entry.square for entry in drawn.entries if entry.name == "老桥")
    named = next(one for one in drawn.names if one.text == "老桥")
    side = Squares(drawn.frame, 1.0)
    assert square[0] in "ABCDEFGH" and square[1:].isdigit() and side.columns()[0] == drawn.frame.left
    assert drawn.frame.left < named.letters[0].x < drawn.frame.left + drawn.frame.width


def test_scales_are_round_and_papers_that_there_are_not_are_refused():
    assert fitting_scale(4000, 3000, Frame(0, 0, 180, 250)) == 25_000
    assert [row_letters(n) for n in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]
    with pytest.raises(BadInput):
        paper_map(sheet(), "B5", IMPRINT)
    with pytest.raises(BadInput):
        paper_map(sheet(), "A4", IMPRINT, scale=1234)
