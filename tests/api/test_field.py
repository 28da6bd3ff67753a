"""The sync as a device sees it: each item once, others' lines refused, photos from where they stopped, conflicts kept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from boundary.field.inspections import subject_of
from boundary.inspection import find, of_round
from geo.store.engine import session
from tests.serving import Served
from tests.walked import STROKES
from tests.walking import PASSWORD, ROUND, Walk, picture, walk

AT = "2026-11-22T09:30:00+08:00"


class Phone:
    """A device that speaks the protocol without pages."""

    def __init__(self, url: str, account: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=240)
        assert (
            self.http.post("/v1/session", json={"account": account, "password": PASSWORD}).status_code == 201
        )
        self.http.headers["x-csrf-token"] = self.http.get("/v1/session").json()["csrf"]
        self.device, self.seq = str(uuid.uuid4()), 0
        assert (
            self.http.post("/field/devices", json={"id": self.device, "label": "测试机"}).status_code == 201
        )

    def item(self, marker: str, base: int, **content: Any) -> dict[str, Any]:
        self.seq += 1
        return {"client_id": str(uuid.uuid4()), "seq": self.seq, "subject": subject_of(ROUND, marker),
                "base_version": base, "content": content, "made_at": AT}  # fmt: skip

    def send(self, *items: dict[str, Any], **known: int) -> dict[str, Any]:
        answer = self.http.post("/field/sync", json={"device": self.device, "items": items, "known": known})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def outcomes(self, *items: dict[str, Any]) -> list[str]:
        return [one["outcome"] for one in self.send(*items)["answers"]]


@pytest.fixture(scope="module")
def walking(server: Served) -> Walk:
    return walk()


@pytest.fixture
def phone(server: Served, walking: Walk) -> Iterator[Callable[[str], Phone]]:
    """``phone("wu")`` is a registered device of an account."""
    with ExitStack() as opened:

        def made(account: str) -> Phone:
            found = Phone(server.url, account)
            opened.callback(found.http.close)
            return found

        yield made


@pytest.fixture
def chen(phone: Callable[[str], Phone]) -> Phone:
    return phone("chen")


@pytest.fixture
def lin(phone: Callable[[str], Phone]) -> Phone:
    return phone("lin")


def stored(marker: str) -> Any:
    with session() as db:
        return next((one for one in of_round(db, ROUND) if one.reading.marker == marker), None)


def test_an_item_sent_again_changes_nothing_and_a_later_one_may_come_first(chen: Phone) -> None:
    first = chen.item("SAMPLE-01", 0, state="倾斜", inspected_at=AT, note="先写的", action="已扶正")
    second = chen.item("SAMPLE-01", 0, note="后写的")
    assert chen.outcomes(second) == ["applied"]
    assert chen.outcomes(first) == ["applied"]
    assert chen.outcomes(first, second) == ["already", "already"]
    assert (stored("SAMPLE-01").reading.note, stored("SAMPLE-01").reading.state) == ("后写的", "倾斜")


def test_the_same_field_on_two_phones_waits_for_a_person_and_nothing_is_overwritten(
    chen: Phone, lin: Phone
) -> None:
    assert chen.outcomes(chen.item("SAMPLE-02", 0, state="完好", inspected_at=AT, note="黄岩")) == ["applied"]
    told = lin.send(lin.item("SAMPLE-02", 0, state="完好", inspected_at=AT, note="临海", cleaned=True))
    [answer] = told["answers"]
    assert (answer["outcome"], answer["fields"]) == (
        "conflict", {"state": "same", "inspected_at": "same", "note": "held", "cleaned": "written"},
    )  # fmt: skip
    record = next(one for one in told["records"] if one["subject"] == subject_of(ROUND, "SAMPLE-02"))
    assert (record["conflicts"], record["content"]["note"]) == (1, "黄岩")
    assert (stored("SAMPLE-02").reading.note, stored("SAMPLE-02").reading.cleaned) == ("黄岩", True)


def test_what_does_not_fit_is_refused_with_a_reason_and_the_rest_of_the_batch_goes_in(
    chen: Phone, lin: Phone
) -> None:
    answers = chen.send(
        chen.item("SAMPLE-03", 0, state="歪了", inspected_at=AT),
        chen.item("SAMPLE-03", 0, colour="红"),
        chen.item("SAMPLE-99", 0, note="没有这颗"),
        chen.item(
            "SAMPLE-03", 0, **{"sign.331024000000": {"signer": "吴", "strokes": STROKES, "signed_at": AT}}
        ),
        chen.item("SAMPLE-03", 0, state="完好", inspected_at=AT),
    )["answers"]
    assert [one["outcome"] for one in answers] == ["refused"] * 4 + ["applied"]
    assert (
        "界桩状态" in answers[0]["reason"]
        and "任务" in answers[2]["reason"]
        and "相邻" in answers[3]["reason"]
    )


def test_a_phone_of_another_county_sees_nothing_and_may_write_nothing(phone: Callable[[str], Phone]) -> None:
    hu = phone("hu")
    taken = hu.http.get("/field/take").json()
    assert (taken["tasks"], taken["lines"], taken["tiles"]) == ([], [], [])
    [answer] = hu.send(hu.item("SAMPLE-04", 0, state="完好", inspected_at=AT))["answers"]
    assert (answer["outcome"], stored("SAMPLE-04")) == ("refused", None)


def test_wu_of_the_tri_point_takes_the_tri_point_alone(phone: Callable[[str], Phone]) -> None:
    wu = phone("wu")
    assert [task["marker"]["code"] for task in wu.http.get("/field/take").json()["tasks"]] == ["SAMPLE-00"]


def test_signatures_are_carried_over_and_fall_with_the_words_they_stood_under(chen: Phone) -> None:
    sign = {f"sign.{side}": {"signer": "签字人", "strokes": STROKES, "signed_at": AT}
            for side in ("331003000000", "331082000000")}  # fmt: skip
    told = chen.send(chen.item("SAMPLE-05", 0, state="完好", inspected_at=AT, **sign))
    assert len(stored("SAMPLE-05").valid_signatures) == 2
    version = told["answers"][0]["version"]
    chen.send(chen.item("SAMPLE-05", version, note="签字以后补的"))
    assert (len(stored("SAMPLE-05").signatures), len(stored("SAMPLE-05").valid_signatures)) == (2, 0)


def test_a_photo_goes_on_from_where_it_stopped_and_a_damaged_one_begins_anew(chen: Phone) -> None:
    chen.send(chen.item("SAMPLE-06", 0, state="完好", inspected_at=AT))
    content = picture("a", 3)
    given = {"device": chen.device, "id": str(uuid.uuid4()), "subject": subject_of(ROUND, "SAMPLE-06"), "name": "正面.jpg",
             "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "face": "正面", "direction": 22.5,
             "taken_at": AT, "lon": 121.23, "lat": 28.71, "accuracy_m": 3}  # fmt: skip
    half = len(content) // 2
    assert chen.http.post("/field/photos", json=given).json() == {"received": 0, "done": False}
    assert put(chen, given, 0, content[:half]) == {"received": half, "done": False}
    assert put(chen, given, 0, content[:half]) == {"received": half, "done": False}
    assert chen.http.post("/field/photos", json=given).json()["received"] == half
    assert put(chen, given, half, bytes(len(content) - half)) == {"received": 0, "done": False}
    assert put(chen, given, 0, content) == {"received": len(content), "done": True}
    assert put(chen, given, 0, content) == {"received": len(content), "done": True}
    [photo] = stored("SAMPLE-06").photos
    assert (photo.face, photo.direction, photo.sha256) == ("正面", 22.5, given["sha256"])


def put(phone: Phone, given: dict[str, Any], offset: int, piece: bytes) -> Any:
    path = f"/field/photos/{given['id']}?device={phone.device}&offset={offset}"
    answer = phone.http.put(path, content=piece, headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_change_at_the_desk_past_the_sync_counts_as_the_offices(chen: Phone, lin: Phone) -> None:
    from boundary.inspection import Reading, record
    from geo.store.engine import act

    chen.send(chen.item("SAMPLE-07", 0, state="完好", inspected_at=AT, note="外业"))
    kept = stored("SAMPLE-07")
    with session() as db:
        act(db, actor="li", action="inspection.record")
        changed = Reading(
            **{**{n: getattr(kept.reading, n) for n in kept.reading.__slots__}, "note": "科室改的"}
        )
        record(db, changed, base_version=kept.version)
    [answer] = lin.send(lin.item("SAMPLE-07", 1, note="临海"))["answers"]
    assert answer["outcome"] == "conflict"
    with session() as db:
        assert find(db, kept.id).reading.note == "科室改的"


def test_a_device_that_was_shut_out_brings_nothing_more(chen: Phone) -> None:
    from boundary.field import devices

    with session() as db:
        devices.revoke(db, chen.device)
    answer = chen.http.post("/field/sync", json={"device": chen.device, "items": [], "known": {}})
    assert (answer.status_code, answer.json()["code"]) == (403, "field.device")


def test_a_write_without_the_logins_token_is_refused(chen: Phone) -> None:
    answer = chen.http.post("/field/sync", json={"device": chen.device}, headers={"x-csrf-token": ""})
    assert answer.status_code == 403


def test_nobody_unknown_gets_more_than_the_empty_frame(client: httpx.Client) -> None:
    assert client.get("/field").status_code == 200
    assert client.get("/field/take").status_code == 401
    worker = client.get("/field/sw.js")
    assert worker.headers["service-worker-allowed"] == "/field"
    manifest = client.get("/field/manifest.webmanifest").json()
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200


def test_who_wrote_a_record_takes_it_back_and_nobody_else_and_it_may_be_written_anew(
    chen: Phone, lin: Phone
) -> None:
    marker = "SAMPLE-00"
    written = chen.item(marker, 0, state="损坏", inspected_at=AT, note="写错了", action="无", cleaned=True)
    [first] = chen.send(written)["answers"]
    [others] = lin.send({**lin.item(marker, first["version"]), "act": "withdraw"})["answers"]
    assert (others["outcome"], "不能由您撤销" in others["reason"]) == ("refused", True)
    assert stored(marker) is not None
    told = chen.send({**chen.item(marker, first["version"]), "act": "withdraw"})
    [back] = told["answers"]
    [record] = [one for one in told["records"] if one["subject"] == subject_of(ROUND, marker)]
    assert (back["outcome"], record["withdrawn"], record["standing"]) == ("applied", True, [])
    assert stored(marker) is None
    anew = chen.item(
        marker, back["version"], state="完好", inspected_at=AT, note=None, action=None, cleaned=None
    )
    assert chen.outcomes(anew) == ["applied"]
    reading = stored(marker).reading
    assert (reading.state, reading.note, reading.action, reading.cleaned) == ("完好", "", "", False)
    change_at_the_desk(marker)
    [late] = chen.send({**chen.item(marker, 3), "act": "withdraw"})["answers"]
    assert (late["outcome"], stored(marker).reading.note) == ("conflict", "科室已核")


def change_at_the_desk(marker: str) -> None:
    from boundary.inspection import Reading, record
    from geo.store.engine import act

    kept = stored(marker)
    values = {name: getattr(kept.reading, name) for name in kept.reading.__slots__}
    with session() as db:
        act(db, actor="li", action="inspection.record")
        record(db, Reading(**{**values, "note": "科室已核"}), base_version=kept.version)
