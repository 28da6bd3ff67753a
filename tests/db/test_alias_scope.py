"""The area of another name comes from the register into the index, in one file and in a file a county."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.address.answering.engine import Geocoder
from gazetteer.register import index_counties
from gazetteer.register.index_source import write_index
from gazetteer.register.sample_load import load_sample
from geo.store.engine import act, session

_ALIAS = """
    WITH a AS (INSERT INTO register.alias (alias, kind, source, scope)
               VALUES (:alias, '俗称', 'test', ST_Multi(ST_Buffer(CAST(:around AS geometry), :reach))) RETURNING id)
    INSERT INTO register.alias_target (alias, road) SELECT id, :road FROM a
"""
_DOOR = """
    SELECT a.road, a.number, ST_AsEWKT(p.geom) AS around FROM register.address a
    JOIN register.address_point p ON p.address = a.code
    WHERE a.road IS NOT NULL AND a.sub = '' AND a.bld = '' AND a.number ~ '^[0-9]+$' ORDER BY a.code LIMIT 1
"""


@pytest.mark.parametrize("apart", [False, True])
def test_an_alias_counts_only_inside_the_area_kept_with_it(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool
) -> None:
    assert all(report.written for report in load_sample(doors=300, actor="test"))
    with session() as db:
        act(db, actor="test", action="alias.new")
        door = db.execute(text(_DOOR)).mappings().one()
        here = {"road": door["road"], "around": door["around"]}
        away = here | {"around": "SRID=4490;POINT(100 30)"}
        db.execute(text(_ALIAS), {**here, "alias": "旧时大马路", "reach": 1e-4})
        db.execute(text(_ALIAS), {**away, "alias": "别处小马路", "reach": 1e-4})
    monkeypatch.setattr(index_counties, "wants_counties", lambda db: apart)
    with session() as db:
        write_index(db, tmp_path / "register.index")
    engine = Geocoder.open(tmp_path / "register.index")
    meant, other = (engine.geocode(f"{name}{door['number']}号").best for name in ("旧时大马路", "别处小马路"))
    assert meant is not None and meant.level == "door"
    assert other is None or other.code != meant.code
