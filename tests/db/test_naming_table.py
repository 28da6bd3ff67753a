"""Every check N01-N23 against the database: one name that passes and one that does not, with evidence and remedy."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.culture import heritage
from gazetteer.naming.check import check
from gazetteer.naming.model import CheckResult, Proposal
from gazetteer.proposal.surroundings import PostgisRegister
from gazetteer.register.models import Division
from geo.problems import BadInput
from tests.naming import HUANGYAN, SQUARE, ask
from tests.proposals import EAST, WEST, district, place, road

WEST_SITE = SQUARE.area("1254").buffer(-0.0003)
TABLE: dict[str, tuple[Proposal, Proposal]] = {
    "N01": (ask("橘韵家园", "F"), ask("永宁花园广场", "F")),
    "N02": (ask("橘香路"), ask("龘龘路")),
    "N03": (ask("橘香路"), ask("永宁A路")),
    "N04": (ask("澄碧路", geometry=SQUARE.line("89")), ask("永宁路", geometry=SQUARE.line("89"))),
    "N05": (ask("橘花路"), ask("永凝路")),
    "N06": (ask("澄碧街"), ask("永宁街", geometry=SQUARE.line("89"))),
    "N07": (ask("橘香路"), ask("毛泽东路")),
    "N08": (ask("橘香路"), ask("戚继光路")),
    "N09": (ask("橘韵家园", "F"), ask("威尼斯花园", "F")),
    "N10": (ask("橘韵广场", "F"), ask("万达广场", "F")),
    "N11": (ask("橘韵城", "F"), ask("天下第一城", "F")),
    "N12": (ask("橘香路"), ask("御帝豪庭", "F")),
    "N13": (ask("西城花园", "F", geometry=WEST_SITE), ask("东城花园", "F", geometry=WEST_SITE)),
    "N14": (ask("橘乡大道", width_m=45, length_m=3500), ask("橘乡大道", width_m=20, length_m=1500)),
    "N15": (ask("橘韵家园", "F"), ask("橘韵书香世家锦绣华庭苑", "F")),
    "N16": (ask("橘香路三巷", geometry=SQUARE.line("14")), ask("橘香路三巷", geometry=SQUARE.line("36"))),
    "N17": (ask("永宁东路", geometry=SQUARE.line("56")), ask("永宁西路", geometry=SQUARE.line("56"))),
    "N18": (ask("橘花路", geometry=SQUARE.line("78")), ask("橘花路", geometry=SQUARE.line("45"))),
    "N19": (ask("澄江路", geometry=SQUARE.line("23")), ask("橘花路", geometry=SQUARE.line("23"))),
    "N20": (ask("永安江", "A", act="更名", old_name="永宁江", record="P1"),
            ask("九重山", "A", act="更名", old_name="九峰山", record="P2")),
    "N21": (ask("橘香苑", "F"), ask("旧街里", "F")),
    "N22": (ask("橘乡路", geometry=SQUARE.line("89")), ask("永安路", geometry=SQUARE.line("89"))),
    "N23": (ask("宁溪镇", "B", feature="township", heritage="千年古镇"),
            ask("茅畲乡", "B", feature="township", heritage="千年古镇")),
}  # fmt: skip
DRAWN = {"N04", "N06", "N13", "N16", "N17", "N18", "N19", "N20", "N21", "N22"}
"""Checks whose evidence is a thing with a position, to be shown on the map."""


@pytest.fixture
def registered(db: Session) -> Session:
    """The names that the table's rows meet."""
    district(db)
    db.add(Division(code="331002000000", level=3, parent="331000000000", name="椒江区", short="椒江"))
    db.flush()
    db.add(Division(code="331002001000", level=4, parent="331002000000", name="海门街道", short="海门"))
    db.flush()
    road(db, "R1", "永宁路", SQUARE.line("45"))
    road(db, "R2", "橘香路二巷", SQUARE.line("25"))
    road(db, "R3", "澄江路", SQUARE.line("12"), division="331002001000")
    place(db, "P1", "永宁江", "A", SQUARE.point("7"))
    place(db, "P2", "九峰山", "A", SQUARE.point("5"), heritage="山水地名")
    place(db, "P3", "旧街里", "F", SQUARE.point("1"), state="销名")
    place(db, "P4", "茅畲乡", "B", SQUARE.point("9"), division=EAST)
    db.execute(
        text("INSERT INTO register.planned_name (name, category, division, plan, geom) "
             "VALUES ('橘乡路', 'E', :d, '方案', ST_GeomFromText(:g, 4490))"),
        {"d": WEST, "g": SQUARE.line("89").wkt},
    )  # fmt: skip
    return db


def test_every_check_passes_one_name_and_finds_another_with_evidence_and_remedy(registered: Session) -> None:
    assert list(TABLE) == [f"N{n:02d}" for n in range(1, 24)]
    around = PostgisRegister(registered, "331003")

    def answer(code: str, proposal: Proposal) -> CheckResult:
        return next(one for one in check(proposal, around, HUANGYAN) if one.code == code)

    said = {code: (answer(code, good), answer(code, bad)) for code, (good, bad) in TABLE.items()}
    assert {code: (good.outcome, bad.outcome) for code, (good, bad) in said.items()} == {
        code: ("passed", "found") for code in TABLE
    }
    found = {code: bad.findings for code, (_, bad) in said.items()}
    assert all(f.evidence and f.remedy and f.source for rows in found.values() for f in rows)
    assert {code for code, rows in found.items() if any(f.geometry is not None for f in rows)} >= DRAWN


def test_a_township_that_is_no_town_is_listed_as_an_old_town_with_a_written_reason_only(
    registered: Session,
) -> None:
    given = {"evidence": "宋代县志已载", "since_year": 900}
    with pytest.raises(BadInput, match="是乡"):
        heritage.add(registered, "place", "P4", "千年古镇", "候选", **given)
    heritage.add(registered, "place", "P4", "千年古镇", "候选", protection="省厅同意按乡申报", **given)
    assert [entry.heritage_class for entry in heritage.of(registered, "P4")] == ["千年古镇"]
