"""The background work on a batch: chunk after chunk, each in a transaction of its own, so that nothing is lost or doubled."""

from __future__ import annotations

import uuid

import orjson

from api import lookup
from api.batch import store
from api.batch.intake import address_of
from api.batch.slices import look_again_at, work_a_slice
from gazetteer.address.answering.batch import Outcome, outcome
from gazetteer.address.answering.engine import Geocoder
from geo.problems import Problem
from geo.store.engine import session
from geo.store.jobs import defer, task

NAME = "batch.geocode"


@task(NAME)
def work(batch: str) -> None:
    """Do chunks of a batch until none is left or the time is over; one in any case."""
    known = uuid.UUID(batch)
    try:
        if work_a_slice(lambda: do_chunk(known)):
            return
    except Problem as problem:
        with session() as db:
            store.note(db, known, problem=f"{problem.sentence}{problem.remedy}")
        raise
    with session() as db:
        store.note(db, known, job=defer(db, NAME, batch=batch))


def do_chunk(batch: uuid.UUID) -> bool:
    """Take the next chunk, answer its rows, write the answers, all or nothing; whether there was one."""
    with session(timeout_s=0) as db:
        taken = store.take(db, batch)
        if taken is None:
            if not store.finish(db, batch):
                store.note(db, batch, job=defer(db, NAME, at=look_again_at(), batch=str(batch)))
            return False
        number, rows = taken
        found = store.find(db, batch, None)
        texts = [address_of(found.form, row, found.address_place, found.address_field) for row in rows]
        outcomes = [list(_answer(lookup.engine(), text, found)) for text in texts]
        store.put(db, batch, number, orjson.dumps(outcomes).decode(), len(rows))
    return True


def _answer(engine: Geocoder, text: str, batch: store.Batch) -> Outcome:
    return outcome(engine.geocode_lean(text, as_of=batch.as_of))
