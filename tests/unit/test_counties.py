"""An index of many counties, a file each: the same answers, one county replaced or damaged without harm to the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import index_files
from gazetteer.address.index.countyfile import folder_of
from gazetteer.address.live import Changes, LiveGeocoder
from gazetteer.address.model import DoorRow
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb
from geo.problems import Conflict
from tests import county_register as counties

WEST, EAST = "331003", "331004"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counties")
    counties.one_file(folder / "one.index")
    counties.many_files(folder / "many.index")
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    counties.many_files(tmp_path / "many.index")
    return tmp_path / "many.index"


def door_of(county: str) -> DoorRow:
    """A door of a road, one that an address without a building means."""
    return next(d for d in counties.rows(county).doors if d.number.isdigit() and not d.estate)


def text_of(door: DoorRow) -> str:
    named = next(iter(written([door], counties.all_divisions())))
    return f"{named.province}{named.city}{named.county}{named.town}{named.handle}{named.number}号"


def messy(every: int) -> Iterator[str]:
    doors = [d for county in counties.COUNTIES for d in counties.rows(county).doors]
    yield from (text for text, _, _ in perturb([*written(doors[::every], counties.all_divisions())], 5))


def test_many_files_give_the_answers_of_one(files):
    one, many = Geocoder.open(files / "one.index"), Geocoder.open(files / "many.index")
    assert one.index.info.counts == many.index.info.counts
    for text in messy(12):
        assert repr(many.geocode(text)) == repr(one.geocode(text))


def test_the_nearest_door_is_the_same_in_both_forms(files):
    one, many = Geocoder.open(files / "one.index"), Geocoder.open(files / "many.index")
    doors = [d for county in counties.COUNTIES for d in counties.rows(county).doors][::7]
    lons, lats = [d.lon + 1e-4 for d in doors], [d.lat for d in doors]
    assert many.reverse_many(lons, lats) == one.reverse_many(lons, lats)
    assert many.reverse(0.0, 0.0) is None


def test_a_county_is_opened_when_something_in_it_is_asked_for(files):
    engine = Geocoder.open(files / "many.index")
    opened = engine.index._part  # type: ignore[attr-defined]
    assert not opened
    assert engine.geocode("浙江省台州市").best is not None
    assert not opened
    assert engine.reverse(door_of(WEST).lon, door_of(WEST).lat) is not None
    assert len(opened) == 1


def test_several_processes_write_the_same_index_as_one(files, tmp_path):
    counties.many_files(tmp_path / "many.index", workers=2)
    assert [f.name for f in index_files(tmp_path / "many.index")] == [
        f.name for f in index_files(files / "many.index")
    ]
    assert (tmp_path / "many.index").read_bytes() == (files / "many.index").read_bytes()


def test_one_county_is_replaced_while_another_is_asked(many):
    gone, kept = door_of(EAST), door_of(WEST)
    engine, before = Geocoder.open(many), index_files(many)
    wrong, ended = [], threading.Event()

    def ask() -> None:
        while not ended.is_set():
            best = engine.geocode(text_of(kept)).best
            wrong.extend([] if best and best.code == kept.code else [best])

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        counties.replaced(many, EAST, gone.code)
    finally:
        ended.set()
        asking.join()
    assert not wrong
    after = index_files(many)
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, True, True, False]
    assert all(file.exists() for file in before)  # whoever holds the old head may still open its files
    now = Geocoder.open(many)
    assert engine.geocode(text_of(gone)).best.code == gone.code
    assert now.geocode(text_of(gone)).best.code != gone.code
    assert now.geocode(text_of(kept)).best.code == kept.code


def test_a_county_is_not_replaced_under_other_divisions(many, monkeypatch):
    more = replace(counties.all_divisions()[-1], code="331004099099", name="新设村")
    changed = (*counties.all_divisions(), more)
    monkeypatch.setattr(counties, "all_divisions", lambda: changed)
    with pytest.raises(Conflict, match="区划已经变化"):
        counties.replaced(many, EAST, door_of(EAST).code)


@pytest.mark.parametrize("harm", ["a byte", "cut short", "gone", "another's"])
def test_a_damaged_county_is_refused_and_said_while_the_others_answer(many, harm):
    damaged, whole = door_of(EAST), door_of(WEST)
    file = next(folder_of(many).glob(f"{EAST}-*"))
    other = next(folder_of(many).glob(f"{WEST}-*"))
    raw = bytearray(file.read_bytes())
    raw[-70] ^= 0xFF
    file.unlink()
    if harm != "gone":
        file.write_bytes(
            {"a byte": bytes(raw), "cut short": raw[:5000], "another's": other.read_bytes()}[harm]
        )
    engine = Geocoder.open(many)
    assert engine.geocode(text_of(whole)).best.code == whole.code
    answer = engine.geocode(text_of(damaged))
    assert answer.status != "auto"
    assert not answer.best or answer.best.code != damaged.code
    assert "“路桥区”的索引文件不能读取" in answer.corrections[-1].reason
    assert list(engine.index.refused) == ["路桥区"]
    assert engine.suggest(damaged.handle_name[:2]) is not None
    assert engine.reverse(damaged.lon, damaged.lat) is None


def test_a_new_plate_is_found_over_the_counties_file(many):
    base, old = Geocoder.open(many), door_of(EAST)
    road = next(h for h in counties.rows(EAST).handles if h.code == old.handle)
    doors = [d for d in counties.rows(EAST).doors if d.handle == old.handle]
    new = replace(old, code="NEW", number="9998")
    live = LiveGeocoder(base, Changes([road], [*doors, new], [], frozenset([road.code])))
    assert live.geocode(text_of(new)).best.code == "NEW"
    assert live.geocode(text_of(old)).best.code == old.code
    assert live.geocode(text_of(door_of(WEST))).best.code == door_of(WEST).code
    assert live.reverse(old.lon, old.lat).code in {d.code for d in [*doors, new]}
    assert base.geocode(text_of(new)).best.code != "NEW"


def test_machines_that_do_not_see_the_index_are_sent_every_county(many, tmp_path):
    from api.batch import cluster as sent

    name, away = Geocoder.open(many).index.info.checksum, str(tmp_path / "elsewhere" / "addresses.index")
    for file, called in sent._files(many):
        sent._take(file.read_bytes(), called, name, 0)
    sent._keep(name)
    try:
        rows = sent._portion(away, name, [text_of(door_of(county)) for county in counties.COUNTIES], None)
        assert [row[4] for row in rows] == [door_of(county).code for county in counties.COUNTIES]
    finally:
        sent.shutil.rmtree(sent._cache(name))
