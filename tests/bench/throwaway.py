"""Throw-away environments for other products, outside the checkout: their packages never meet the project's own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PEERS = Path(__file__).parent / "peers"
PATIENCE_S = 600


class Cannot(Exception):  # noqa: N818 - a finding, no error of this program
    """A product cannot be run here; the text says why."""


@contextmanager
def environment(*packages: str) -> Iterator[Path]:
    """An environment holding the packages; gives the folder of its programs.

    Raises:
        Cannot: they do not install.
    """
    with tempfile.TemporaryDirectory(prefix="dm-peer-") as folder:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        install = [uv, "pip", "install", "-q", "--python", f"{folder}/bin/python", *packages]
        done = subprocess.run(install, capture_output=True, text=True, timeout=PATIENCE_S)
        if done.returncode:
            raise Cannot(f"does not install: {_last_line(done.stderr)}")
        yield Path(folder) / "bin"


def ran(programs: Path, script: str, *arguments: str, texts: list[str], env: Mapping[str, str]) -> Any:
    """What a script of ``peers`` writes for the texts.

    Raises:
        Cannot: it ended with an error or took too long.
    """
    out = programs.parent / "out.json"
    command = [str(programs / "python"), str(PEERS / script), str(out), *arguments]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(texts),
            env=dict(env),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        raise Cannot(f"took more than {PATIENCE_S} s") from None
    if done.returncode:
        raise Cannot(f"ends with an error: {_last_line(done.stderr)}")
    return json.loads(out.read_text(encoding="utf-8"))


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else "no message"
