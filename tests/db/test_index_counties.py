"""The register's index with a file a county: the same answers as in one file, and one county written anew by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import index_files
from gazetteer.register import index_counties, index_source
from gazetteer.register.index_source import write_index
from gazetteer.register.sample_load import load_sample
from geo.store.cluster import Cluster
from geo.store.engine import act, session
from tests.databases import Clone, filled

OTHER = "331004"
TOWN = "331004001000"


@pytest.fixture
def two_counties(cluster: Cluster, clone: Clone) -> Iterator[None]:
    """A small sample district, some of whose roads lie in the neighbouring county."""
    with clone(filled(cluster, clone, "template_two_counties", lay_out)):
        yield


def lay_out() -> None:
    assert all(report.written for report in load_sample(doors=1200, actor="test"))
    with session() as db:
        act(db, actor="test", action="road.move")
        roads = list(
            db.scalars(
                text(
                    "SELECT road FROM register.address WHERE road IS NOT NULL GROUP BY road ORDER BY road LIMIT 9"
                )
            )
        )
        given = {"town": TOWN, "county": f"{OTHER}000000", "roads": roads}
        db.execute(text("UPDATE register.road SET division = :town WHERE code = ANY(:roads)"), given)
        db.execute(
            text(
                "UPDATE register.address SET county = :county, town = :town, comm = NULL WHERE road = ANY(:roads)"
            ),
            given,
        )


def asked() -> list[str]:
    with session() as db:
        found = db.scalars(text("SELECT standard_address FROM register.address ORDER BY code"))
        return [text for n, text in enumerate(found) if n % 5 == 0 or "路桥" in text]


def test_a_register_of_two_counties_answers_alike_in_one_file_and_in_two(
    two_counties: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session() as db:
        whole = write_index(db, tmp_path / "one.index")
    monkeypatch.setattr(index_counties, "wants_counties", lambda db: True)
    with session() as db:
        apart = write_index(db, tmp_path / "many.index")
    assert [f.name[:6] for f in index_files(tmp_path / "many.index")[1:]] == ["331003", OTHER]
    assert apart.counts == whole.counts
    one, many = Geocoder.open(tmp_path / "one.index"), Geocoder.open(tmp_path / "many.index")
    answers = [(one.geocode(text), many.geocode(text)) for text in asked()]
    assert all(a.best == b.best and a.status == b.status for a, b in answers)
    assert any(a.best and a.best.code and "路桥区" in a.best.standard_address for a, _ in answers)


def test_a_changed_county_is_written_anew_and_the_other_stays(two_counties: None, tmp_path: Path) -> None:
    path = tmp_path / "many.index"
    with session() as db:
        db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        meta = index_source.stamped(db)
        index_counties.write_counties(db, path, meta, workers=1)
    before = index_files(path)
    with session() as db:
        act(db, actor="test", action="address.retire")
        code = db.scalar(
            text(
                "UPDATE register.address SET name = '新设的店' WHERE code = (SELECT min(code) FROM register.address WHERE town = :town) RETURNING code"
            ),
            {"town": TOWN},
        )
    with session() as db:
        info = index_counties.renew(db, path)
    assert info is not None
    assert info.meta["snapshot"] != meta["snapshot"]
    assert [a == b for a, b in zip(before, index_files(path), strict=True)] == [True, True, False]
    assert Geocoder.open(path).geocode("新设的店").best.code == code


def test_a_small_register_stays_in_one_file(two_counties: None, tmp_path: Path) -> None:
    with session() as db:
        assert not index_counties.wants_counties(db)
        assert index_counties.counties_of(db) == ["331003", OTHER]


def test_a_damaged_county_is_told_and_written_again_while_the_others_stay(
    two_counties: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_counties, "wants_counties", lambda db: True)
    path = tmp_path / "many.index"
    with session() as db:
        write_index(db, path)
    whole, damaged = index_files(path)[1:]
    damaged.write_bytes(damaged.read_bytes()[:9000])
    with session() as db:
        found = index_source.freshness(db, path, thorough=True)
    assert not found.is_fresh
    assert "索引文件" in found.damaged[0] and found.files == 3
    info = index_counties.newest(path)
    assert "counties" in info.meta
    assert index_files(path)[1] == whole
    with session() as db:
        assert index_source.freshness(db, path, thorough=True).is_fresh
