"""Search over everything finds a record by its code, however the code is built and typed."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.home.register_search import codes
from geo.store.engine import act


@pytest.fixture
def laid(db: Session) -> Session:
    act(db, actor="system", action="x")
    for statement in (
        "INSERT INTO register.division (code, name, level) VALUES ('331003000000', '黄岩区', 3)",
        "INSERT INTO register.road (code, name, division) VALUES ('331003R00001', '永宁大道', '331003000000')",
        "INSERT INTO register.place (code, national_code, standard_name, category, division) "
        "VALUES ('P7K3M9QXA', '33100300013000000001', '永宁江', 'A', '331003000000')",
    ):
        db.execute(text(statement))
    return db


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("331003R00001", "永宁大道"),
        ("331003r00001", "永宁大道"),
        ("P7K3M9QXA", "永宁江"),
        ("33100300013000000001", "永宁江"),
        ("331003000000", "黄岩区"),
    ],
)
def test_a_code_finds_its_record(laid: Session, typed: str, name: str) -> None:
    assert [found.title for found in codes(laid, typed, 6)] == [name]


def test_pinyin_and_words_are_no_codes(laid: Session) -> None:
    assert codes(laid, "yongningdadao", 6) == codes(laid, "永宁", 6) == []
