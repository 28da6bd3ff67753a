"""Telephone and identity numbers that people write into addresses: after the answer nothing of them is left.

The server runs by the command of the compose file, with the logs that it has there; the worker beside it. Afterwards every log,
every table and every file of the data folder is searched.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import yaml
from sqlalchemy import text

from api.security.accounts import add_account
from api.security.keys import add_key
from geo.settings import ROOT, settings
from geo.store.cluster import Cluster
from geo.store.engine import act, owner_engine, session
from tests.databases import Clone
from tests.ports import free_port
from tests.small_register import CITY, WEST, build
from tests.waiting import until

PHONE, IDENTITY = "13917263548", "331003198807066543"
WRITTEN = f"黄岩区横街路118号 {PHONE} {IDENTITY}"
PASSWORD = "四个不相干的词 mango"
#: Where an address, a name or a word may be asked for: the path and what it calls it.
ASKED = (
    ("/v1/geocode", "q"), ("/v1/suggest", "q"), ("/v1/parse", "q"), ("/v1/places", "q"), ("/v1/roads", "q"),
    ("/v1/addresses", "q"), ("/v1/facilities", "q"), ("/v1/divisions", "q"), ("/v1/naming/check", "name"), ("/", "q"),
    ("/a/" + PHONE, "q"), ("/dialects/ban/search/", "q"), ("/dialects/photon/api", "q"), ("/dialects/nominatim/search", "q"),
    ("/dialects/amap/v3/geocode/geo", "address"), ("/dialects/tianditu/geocoder", "ds"), ("/ogc/collections/addresses/items", "name"),
    ("/v1/reverse", "lon"), ("/v1/nowhere/" + PHONE, "q"), ("/meals", "q"), ("/cemeteries", "q"), ("/login", "next"),
)  # fmt: skip
DESK = ("/desk/search", "/desk/naming", "/desk/numbers", "/desk/plates", "/desk/reports", "/desk/places")


@dataclass(frozen=True)
class Running:
    """A server and a worker as processes, and where what they say goes."""

    url: str
    key: str
    logs: tuple[Path, ...]


@pytest.fixture
def running(cluster: Cluster, clone: Clone, tmp_path: Path) -> Iterator[Running]:
    with clone():
        settings().index_path.parent.mkdir(parents=True)
        build(settings().index_path)
        with session() as db:
            act(db, actor="system", action="set-up")
            for code, name, level, parent in ((CITY, "台州市", 2, None), (WEST, "黄岩区", 3, CITY)):
                db.execute(text("INSERT INTO register.division (code, name, level, parent) VALUES (:c, :n, :l, :p)"),
                           {"c": code, "n": name, "l": level, "p": parent})  # fmt: skip
            add_account(db, "zhang", PASSWORD, ["officer", "reviewer"])
            key = add_key(db, "批量", ["read", "batch"])
        port = free_port()
        logs = (tmp_path / "web.log", tmp_path / "worker.log")
        commands = (web_command(port), [sys.executable, "-m", "api.worker", str(os.getpid())])
        with contextlib.ExitStack() as ends:
            for log, command in zip(logs, commands, strict=True):
                file = ends.enter_context(log.open("wb"))
                process = subprocess.Popen(
                    command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=file
                )
                ends.callback(process.wait)
                ends.callback(process.terminate)
            made = Running(f"http://127.0.0.1:{port}", key, (*logs, cluster.log))
            wait_until_it_answers(made.url)
            yield made


def web_command(port: int) -> list[str]:
    """What the compose file starts, with one process on this port."""
    service = yaml.safe_load((ROOT / "deploy" / "compose" / "compose.yaml").read_text(encoding="utf-8"))[
        "services"
    ]["web"]
    given = list(service["command"])
    for name, value in (("--host", "127.0.0.1"), ("--port", str(port)), ("--workers", "1")):
        given[given.index(name) + 1] = value
    return [sys.executable, *service["entrypoint"][1:], *given]


def wait_until_it_answers(url: str) -> None:
    ended = time.monotonic() + 300
    while True:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/readyz", timeout=60).status_code == 200:
                return
        assert time.monotonic() < ended, "the server does not answer"
        time.sleep(0.1)


@pytest.mark.timeout(900)
def test_numbers_of_persons_in_what_people_ask_are_in_no_log_no_table_and_no_file(running: Running) -> None:
    # A connection for each request: the server closes one that is idle, and may do so in the moment of the next request.
    with httpx.Client(
        base_url=running.url, timeout=240, limits=httpx.Limits(max_keepalive_connections=0)
    ) as client:
        told = {path: client.get(path, params={name: WRITTEN}).status_code for path, name in ASKED}
        assert told["/v1/geocode"] == told["/v1/parse"] == told["/dialects/nominatim/search"] == 200
        assert [path for path, status in told.items() if status >= 500] == []
        client.post("/v1/naming/check", json={"name": WRITTEN, "category": "E", "division": WEST})
        batch = ask_by_batch(client, running.key)
        assert client.post("/v1/session", json={"account": "zhang", "password": PASSWORD}).status_code == 201
        assert [p for p in DESK if client.get(p, params={"q": WRITTEN}).status_code >= 500] == []
        # The answer waits for whoever asked: there, and nowhere else, until it is fetched and taken away or its time is over.
        assert tables_with_numbers() == ["jobs.batch_chunk"]
        assert client.delete(batch, headers={"x-api-key": running.key}).status_code in (200, 204)
    assert tables_with_numbers() == []
    for log in running.logs:
        assert found_in(log.read_bytes()) == [], log.name
    assert b"/v1/geocode" in running.logs[0].read_bytes(), "requests are logged, without what they ask"
    kept = [path for path in settings().home.rglob("*") if path.is_file() and found_in(path.read_bytes())]
    assert kept == []


def ask_by_batch(client: httpx.Client, key: str) -> str:
    """A batch with the numbers in it, done; gives its address."""
    headers = {"x-api-key": key, "content-type": "text/csv"}
    answer = client.post("/v1/geocode/batch", content=f"编号,地址\n1,{WRITTEN}\n".encode(), headers=headers)
    assert answer.status_code == 202, answer.text
    place = answer.headers["location"]
    until(lambda: client.get(place, headers={"x-api-key": key}).json()["state"] == "done")
    assert PHONE in client.get(f"{place}/result", headers={"x-api-key": key}).text
    return place


def found_in(content: bytes) -> list[str]:
    return [number for number in (PHONE, IDENTITY) if number.encode() in content]


def tables_with_numbers() -> list[str]:
    """Every table of the database that holds one of the numbers in any column."""
    with owner_engine().connect() as db:
        tables = db.scalars(text(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1")).all()  # fmt: skip
        return [
            table for table in tables
            # Given beside the statement: a slow one is logged.
            if db.scalar(
                text(f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text ~ :numbers)"),
                {"numbers": f"{PHONE}|{IDENTITY}"},
            )
        ]  # fmt: skip
