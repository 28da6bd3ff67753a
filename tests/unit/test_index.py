"""The index file: written whole, read as written, refused when damaged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from gazetteer.address.index import Index, build_index
from gazetteer.address.model import DivisionRow, DoorRow
from geo.problems import BadInput, NotFound
from tests import small_register


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return small_register.build(tmp_path_factory.mktemp("index") / "small.index").index


def test_it_counts_what_it_was_built_from(index):
    assert index.info.counts == {
        "divisions": 7,
        "handles": 12,
        "doors": len(small_register.doors()),
        "aliases": 4,
    }
    assert index.info.meta == {"source": "test"}


def test_every_door_is_found_by_its_exact_number_and_at_its_point(index):
    handles = {index.pool[index.handle_code[h]]: h for h in range(len(index.handle_code))}
    for row in small_register.doors():
        found = [index.door_code[d] for d in index.door_at(handles[row.handle], row.number)]
        assert found == [row.code]
        door = next(index.door_at(handles[row.handle], row.number))
        assert index.point(door) == pytest.approx((row.lon, row.lat), abs=1e-7)


def test_a_number_that_only_resembles_another_is_not_found(index):
    handle = next(h for h in range(len(index.handle_code)) if index.pool[index.handle_code[h]] == "R1")
    for near in ("119", "11", "1180", "118-2", "10", "400弄1", "0"):
        assert not list(index.door_at(handle, near))


def test_neighbours_are_the_registered_numbers_on_both_sides(index):
    handle = next(h for h in range(len(index.handle_code)) if index.pool[index.handle_code[h]] == "R1")
    below, above = index.neighbours(handle, "117")
    assert (index.path(below), index.path(above)) == ("116", "118")
    assert index.neighbours(handle, "99999")[1] is None


def test_the_checksum_tells_a_changed_byte(tmp_path):
    path = tmp_path / "one.index"
    small_register.build(path)
    assert Index.open(path).container.verify()
    raw = bytearray(path.read_bytes())
    raw[-70] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert not Index.open(path).container.verify()


@pytest.mark.parametrize("content", [b"", b"DIMINGIX", b"not an index" * 9])
def test_a_file_that_is_no_index_is_refused_with_a_remedy(tmp_path, content):
    path = tmp_path / "bad.index"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        Index.open(path)
    assert "diming index build" in caught.value.remedy


def test_a_file_cut_short_is_refused(tmp_path):
    path = tmp_path / "cut.index"
    small_register.build(path)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(BadInput):
        Index.open(path)


def test_a_missing_index_says_how_to_make_one(tmp_path):
    with pytest.raises(NotFound) as caught:
        Index.open(tmp_path / "none.index")
    assert "diming index build" in caught.value.remedy


def test_an_empty_register_makes_an_index_that_finds_nothing(tmp_path):
    build_index(tmp_path / "empty.index", [], [], [])
    assert Index.open(tmp_path / "empty.index").find("n", "横街路") == ()


def test_a_failed_build_leaves_the_old_index_as_it_was(tmp_path):
    path = tmp_path / "kept.index"
    small_register.build(path)
    before = path.read_bytes()

    def broken() -> Iterator[DoorRow]:
        yield small_register.doors()[0]
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        build_index(path, small_register.DIVISIONS, small_register.HANDLES, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_index_does_not_disturb_those_who_read_the_old_one(tmp_path):
    path = tmp_path / "live.index"
    old = small_register.build(path)
    build_index(path, [DivisionRow("110000000000", "北京市", 1, "")], [], [])
    best = old.geocode("黄岩区横街路118号").best
    assert best is not None and best.code == "R1-118"


def test_doors_without_a_known_handle_make_a_road_of_their_own_in_each_county(tmp_path):
    rows = [
        DoorRow("a", "", "中山路", "1号", small_register.WEST, 121.26, 28.65),
        DoorRow("b", "", "中山路", "１号", small_register.EAST, 121.37, 28.58),
    ]
    info = build_index(tmp_path / "x.index", small_register.DIVISIONS, [], rows)
    assert info.counts["handles"] == 2
    index = Index.open(tmp_path / "x.index")
    assert {index.door_code[d] for h in range(2) for d in index.door_at(h, "1")} == {"a", "b"}


def test_coordinates_keep_a_centimetre(index):
    assert np.abs(index.container.array("door.lon") / 1e7 - 121.0).max() < 1
