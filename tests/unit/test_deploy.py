"""The files that run the program, read by the tools they are for: `./run test tests/unit/test_deploy.py -rs` names what was skipped."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = ("diming.service", "diming-worker@1.service", "diming-backup.service", "diming-backup.timer")


def tool(name: str) -> str:
    """The tool's path, or the test is skipped by its name."""
    found = shutil.which(name) or shutil.which(
        name, path=f"{os.environ.get('DIMING_TOOLS', '')}:/usr/sbin:/sbin"
    )
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    for file in (DEPLOY / "systemd").glob("*.*"):
        # The program is not installed where the units expect it: any program that is there will do for reading them.
        text = file.read_text(encoding="utf-8").replace("/opt/diming/.venv/bin/python", sys.executable)
        (tmp_path / file.name).write_text(text.replace("/opt/diming", "/tmp"), encoding="utf-8")
    (tmp_path / "diming-worker@1.service").write_text((tmp_path / "diming-worker@.service").read_text())
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / unit) for unit in UNITS)], capture_output=True, text=True, check=False,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "diming" in line]
    assert ours == [], done.stderr


def test_compose_takes_the_file() -> None:
    docker = tool("docker")
    if subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not on this machine")
    given = {
        "DIMING_OWNER_PASSWORD": "a",
        "DIMING_APP_PASSWORD": "b",
        "DIMING_PUBLIC_URL": "https://diming.example.gov.cn",
    }
    done = subprocess.run(
        [docker, "compose", "-f", str(DEPLOY / "compose" / "compose.yaml"), "config", "--format", "json"],
        capture_output=True, text=True, check=False, env={**os.environ, **given},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["services"]) == {"db", "migrate", "web", "worker", "proxy"}


@pytest.mark.parametrize("name", ["nginx/diming.conf", "compose/proxy.conf"])
def test_nginx_takes_the_proxy(name: str, tmp_path: Path) -> None:
    nginx, openssl = tool("nginx"), tool("openssl")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x", "-keyout",
         str(tmp_path / "key.pem"), "-out", str(tmp_path / "fullchain.pem")], capture_output=True, check=True,
    )  # fmt: skip
    site = (DEPLOY / name).read_text(encoding="utf-8").replace("/etc/ssl/diming", str(tmp_path))
    # A name that only the containers' network knows, and a log that only root may write.
    site = re.sub(r"/var/log/nginx", str(tmp_path), site.replace("web:8000", "127.0.0.1:8000"))
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{ access_log off; include {tmp_path}/site.conf;\n"
        + "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + "}\n"
    )
    done = subprocess.run(
        [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
