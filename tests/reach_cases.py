"""One township's cases of every kind, laid straight into the tables, each with a word in it that must not come out elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from api.reports import number_of
from geo.store.engine import act, session

TAKEN_IN = {
    "/desk/repairs": (
        "INSERT INTO register.repair_batch (file_name, format, encoding, layer, sha256, headers, address_field, findings, row_count, "
        "actor, actor_shown, reach) VALUES (:w || '.csv', 'csv', 'utf-8', '', 'x', '{地址}', '地址', '[]', 1, 'test', 'test', :r) "
        "RETURNING id"
    ),
    "/desk/exchange": (
        "INSERT INTO register.exchange_batch (file_name, sha256, rule_version, row_count, actor, reach) "
        "VALUES (:w || '.csv', 'x', 'x', 1, 'test', :r) RETURNING id"
    ),
    "/desk/cemeteries/ledgers": (
        "INSERT INTO register.site_ledger (name, file_name, sha256, rows, taken_by, reach) "
        "VALUES (:w || '台账', :w || '.csv', 'x', 1, 'test', :r) RETURNING id"
    ),
    "/desk/numbers/batches": (
        "INSERT INTO register.number_batch (kind, title, rules, row_count, actor, actor_shown, reach) "
        "VALUES ('street', :w || '路', 'x', 1, 'test', 'test', :r) RETURNING id"
    ),
    "/desk/naming/batches": (
        "INSERT INTO register.naming_batch (title, made_by, reach) VALUES (:w || '批', 'test', :r) RETURNING code"
    ),
    "/desk/data": (
        "INSERT INTO register.import_batch (kind, file_name, sha256, actor, row_count, inserted, updated, unchanged, refused, reach) "
        "VALUES ('roads', :w || '.csv', 'x', 'test', 1, 1, 0, 0, 0, :r) RETURNING id"
    ),
    "/desk/roads": (
        "WITH run AS (INSERT INTO register.road_audit (rule_version, rule, segments, seconds, counts, actor) "
        "VALUES ('x', '{}', 1, 1, '{}', 'test') RETURNING id) "
        "INSERT INTO register.road_finding (key, kind, township, title, evidence, remedy, first_run, last_run) "
        "SELECT 'q' || :s, 'unnamed_lane', :t, :w || '路', :w, :w, id, id FROM run RETURNING code"
    ),
}
"""Where the desk lists what was taken in or found, and how a row of it is made."""


@dataclass(frozen=True)
class Case:
    """What one township has in hand: its codes by what a route calls them."""

    codes: tuple[str, ...]
    numbers: tuple[str, ...]
    batch: str
    taken: dict[str, str]
    """The beginning of a path -> the number that it knows the case's file, batch or finding by."""


def lay(word: str, town: str, serial: str) -> Case:
    """A proposal, a registration, a report, a plate with its batch and repair, findings, files: each with ``word`` in it."""
    with session() as db:
        act(db, actor="test", action="reach.lay")
        door = db.scalar(
            text(
                "SELECT code FROM register.address WHERE town = :t AND valid_to IS NULL ORDER BY code LIMIT 1"
            ),
            {"t": town},
        )
        given = {"w": word, "t": town, "c": f"{town[:6]}000000", "a": door, "s": serial, "r": town[:9]}

        def put(sql: str) -> str:
            return str(db.scalar(text(sql), given))

        proposal = put(
            "INSERT INTO register.proposal (category, feature, name, division, applicant, contact, phone, reason) "
            "VALUES ('F', 'estate', :w || '家园', :t, :w || '公司', :w, '1390000' || :s, :w) RETURNING code"
        )
        registration = put(
            "INSERT INTO register.registration (kind, county, town, handle_name, number, note, rules) "
            "VALUES ('新编', :c, :t, :w || '路', '1', :w, 'x') RETURNING code"
        )
        put(
            "INSERT INTO register.registration_person (registration, applicant, phone) "
            f"VALUES ('{registration}', :w || '申请人', '1390000' || :s) RETURNING registration"
        )
        report = put(
            "INSERT INTO register.report (kind, text, contact, code, origin) "
            "VALUES ('other', :w || '门牌不对', :w || ' 1390000' || :s, :a, 'x') RETURNING id"
        )
        put("INSERT INTO register.plate_maker (name) VALUES (:w || '厂') RETURNING name")
        batch = put(
            "INSERT INTO register.plate_batch (code, maker, title, town, ordered, sent_on, actor) "
            "VALUES ('B' || :s, :w || '厂', :w || '批次', :t, 1, current_date, 'test') RETURNING code"
        )
        plate = put(
            "INSERT INTO register.plate (code, address, kind, reason, batch, source) "
            "VALUES ('0000000' || :s, :a, '小门牌', '新编', 'B' || :s, :w) RETURNING code"
        )
        repair = put(
            "INSERT INTO register.plate_repair (code, plate, cause, note, reporter) "
            "VALUES ('R' || :s, '0000000' || :s, 'damaged', :w, :w) RETURNING code"
        )
        run = put(
            "INSERT INTO register.diagnosis_run (rules, actor, doors, handles, found, seconds, counts) "
            "VALUES ('x', 'test', 1, 1, 1, 1, '{}') RETURNING id"
        )
        finding = put(
            "INSERT INTO register.diagnosis_finding (key, kind, handle, handle_name, town, evidence, remedy, first_run, last_run) "
            f"VALUES ('f' || :s, 'D1', 'x', :w || '路', :t, :w, :w, {run}, {run}) RETURNING key"
        )
        taken = {prefix: put(sql) for prefix, sql in TAKEN_IN.items()}
        put(f"INSERT INTO register.repair_row (batch, number, source_row, given, original) VALUES ({taken['/desk/repairs']}, 1, 2, "
            "to_jsonb(ARRAY[CAST(:w AS text)]), :w) RETURNING number")  # fmt: skip
        put(f"INSERT INTO register.exchange_row (batch, number, name, side, code) VALUES ({taken['/desk/exchange']}, 1, "
            ":w || '村', 'local', :s) RETURNING number")  # fmt: skip
        one, other = taken["/desk/cemeteries/ledgers"], put(TAKEN_IN["/desk/cemeteries/ledgers"])
        put(f"INSERT INTO register.site_ledger_row (ledger, number, name) VALUES ({one}, 1, :w || '公墓'), ({other}, 1, :w || '公墓') "
            "RETURNING number")  # fmt: skip
        taken["/desk/cemeteries/ledgers"] = put(
            f"INSERT INTO register.ledger_reconciliation (one, other, made_by) VALUES ({one}, {other}, 'test') RETURNING id"
        )
        put("INSERT INTO register.ledger_match (reconciliation, one_row, other_row, state) "
            f"VALUES ({taken['/desk/cemeteries/ledgers']}, 1, 1, '疑似同处') RETURNING id")  # fmt: skip
        check = put("WITH f AS (INSERT INTO register.facility (kind, name, division) VALUES ('cemetery', '自查公墓', :t) RETURNING code), "
                    "c AS (INSERT INTO register.cemetery (facility, category) SELECT code, '村公益性公墓' FROM f RETURNING facility) "
                    "INSERT INTO register.cemetery_check (facility, round, item, found, note, on_day) "
                    "SELECT facility, '2026', 1, '存在问题', :w || '缺消防', current_date FROM c RETURNING id")  # fmt: skip
        taken["/desk/cemeteries/checks"] = check
        for machine, subject, state in (("cemetery", f"K{check}", "found"), ("proposal", proposal, "submitted"), ("registration", registration, "submitted"),
                                        ("plate", plate, "making"), ("plate-repair", repair, "open")):  # fmt: skip
            db.execute(text('INSERT INTO register."case" (machine, subject, state) VALUES (:m, :s, :st)'),
                       {"m": machine, "s": subject, "st": state})  # fmt: skip
            db.execute(text("INSERT INTO register.case_event (machine, subject, act, to_state, actor, note) "
                            "VALUES (:m, :s, 'begin', :st, 'test', :w)"), {"m": machine, "s": subject, "st": state, "w": word})  # fmt: skip
    return Case(
        (proposal, registration, plate, repair, batch, finding), (number_of(int(report)),), batch, taken
    )
