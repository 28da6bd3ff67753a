"""The audit over the sample district: its planted problems, their states from run to run, and the decision sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import batch
from gazetteer.register.impact import orphans
from gazetteer.road_audit import deciding, findings, storing
from gazetteer.road_audit.figures import figures
from gazetteer.road_audit.findings import Wanted
from geo.problems import BadInput, Conflict
from geo.store.cluster import Cluster
from geo.store.engine import act, session
from tests.databases import Clone
from tests.serving import SAMPLE, sample_template


@pytest.fixture
def district(cluster: Cluster, clone: Clone) -> Iterator[Session]:
    """The sample district after one run of the audit."""
    sample_template(cluster, clone)
    with clone(SAMPLE), session() as db:
        act(db, actor="zhang", action="road_audit.run")
        storing.run(db, actor="zhang")
        yield db


def test_the_46_unnamed_roads_and_the_four_roads_with_two_names_are_found(district: Session) -> None:
    rows, _ = findings.page(district, Wanted(), most=1000)
    kinds = Counter(row.kind for row in rows)
    assert (kinds["unnamed_main"], kinds["unnamed_lane"]) == (10, 36)
    planted = [row for row in rows if row.kind == "many_names" and any("T" in road for road in row.roads)]
    assert len(planted) == 4
    assert all(row.town_name for row in rows if row.kind in ("unnamed_main", "unnamed_lane", "many_names"))
    assert all(row.state == "待处理" and row.evidence and row.remedy for row in rows)
    assert len({row.township for row in rows if row.kind.startswith("unnamed")}) >= 10


def test_a_second_run_finds_the_same_and_keeps_what_people_said(district: Session) -> None:
    rows, _ = findings.page(district, Wanted(kind="apart"), most=1000)
    findings.dismiss(district, rows[0].code, "各镇街历史同名，已列入规划调整", version=rows[0].version)
    before = findings.total(district, Wanted())
    storing.run(district, actor="zhang")
    assert findings.total(district, Wanted()) == before
    assert findings.one(district, rows[0].code).state == "不是问题"
    with pytest.raises(BadInput, match="没有写明理由"):
        findings.dismiss(district, rows[0].code, " ", version=2)
    with pytest.raises(Conflict, match="被别人处理"):
        findings.reopen(district, rows[0].code, version=1)


def test_a_road_that_has_got_its_name_is_settled_by_the_next_run(district: Session) -> None:
    [lane, *_], _ = findings.page(district, Wanted(kind="unnamed_lane"))
    named = district.scalar(text("SELECT code FROM register.road WHERE state = '现行' ORDER BY code LIMIT 1"))
    district.execute(
        text("UPDATE register.road_segment SET road = :road WHERE id = ANY (:ids)"),
        {"road": named, "ids": list(lane.segments)},
    )
    storing.run(district, actor="zhang")
    settled = findings.one(district, lane.code)
    assert (settled.state, settled.settled_on) == ("已解决", date.today())
    number = {f.code: f for f in figures(district, date.today().year)}
    assert number["roads.unnamed_lane.found"].value == 36
    assert number["roads.unnamed_lane.cleared"].value == 1
    rows, _ = findings.page(district, Wanted(kind="unnamed_lane", year=date.today().year, by="settled"))
    assert [row.code for row in rows] == [lane.code]


def test_a_decision_makes_one_name_an_alias_and_every_door_follows_and_comes_back(district: Session) -> None:
    doubles, _ = findings.page(district, Wanted(kind="many_names"))
    double = next(row for row in doubles if any("T" in road for road in row.roads))
    used = deciding.usage(district, double)
    assert len(used) == 2
    assert all(name.addresses > 0 for name in used)
    keep, losing = used
    [seen] = deciding.consequences(district, double, keep.code)
    assert seen.addresses == losing.addresses
    assert len(seen.clashes) == 1
    deciding.decide(district, double.code, keep.code, actor="zhang", on=date.today(), version=double.version)
    assert orphans(district) == []
    kept = deciding.usage(district, double)[0]
    assert kept.addresses == keep.addresses + losing.addresses - 1
    assert findings.one(district, double.code).state == "已解决"
    deciding.take_back(district, double.code, actor="zhang")
    assert {u.code: u.addresses for u in deciding.usage(district, double)} == {
        u.code: u.addresses for u in used
    }
    assert orphans(district) == []


def test_unnamed_roads_become_proposals_as_a_batch(district: Session) -> None:
    rows, _ = findings.page(district, Wanted(kind="unnamed_main"))
    started = findings.initiate(district, [row.code for row in rows[:2]], actor="zhang", start=batch.start)
    assert len(started) == 2
    assert all(findings.one(district, row.code).proposal for row in rows[:2])
    assert findings.one(district, rows[0].code).state == "已发起"
    many, _ = findings.page(district, Wanted(kind="many_names"))
    with pytest.raises(BadInput, match="没有待处理的未命名道路"):
        findings.initiate(district, [many[0].code], actor="zhang", start=batch.start)
