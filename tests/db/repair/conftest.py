"""The sample register with its index, and a batch of nonstandard addresses that is matched once a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.sample import draw
from gazetteer.sample.nonstandard import nonstandard
from geo.settings import settings
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.databases import Clone, filled
from tests.repairing import as_csv, matched
from tests.serving import DOORS, SAMPLE, sample_template


def with_index(index: Path) -> Path:
    """The index of the sample, where the settings look for it."""
    settings().index_path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(index, settings().index_path)
    return settings().index_path


@pytest.fixture
def register(cluster: Cluster, clone: Clone) -> Iterator[Path]:
    """The sample register with its index."""
    index = sample_template(cluster, clone)
    with clone(SAMPLE):
        yield with_index(index)


@pytest.fixture(scope="session")
def texts() -> list[str]:
    cases = [case.text for case in nonstandard(draw(doors=DOORS)) if case.text.strip()]
    # The rules mend how these are written; the register knows nothing of them.
    return [*cases, "黄岩区东城街道魑魅邸６６栋", "浙江省台州市黄岩区南城街道饕餮墅７栋"]


@pytest.fixture
def batch(cluster: Cluster, clone: Clone, texts: list[str]) -> Iterator[int]:
    """The number of the batch in which the texts are matched and nothing is decided."""
    index = sample_template(cluster, clone)

    def match() -> None:
        with_index(index)
        matched(as_csv(texts))

    with clone(filled(cluster, clone, "template_matched", match, base=SAMPLE)):
        with_index(index)
        with session() as db:
            number = db.scalar(text("SELECT id FROM register.repair_batch"))
        yield int(number or 0)
