"""The compose file without an engine: its keys, its names among each other, and that what it starts is there."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from uvicorn.main import main as uvicorn_command

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "compose"
FILE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
DURATION = {"type": "string", "pattern": r"^(\d+(ms|s|m|h))+$"}
WORDS = {"type": "array", "items": {"type": "string"}}
#: The forms that this file uses, as an engine reads them; a key that is written wrongly is none of these.
SERVICE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["image", "restart"],
    "properties": {
        "image": {"type": "string", "pattern": r"^[a-z0-9./-]+:(\$\{[A-Z_]+:-[\w.-]+\}|[\w.-]+)$"},
        "build": {
            "type": "object",
            "additionalProperties": False,
            "required": ["context", "dockerfile"],
            "properties": {"context": {"type": "string"}, "dockerfile": {"type": "string"}},
        },
        "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
        "read_only": {"type": "boolean"},
        "tmpfs": WORDS,
        "cap_drop": WORDS,
        "security_opt": WORDS,
        "environment": {"type": "object", "additionalProperties": {"type": "string"}},
        "volumes": {"type": "array", "items": {"type": "string", "pattern": r"^[^:]+(:-[^:}]+\})?:/[^:]+(:ro)?$"}},
        "ports": {"type": "array", "items": {"type": "string", "pattern": r"^\d{1,5}:\d{1,5}$"}},
        "entrypoint": WORDS,
        "command": WORDS,
        "stop_grace_period": DURATION,
        "depends_on": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["condition"],
                "properties": {
                    "condition": {"enum": ["service_started", "service_healthy", "service_completed_successfully"]}
                },
            },
        },
        "healthcheck": {
            "type": "object",
            "additionalProperties": False,
            "required": ["test"],
            "properties": {
                "test": {"type": "array", "prefixItems": [{"enum": ["CMD", "CMD-SHELL"]}], "minItems": 2},
                "interval": DURATION,
                "timeout": DURATION,
                "start_period": DURATION,
                "retries": {"type": "integer"},
            },
        },
    },
}  # fmt: skip


def test_the_file_has_the_parts_and_keys_that_an_engine_knows() -> None:
    assert set(FILE) == {"name", "x-program", "services", "volumes"}
    assert set(SERVICES) == {"db", "migrate", "web", "worker", "proxy"}
    for name, service in SERVICES.items():
        jsonschema.validate(service, SERVICE)
        assert name not in service.get("depends_on", {})


def test_whatever_one_part_waits_for_is_a_part_that_says_when_it_is_ready() -> None:
    for name, service in SERVICES.items():
        for other, waits in service.get("depends_on", {}).items():
            assert other in SERVICES, (name, other)
            if waits["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other], (name, other)
            if waits["condition"] == "service_completed_successfully":
                assert SERVICES[other]["restart"] == "no", (name, other)


def test_volumes_are_declared_and_what_is_mounted_from_here_is_there() -> None:
    for service in SERVICES.values():
        for mount in service.get("volumes", ()):
            source = re.sub(r"^\$\{[A-Z_]+:-(.+?)\}", r"\1", mount).split(":")[0]
            if source == "./certificates":  # the office's own
                continue
            assert (FOLDER / source).exists() if source.startswith(".") else source in FILE["volumes"], mount
    assert {one.split(":")[0] for s in SERVICES.values() for one in s.get("volumes", ())} >= set(
        FILE["volumes"]
    )


def test_the_commands_start_what_the_program_has() -> None:
    from api.cli import app

    web = SERVICES["web"]
    assert web["entrypoint"] == ["python", "-m", "uvicorn"]
    context = uvicorn_command.make_context("uvicorn", list(web["command"]))
    module, _, factory = context.params["app"].partition(":")
    assert context.params["factory"] and callable(getattr(__import__(module, fromlist=[factory]), factory))
    assert SERVICES["worker"]["entrypoint"][:2] == ["python", "-m"] and find_spec(
        SERVICES["worker"]["entrypoint"][2]
    )
    commands = {c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands}
    assert SERVICES["migrate"]["command"][0] in commands


@pytest.mark.parametrize("name", [name for name, one in SERVICES.items() if "healthcheck" in one])
def test_a_health_check_runs_a_program_of_its_image(name: str) -> None:
    kind, program, *arguments = SERVICES[name]["healthcheck"]["test"]
    assert kind == "CMD"
    assert program in ({"pg_isready"} if "postgis" in SERVICES[name]["image"] else {"python"})
    if program == "python":
        assert arguments[0] == "-c" and ast.parse(arguments[1])
        [port] = re.findall(r"127\.0\.0\.1:(\d+)/readyz", arguments[1])
        assert port == SERVICES[name]["command"][SERVICES[name]["command"].index("--port") + 1]


def test_only_the_proxy_is_reached_from_outside_and_the_program_may_write_its_data_alone() -> None:
    assert [name for name, one in SERVICES.items() if one.get("ports")] == ["proxy"]
    proxied = (FOLDER / "proxy.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"server (\w+):8000;", proxied)) == {"web"}
    for name in ("migrate", "web", "worker"):
        assert SERVICES[name]["read_only"] and SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["volumes"] == ["data:/var/lib/diming"]
        assert SERVICES[name]["environment"]["DIMING_HOME"] == "/var/lib/diming"


def test_every_secret_must_be_given_and_none_stands_in_the_file() -> None:
    text = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
    for name in ("DIMING_APP_PASSWORD", "DIMING_OWNER_PASSWORD", "DIMING_PUBLIC_URL"):
        assert set(re.findall(rf"\$\{{{name}([^}}]*)\}}", text)) == {":?"}
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value.startswith("${"), name


def test_the_image_is_built_from_files_that_are_there_and_its_script_can_be_read() -> None:
    assert (FOLDER / SERVICES["web"]["build"]["context"]).resolve() == ROOT
    assert (ROOT / SERVICES["web"]["build"]["dockerfile"]).is_file()
    for line in (FOLDER / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY"):
            assert all((ROOT / source).exists() for source in line.split()[1:-1]), line
    done = subprocess.run(
        ["sh", "-n", str(FOLDER / "app-role.sh")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
