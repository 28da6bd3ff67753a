"""tipg as it comes, one worker, on the published views of the database that the environment names."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from tests.bench.frame import ROOT
from tests.bench.serving import Server, free_port, wait_for

_ADDRESS = """
from urllib.parse import quote
from geo.store.urls import app_url
u = app_url()
host = quote(u.host or u.query.get("host"), safe="")
print(f"postgresql://{u.username}{':' + quote(u.password) if u.password else ''}@{host}:{u.port or 5432}/{u.database}")
"""


@contextmanager
def tipg(env: dict[str, str]) -> Iterator[Server]:
    """``uvicorn tipg.main:app`` with the schema ``published`` and nothing else set."""
    address = subprocess.run(
        [sys.executable, "-c", _ADDRESS], env=env, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    own = {
        **env, "DATABASE_URL": address, "TIPG_DB_SCHEMAS": '["published"]', "TIPG_DB_FUNCTIONS": "[]",
        "TIPG_DB_EXCLUDE_FUNCTION_SCHEMAS": '["published", "public"]', "TIPG_FALLBACK_KEY_NAMES": '["code", "id"]',
    }  # fmt: skip
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "tipg.main:app",
        "--port",
        str(port),
        "--log-level",
        "warning",
    ]
    process = subprocess.Popen(
        command, env=own, cwd=os.path.sep, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, "/healthz", process)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def tile_path(view: str, z: int, x: int, y: int) -> str:
    """The address of one tile of a published view."""
    return f"/collections/{quote('published.' + view)}/tiles/WebMercatorQuad/{z}/{x}/{y}"
