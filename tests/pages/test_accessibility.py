"""axe finds nothing to mend on the public pages."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from geo.settings import ROOT
from tests.pages.conftest import DESK, PHONE, OpenPage
from tests.serving import Served

AXE = ROOT / "api" / "static" / "vendor" / "axe.min.js"


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize(
    "path",
    ["/", "/?q=永宁大道1号", "/?q=永宁大道9876号", "/?q=不存在的火星基地", "/?q=yongning", "/a/{code}", "/about", "/docs",
     "/report?address=永宁大道1号", "/login", "/desk/repairs", "/no-such-page"],
)  # fmt: skip
def test_axe_finds_nothing(visit: OpenPage, server: Served, path: str, size: tuple[int, int]):
    # The page's own policy forbids scripts from elsewhere; the tester's may come in.
    page = visit(path.format(code=_registered(server)), size=size, bypass_csp=True)
    page.add_script_tag(content=Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    told = [f"{v['id']}: {n['html'][:120]}" for v in found["violations"] for n in v["nodes"]]
    assert told == []


def _registered(server: Served) -> str:
    rows = httpx.get(f"{server.url}/v1/addresses", params={"limit": 1}, timeout=60).json()["features"]
    return str(rows[0]["properties"]["code"])
