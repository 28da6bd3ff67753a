"""Whoever is bound to a township sees no open case of another one behind any door: lists, records, search, home, exports."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from api.rights import RIGHTS
from api.rights.callers import EVERYBODY
from api.security.accounts import add_account
from geo.store.engine import act, session
from tests.faults import kept
from tests.people import PASSWORD, Come
from tests.reach_cases import Case, lay
from tests.serving import Served

ROLES = ("officer", "reviewer", "township", "counter", "inspector", "analyst")
"""All at once: each door that opens to one of them is tried, and what shows is held by the division alone. The audit is
not divided: who audits, or administers accounts, does so for the whole installation."""
OWN, OTHER = "甲字案", "乙字案"
SLOW = (
    "/desk/exchange/export",
    "/desk/maps/",
    "/siting",
    "/coverage",
    "/desk/diagnosis/roads",
    "/desk/keys",
    "/sheet",
    "/forecast",
)
"""Doors that read the published register alone, and whose answers take seconds."""


@pytest.fixture(scope="module")
def laid(server: Served) -> tuple[str, Case, Case]:
    """The first township with its cases, and another one's."""
    with session() as db:
        own, other = db.scalars(text("SELECT town FROM register.address WHERE valid_to IS NULL AND town IS NOT NULL "
                                     "GROUP BY town ORDER BY town LIMIT 2")).all()  # fmt: skip
        act(db, actor="test", action="account.add")
        add_account(db, "bound", PASSWORD, list(ROLES), division_code=own)
        add_account(db, "clerk", PASSWORD, ["township"], division_code=own)
        add_account(db, "whole", PASSWORD, list(ROLES))
    return own, lay(OWN, own, "1111"), lay(OTHER, other, "2222")


def doors(roles: set[str], case: Case, *, deep: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address that the table opens to the roles and not to everybody, with the codes of a case in it."""
    fill = {
        "number": case.numbers,
        "report": case.numbers,
        "kind": ("place", "report"),
        "form": ("docx",),
        "ending": ("docx",),
    }
    for (method, path), allowed in RIGHTS.items():
        if (
            method != "GET"
            or not allowed & roles
            or allowed >= EVERYBODY
            or any(slow in path for slow in SLOW)
        ):
            continue
        names = re.findall(r"{([^}]*)}", path)
        if names and not deep:
            continue
        codes = next(((code,) for start, code in case.taken.items() if path.startswith(start)), case.codes)
        if path.startswith(("/desk/numbers/{", "/desk/naming/{", "/desk/exchange/{batch}/{")):
            codes = (*case.codes[:2], *codes, "1")
        for values in itertools.product(*(fill.get(name, codes) for name in names)):
            filled = path
            for name, value in zip(names, values, strict=True):
                filled = filled.replace(f"{{{name}}}", value)
            yield filled, {}
        if not names:
            yield path, {"q": "字案"}


def words_of(answer: httpx.Response) -> str:
    """The words of an answer, also of those that lie packed in it (docx, xlsx, zip)."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize(("name", "deep"), [("bound", True), ("clerk", False)])
def test_no_door_shows_another_townships_case(
    come: Come, laid: tuple[str, Case, Case], name: str, deep: bool
) -> None:
    _, _, other = laid
    roles, client, told, opened = set(ROLES) if deep else {"township"}, come(name), [], 0
    for path, asked in doors(roles, other, deep=deep):
        answer = client.get(path, params=asked)
        assert answer.status_code < 500, (path, asked, answer.text[:300])
        opened += answer.status_code == 200
        words = words_of(answer)
        if OTHER in words or "13900002222" in words:
            told.append((path, asked))
    kept.keep("reach", {"caller": name, "doors_that_opened": opened, "shown_of_elsewhere": len(told)})
    assert told == []
    assert opened > 30, opened


def test_the_own_cases_show_and_the_whole_district_shows_to_whoever_is_not_bound(come: Come, laid) -> None:
    _, own, other = laid
    records = [f"/desk/naming/{own.codes[0]}", f"/desk/numbers/{own.codes[1]}", f"/desk/plates/{own.codes[2]}",
               f"/desk/plates/repairs/{own.codes[3]}", f"/desk/reports/{own.numbers[0]}"]  # fmt: skip
    lists = ["/desk/naming", "/desk/numbers", "/desk/plates/repairs", "/desk/plates/batches", "/desk/reports",
             "/desk/diagnosis/findings", "/desk/search?q=字案", "/desk", "/desk/naming/export", "/desk/reports/export",
             "/desk/repairs", "/desk/exchange", "/desk/cemeteries/ledgers", "/desk/cemeteries/checks", "/desk/roads",
             "/desk/numbers/batches"]  # fmt: skip
    records += [
        f"{start}/{own.taken[start]}"
        for start in ("/desk/repairs", "/desk/exchange", "/desk/roads", "/desk/cemeteries/ledgers")
    ]
    bound, whole = come("bound"), come("whole")
    assert [path for path in (*records, *lists) if OWN not in words_of(bound.get(path))] == []
    assert [path for path in lists if OTHER not in words_of(whole.get(path))] == []
    assert OTHER in whole.get(f"/desk/naming/{other.codes[0]}").text


def test_a_key_bound_to_a_township_reads_no_others_plates_either(server: Served, laid) -> None:
    from geo.store.sight import SEES

    own, _, other = laid
    token = SEES.set(own[:9])
    try:
        with session() as db:
            seen = db.scalars(text("SELECT name FROM register.proposal WHERE name LIKE '%字案%'")).all()
            plates = db.scalars(text("SELECT code FROM register.plate WHERE code LIKE '0000000%'")).all()
    finally:
        SEES.reset(token)
    assert seen == [f"{OWN}家园"]
    assert other.codes[2] not in plates and len(plates) == 1


def test_whoever_opens_a_record_with_a_person_in_it_stands_in_the_audit(
    come: Come, laid: tuple[str, Case, Case]
) -> None:
    _, own, _ = laid
    proposal, registration, report = own.codes[0], own.codes[1], own.numbers[0]
    doors = {
        f"/desk/naming/{proposal}": ("register.proposal", proposal),
        f"/desk/numbers/{registration}": ("register.registration_person", registration),
        f"/desk/reports/{report}": ("register.report", report),
        "/v1/reports": ("register.report", report),
    }
    reader = come("whole")
    for path, (table, code) in doors.items():
        before = _reads(table, code)
        answer = reader.get(path)
        assert answer.status_code == 200 and "13900001111" in answer.text, path
        assert _reads(table, code) == before + 1, path
    with session() as db:
        last = db.execute(
            text(
                "SELECT actor, action, request_id FROM audit.entry WHERE operation = 'read' ORDER BY id DESC"
            )
        ).first()
    assert last is not None and (last.actor, last.action) == ("whole", "person.read") and last.request_id


def test_a_reader_who_is_refused_leaves_no_entry_of_having_read(
    come: Come, laid: tuple[str, Case, Case]
) -> None:
    _, _, other = laid
    before = _reads("register.proposal", other.codes[0])
    assert come("bound").get(f"/desk/naming/{other.codes[0]}").status_code == 404
    assert _reads("register.proposal", other.codes[0]) == before


def _reads(table: str, code: str) -> int:
    with session() as db:
        return int(
            db.scalar(
                text("SELECT count(*) FROM audit.entry WHERE operation = 'read' AND table_name = :t "
                     "AND key @> jsonb_build_object('code', CAST(:c AS text))"),
                {"t": table, "c": code},
            )
            or 0
        )  # fmt: skip
