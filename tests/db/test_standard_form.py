"""The register's display form and the engine's standard address are one and the same (标准地址)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.words.standard import village_form
from gazetteer.register.index_source import write_index
from gazetteer.register.sample_load import load_sample
from geo.store.engine import session

VILLAGES = {
    "药山村委会": "药山村",
    "王村村委会": "王村村",
    "药山村村委会": "药山村",
    "塔山村民委员会": "塔山村",
    "迎春社区居委会": "迎春社区",
    "百花社区居民委员会": "百花社区",
    "上社区村委会": "上社区",
    "城关居委会": "城关居委会",
    "康山村": "康山村",
    "村委会": "村委会",
    "": "",
}


def test_a_village_is_said_without_its_committee_by_both(db: Session) -> None:
    asked = text("SELECT register.village_text(:name)")
    assert {name: village_form(name) for name in VILLAGES} == VILLAGES
    assert {name: db.scalar(asked, {"name": name}) for name in VILLAGES} == VILLAGES


@pytest.fixture
def sample(database_url: str, tmp_path: Path) -> Geocoder:
    """The engine over a small sample district that the register holds."""
    assert all(report.written for report in load_sample(doors=2000, actor="test"))
    with session() as db:
        write_index(db, tmp_path / "small.index")
    return Geocoder.open(tmp_path / "small.index")


def test_every_door_is_written_the_same_by_the_register_and_by_the_engine(sample: Geocoder) -> None:
    with session() as db:
        rows = db.execute(text("SELECT code, standard_address, handle_kind FROM register.address")).all()
    registered = {row.code: row.standard_address for row in rows}
    words, index = sample._composer.words, sample.index
    composed = {index.door_code[door]: words.door(door) for door in range(len(index.door_code))}
    assert composed == registered
    assert {row.handle_kind for row in rows} == {"road", "natvil", "estate"}
    assert not any("委会" in address for address in registered.values())
    assert all(address.startswith("浙江省台州市黄岩区") for address in registered.values())
