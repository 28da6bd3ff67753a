"""The living sample: every room has something under way, made by real acts and saying that it is made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from api.demo import cases
from api.readiness import fresh_index
from gazetteer.proposal.model import STATES
from geo.settings import settings
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.databases import Clone
from tests.serving import SAMPLE, sample_template


@pytest.fixture(scope="module")
def loaded(
    cluster: Cluster, clone: Clone, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[date, list[str]]]:
    """The day of loading and what it said, in a district that has its cases now."""
    sample_template(cluster, clone)
    folder = tmp_path_factory.mktemp("sample")
    with clone(SAMPLE):
        day, said = date.today(), list[str]()
        cases.load(said.append, folder)
        cases.load(said.append, folder)
        yield day, said


@pytest.fixture
def told(loaded: tuple[date, list[str]]) -> list[str]:
    """What loading said."""
    return loaded[1]


def test_every_trade_says_what_it_has_and_a_second_time_nothing_is_added(told: list[str]) -> None:
    assert [line.split(" ")[0] for line in told] == [
        "示例道路排查结果", "示例命名申请", "示例道路排查已解决", "示例地名文化和地名方案", "示例门牌登记", "示例报国家库差异",
        "示例门牌诊断结果", "示例报错",
    ]  # fmt: skip


def test_names_are_under_way_in_nearly_every_state_with_a_clock_near_and_one_over(
    loaded: tuple[date, list[str]],
) -> None:
    with session() as db:
        states = set(db.scalars(text("SELECT state FROM register.\"case\" WHERE machine = 'proposal'")))
        filing = db.execute(
            text("SELECT due_on - :day AS left FROM register.case_clock WHERE machine = 'proposal' "
                 "AND name = 'filing' AND stopped_on IS NULL ORDER BY 1"),
            {"day": loaded[0]},
        ).all()  # fmt: skip
        made_up = db.scalar(text("SELECT bool_and(made_up) FROM register.proposal"))
    assert states >= STATES.keys() - {"signed", "ended"}
    assert [row.left for row in filing] == [-5, 2]
    assert made_up


def test_registrations_come_from_the_counter_and_from_home_and_end_with_papers(told: list[str]) -> None:
    with session() as db:
        rows = db.execute(
            text("SELECT g.channel, c.state, count(*) AS n, count(p.number) AS papers FROM register.registration g "
                 "JOIN register.\"case\" c ON c.machine = 'registration' AND c.subject = g.code "
                 "LEFT JOIN register.registration_paper p ON p.registration = g.code WHERE g.made_up GROUP BY 1, 2")
        ).all()  # fmt: skip
        latest = db.scalar(text("SELECT max(at) - now() FROM register.case_event"))
    found = {(row.channel, row.state): row for row in rows}
    assert {
        ("窗口", "accepted"),
        ("网上", "submitted"),
        ("网上", "returned"),
        ("网上", "refused"),
    } <= found.keys()
    assert found["窗口", "approved"].papers > 20
    assert latest is not None and latest.total_seconds() <= 0


def test_a_list_of_bad_addresses_is_matched_and_partly_decided(told: list[str], tmp_path: Path) -> None:
    sample = tmp_path / "nonstandard.csv"
    sample.write_text("地址\n黄岩区东城街道永宁大道１号\n黄岩区不存在的路1号\n", encoding="utf-8-sig")
    fresh_index(lambda words: None)
    assert settings().index_path.exists()
    assert (cases.repairs(sample), cases.repairs(sample)) == (2, 0)
