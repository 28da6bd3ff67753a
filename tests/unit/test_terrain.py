"""What is seen over a ridge and what is hidden behind it; files of heights in both forms; gaps are said, not guessed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from geo.problems import BadFile
from geo.terrain import Heights, read_heights, seen_from

STEP = 0.0005


def ridge(height: float, at: int = 50) -> Heights:
    """A plain of 5 m with a wall of hills from north to south through the column ``at``."""
    metres = np.full((40, 101), 5.0)
    metres[:, at - 1 : at + 2] = height
    return Heights(metres, 121.0, 28.7, STEP, STEP)


EYES = np.array([[121.010, 28.69], [121.020, 28.685]])
SITE = (121.040, 28.69)


def test_a_ridge_hides_what_lies_behind_it_and_a_plain_does_not():
    assert seen_from(ridge(60), EYES, SITE).tolist() == [0, 0]
    assert seen_from(ridge(5), EYES, SITE).tolist() == [1, 1]


def test_what_stands_higher_than_the_ridge_is_seen():
    assert seen_from(ridge(60), EYES, SITE, thing_m=400).tolist() == [1, 1]


def test_sight_goes_both_ways():
    held = ridge(30)
    there = seen_from(held, EYES[:1], SITE, eye_m=2, thing_m=2)
    back = seen_from(held, np.array([SITE]), (EYES[0, 0], EYES[0, 1]), eye_m=2, thing_m=2)
    assert there.tolist() == back.tolist()


def test_the_earth_itself_hides_what_is_far_away():
    sea = Heights(np.zeros((5, 801)), 121.0, 28.7, STEP, STEP)
    eyes = np.array([[121.0, 28.699], [121.35, 28.699]])
    assert seen_from(sea, eyes, (121.4, 28.699)).tolist() == [0, 1]


def test_a_gap_on_the_way_is_no_answer():
    held = ridge(5)
    held.metres[:, 60] = np.nan
    assert seen_from(held, EYES, SITE).tolist() == [-1, -1]
    assert np.isnan(held.at(np.array([[125.0, 28.7]])))[0]


def test_an_ascii_grid_and_a_geotiff_of_the_same_ground_give_the_same_heights(tmp_path: Path):
    grid = np.array([[10.0, 20.0], [30.0, -9999.0], [50.0, 60.0]], dtype=np.float32)
    text = "ncols 2\nnrows 3\nxllcorner 121.0\nyllcorner 28.0\ncellsize 0.01\nNODATA_value -9999\n"
    (tmp_path / "a.asc").write_text(text + "\n".join(" ".join(map(str, row)) for row in grid))
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, kind, value in (
        (33550, 12, (0.01, 0.01, 0.0)),
        (33922, 12, (0.0, 0.0, 0.0, 121.0, 28.03, 0.0)),
        (42113, 2, "-9999"),
    ):
        tags[tag] = value
        tags.tagtype[tag] = kind
    Image.fromarray(grid).save(tmp_path / "a.tif", tiffinfo=tags)
    places = np.array([[121.005, 28.025], [121.010, 28.025], [121.005, 28.020]])
    for name in ("a.asc", "a.tif"):
        assert read_heights(tmp_path / name).at(places).tolist() == pytest.approx([10, 15, 20])


@pytest.mark.parametrize(
    "text",
    ["", "nothing here", "ncols 2\nnrows 2\nxllcorner 1\nyllcorner 1\ncellsize 1\nnodata_value 0\n1 2 3 4"],
)
def test_a_file_that_is_no_grid_of_heights_is_refused_in_words(tmp_path: Path, text: str):
    (tmp_path / "bad.asc").write_text(text)
    with pytest.raises(BadFile, match="高程文件"):
        read_heights(tmp_path / "bad.asc")
