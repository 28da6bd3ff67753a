"""Requests made up from the description of the interface: no answer 5xx, none outside the schema, whoever asks.

A case is one made-up request to one operation. The kinds of caller send them in turn: the public, a key of every scope, an
account of all roles of the office, an account of one role alone. In the long form every kind of caller sends every case.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from http.cookiejar import DefaultCookiePolicy
from itertools import count

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from api.security.accounts import add_account
from api.security.keys import add_key
from api.security.roles import APART, ROLES
from geo.store.cluster import Cluster
from geo.store.engine import act, session
from tests.databases import Clone
from tests.faults import kept
from tests.serving import Served, served

SOAK = bool(os.environ.get("DIMING_SOAK"))
CASES = int(os.environ.get("DIMING_FUZZ_CASES", 400 if SOAK else 100))
# Parts, so that the processes of a run share them.
PARTS = 1 if SOAK else 4
ALWAYS = ("public", "key", "office")
WAIT_S = 240
"""A machine that stands still for a while has not answered wrongly."""
PASSWORD = "四个不相干的词 mango"
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
Callers = dict[str, requests.Session]


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    with served(cluster, clone) as running:
        yield running


@pytest.fixture(scope="module")
def callers(server: Served) -> Iterator[Callers]:
    """Every kind of caller, with what it shows at each request."""
    with session() as db:
        act(db, actor="system", action="account.add")
        for name, roles in {
            "office": [r for r in ROLES if r not in APART],
            **{r: [r] for r in ROLES},
        }.items():
            add_account(db, f"fuzz-{name}", PASSWORD, roles)
        key = add_key(db, "模糊测试", ["read", "batch", "write", "feed", "plates"])
    shown = {name: _login(server.url, f"fuzz-{name}") for name in ("office", *ROLES)}
    shown |= {"public": {}, "key": {"x-api-key": key}}
    made: Callers = {}
    for name, headers in shown.items():
        made[name] = requests.Session()
        made[name].trust_env = False
        made[name].headers.update(headers)
        # What a made-up request is answered must not change who sends the next one.
        made[name].cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    yield made
    for one in made.values():
        one.close()


def _login(url: str, account: str) -> dict[str, str]:
    with requests.Session() as client:
        answer = client.post(
            f"{url}/v1/session", json={"account": account, "password": PASSWORD}, timeout=240
        )
        assert answer.status_code == 201, answer.text
        token = client.get(f"{url}/v1/session", timeout=240).json()["csrf"]
        return {"cookie": f"diming_session={client.cookies['diming_session']}", "x-csrf-token": token}


@pytest.mark.timeout(0 if SOAK else 600)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_made_up_request_breaks_the_server_or_gets_an_answer_outside_the_description(
    server: Served, callers: Callers, part: int
) -> None:
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json", timeout=WAIT_S)
    operations = [found.ok() for found in schema.get_all_operations()][part::PARTS]
    wrong, cases, requests_ = [], 0, 0
    for operation in operations:
        fuzzed = _Fuzzed(operation, callers)
        if said := _complaint(fuzzed.run):
            wrong.append(f"{said} as {fuzzed.caller}: {fuzzed.told}")
        cases, requests_ = cases + fuzzed.cases, requests_ + fuzzed.sent
    kept.keep("made-up requests", {
        "operations": len(operations), "cases_an_operation": CASES, "cases": cases, "kinds_of_caller": len(callers),
        "sent": requests_, "wrong": len(wrong),
    })  # fmt: skip
    assert not wrong, "\n\n".join(wrong)


class _Fuzzed:
    """Made-up cases of one operation, each sent by several callers."""

    def __init__(self, operation: schemathesis.schemas.APIOperation, callers: Callers) -> None:
        self.operation, self.cases, self.sent = operation, 0, 0
        self.caller = self.told = ""
        # Ending a login would make the rest of its requests the public's.
        ends = (operation.method.upper(), operation.path) == ("DELETE", "/v1/session")
        self._callers = {name: one for name, one in callers.items() if name in ("public", "key") or not ends}
        self._turn = count()

    def run(self) -> None:
        """Raises what the first wrong answer is complained of."""

        @given(case=self.operation.as_strategy())
        @hypothesis_settings(
            max_examples=CASES, deadline=None, database=None, phases=[Phase.generate], derandomize=not SOAK,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def one(case: schemathesis.Case) -> None:
            self.cases += 1
            for name in self._senders():
                self.caller = name
                self.sent += 1
                answer = case.call(session=self._callers[name], timeout=WAIT_S)
                self.told = f"{case.as_curl_command()} -> {answer.status_code} {answer.text[:300]}"
                case.validate_response(answer, checks=CHECKS)

        one()

    def _senders(self) -> list[str]:
        if SOAK:
            return list(self._callers)
        turn = next(self._turn)
        always = [name for name in ALWAYS if name in self._callers]
        single = [name for name in self._callers if name not in ALWAYS]
        # Every third or fourth case is one of a single role's, another one each time.
        place = turn % (len(always) + bool(single))
        return [always[place] if place < len(always) else single[turn // (len(always) + 1) % len(single)]]


def _complaint(run: Callable[[], None]) -> str:
    try:
        run()
    except BaseExceptionGroup as failures:
        return re.sub(r"\s+", " ", "; ".join(str(one) for one in failures.exceptions))[:1500]
    except Exception as failure:
        return re.sub(r"\s+", " ", f"{type(failure).__name__} {failure}")[:1500]
    return ""
