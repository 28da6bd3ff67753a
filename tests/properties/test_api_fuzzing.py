"""Requests made up from the description of the interface: no answer 5xx, none outside the schema, for each kind of caller."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from api.app import create_app
from api.security.accounts import add_account
from api.security.keys import add_key
from geo.settings import settings
from geo.store.cluster import Cluster
from geo.store.engine import act, session
from tests.faults import kept
from tests.serving import Clone, Served, served

CASES = int(os.environ.get("DIMING_FUZZ_CASES", 400 if os.environ.get("DIMING_SOAK") else 3))
CALLERS = ("public", "officer", "key")
PASSWORD = "四个不相干的词 mango"
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]


@pytest.fixture(scope="module")
def server(cluster: Cluster, clone: Clone) -> Iterator[Served]:
    with served(cluster, clone) as running:
        assert settings().database_url
        with session() as db:
            act(db, actor="system", action="account.add")
            add_account(db, "fuzz", PASSWORD, ["officer", "reviewer", "counter"])
        yield running


def headers_of(caller: str, url: str) -> dict[str, str]:
    """What a caller of this kind shows with each request."""
    if caller == "officer":
        with httpx.Client(base_url=url, timeout=60) as client:
            client.post("/v1/session", json={"account": "fuzz", "password": PASSWORD})
            token = client.get("/v1/session").json()["csrf"]
            return {"cookie": f"diming_session={client.cookies['diming_session']}", "x-csrf-token": token}
    if caller == "key":
        with session() as db:
            act(db, actor="system", action="key.add")
            return {"x-api-key": add_key(db, "模糊测试", ["read", "batch", "write", "feed", "plates"])}
    return {}


def operations() -> list[tuple[str, str]]:
    """Methods and paths of the description, for the names of the tests."""
    paths = create_app().openapi()["paths"]
    return [(method.upper(), path) for path, found in sorted(paths.items()) for method in sorted(found)]


@pytest.mark.parametrize("caller", CALLERS)
def test_no_made_up_request_breaks_the_server_or_gets_an_answer_outside_the_description(
    server: Served, caller: str
) -> None:
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    headers, wrong, cases = headers_of(caller, server.url), [], 0
    for found in schema.get_all_operations():
        operation = found.ok()
        # Ending the login would make the rest of the officer's requests the public's.
        if (operation.method.upper(), operation.path) == ("DELETE", "/v1/session"):
            continue
        said = _fuzz(operation, headers)
        cases += CASES
        if said:
            wrong.append(f"{operation.method.upper()} {operation.path}: {said}")
    kept.keep(
        "fuzzing", {"caller": caller, "operations": len(operations()), "cases": cases, "wrong": len(wrong)}
    )
    assert not wrong, "\n\n".join(wrong)


def _fuzz(operation: schemathesis.schemas.APIOperation, headers: dict[str, str]) -> str:
    """Send made-up requests to one operation; gives the first complaint, or ``""``."""

    @given(case=operation.as_strategy())
    @hypothesis_settings(
        max_examples=CASES, deadline=None, database=None, phases=[Phase.generate], derandomize=not os.environ.get("DIMING_SOAK"),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def one(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    return _complaint(one)


def _complaint(run: Callable[[], None]) -> str:
    try:
        run()
    except BaseExceptionGroup as failures:
        return re.sub(r"\s+", " ", "; ".join(str(one) for one in failures.exceptions))[:1500]
    except Exception as failure:
        return re.sub(r"\s+", " ", f"{type(failure).__name__} {failure}")[:1500]
    return ""
