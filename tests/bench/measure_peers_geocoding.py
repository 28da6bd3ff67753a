"""Geocoding beside addok with Redis: the same register, the same texts, one run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.alone import alone
from tests.bench.engine_timing import share
from tests.bench.frame import Context, Row, measurement
from tests.bench.measure_synthetic import NEAR_M, answered
from tests.bench.processor import resident_mb, used_s
from tests.bench.synthetic import SETS, Question, metres, questions, roads
from tests.bench.throwaway import PEERS, Cannot, environment, ran

ADDOK = ("addok==1.3.2", "setuptools<81")
HEADS = ("what", "ours", "addok + Redis", "ours / addok")


@measurement("peers_geocoding", "Geocoding beside addok 1.3.2 with Redis", needs_shared=True, heads=HEADS)
def peers_geocoding(context: Context) -> list[Row]:
    """100,000 doors; addok gets pairs of Chinese characters as tokens, for it cuts at spaces only."""
    assert context.shared is not None
    folder = context.shared / "data/synthetic"
    asked = {name: questions(folder, name) for name in SETS}
    try:
        peer = _addok(folder, asked)
    except Cannot as why:
        return [Row("addok", "", str(why), ("",))]
    ours = {name: alone(answered, folder, name) for name in SETS}
    return [row for name in SETS for row in _set_rows(name, ours[name], _judged(asked[name], peer["sets"][name]))] + [
        Row("import and index of the 100,000 doors, s", f"{ours[SETS[0]]['index_s']:.1f}", f"{peer['import_s']:.1f}",
            (f"{ours[SETS[0]]['index_s'] / peer['import_s']:.2f}",)),
        Row("memory of the store, MB", f"{ours[SETS[0]]['index_mb']:.1f} (file)", f"{peer['redis_mb']:.0f} (Redis)",
            (f"{ours[SETS[0]]['index_mb'] / peer['redis_mb']:.2f}",)),
    ]  # fmt: skip


def _addok(folder: Path, asked: dict[str, list[Question]]) -> dict[str, Any]:
    with environment(*ADDOK) as programs, redis(programs.parent) as (socket, pid):
        settings = {"ADDOK_CONFIG_MODULE": str(PEERS / "addok_settings.py"), "REDIS_SOCKET": str(socket)}
        env = {**os.environ, **settings, "PYTHONPATH": str(PEERS)}
        documents = programs.parent / "roads.ndjson"
        documents.write_text("\n".join(json.dumps(d) for d in _documents(folder)), encoding="utf-8")
        began = time.perf_counter()
        command = [str(programs / "addok"), "batch", str(documents)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Cannot(f"`addok batch` fails: {done.stderr.strip()[-200:]}")
        took, found = time.perf_counter() - began, {}
        for name, given in asked.items():
            before = used_s(pid)
            found[name] = ran(programs, "addok_run.py", texts=[q.text for q in given], env=env)
            found[name]["redis_s"] = used_s(pid) - before
        return {"sets": found, "import_s": took, "redis_mb": resident_mb(pid)}


def _documents(folder: Path) -> Iterator[dict[str, Any]]:
    """A road a document, its doors inside, as addok wants them."""
    for road in roads(folder):
        yield {
            "_id": road.code, "id": road.code, "type": "street", "name": road.name, "city": road.town,
            "context": "黄岩区, 台州市, 浙江省", "lon": road.lon, "lat": road.lat, "importance": 0.1,
            "housenumbers": {str(n): {"lon": lon, "lat": lat} for n, (lon, lat) in road.doors.items()},
        }  # fmt: skip


@contextmanager
def redis(folder: Path) -> Iterator[tuple[Path, int]]:
    """A Redis of its own, in memory alone, on a socket in the folder; gives the socket and the process."""
    program = shutil.which("redis-server")
    if program is None:
        raise Cannot("needs Redis, which is not installed on this machine (redis-server)")
    socket = folder / "redis.sock"
    options = [
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while not socket.exists():
            if time.monotonic() > until:
                raise Cannot("Redis did not start")
            time.sleep(0.05)
        yield socket, process.pid
    finally:
        process.terminate()
        process.wait()


def _judged(asked: list[Question], given: dict[str, Any]) -> dict[str, Any]:
    pairs = list(zip(asked, given["answers"], strict=True))
    listed = [(q, a) for q, a in pairs if q.point]
    return {
        "hit": share(_right(q, a) for q, a in listed) if listed else None,
        "invented": sum(bool(a) and a.get("type") == "housenumber" for q, a in pairs if not q.point),
        "unlisted": len(pairs) - len(listed),
        "raised": sum(bool(a) and "raised" in a for _, a in pairs),
        "per_s": len(pairs) / (sum(own for _, own in given["times"]) + given["redis_s"]),
    }


def _right(asked: Question, answer: dict[str, Any] | None) -> bool:
    if not answer or answer.get("type") != "housenumber" or asked.point is None:
        return False
    return metres((answer["lon"], answer["lat"]), asked.point) <= NEAR_M


def _set_rows(name: str, ours: dict[str, Any], peer: dict[str, Any]) -> list[Row]:
    speed = ours["times"]["per_s"]
    rows = [
        Row(f"**{name}**, {ours['count']:,} texts", "", "", ("",)),
        Row("texts a second of processor time, Redis included", f"{speed:,.0f}", f"{peer['per_s']:,.0f}",
            (f"{speed / peer['per_s']:.1f}",)),
    ]  # fmt: skip
    if ours["hit"] is not None:
        ratio = f"{ours['hit'] / peer['hit']:.2f}" if peer["hit"] else "-"
        rows.append(Row("the right door within 2 m", f"{ours['hit']:.2%}", f"{peer['hit']:.2%}", (ratio,)))
    if peer["unlisted"]:
        rows.append(
            Row("doors given where there is none", str(ours["invented"]), str(peer["invented"]), ("",))
        )
    return [*rows, Row("texts on which it raised", "0", str(peer["raised"]), ("",))]
