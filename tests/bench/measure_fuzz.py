"""A million strings that nobody would write, and many that somebody might: none may raise, none may take long."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from gazetteer.address.answering.engine import Geocoder
from gazetteer.sample import division_rows, door_rows, draw
from gazetteer.sample.envelope import written
from gazetteer.sample.messy import perturb
from geo.collector import leave_alone
from tests.bench.alone import alone, quantile
from tests.bench.frame import Context, Row, measurement
from tests.bench.registers import made

DOORS, LONGEST_MS = 20_000, 50.0
_PIECES = (
    "浙江省", "台州市", "黄岩区", "南城街道", "横街路", "人民路", "振兴路", "梅开苑", "118", "号", "弄", "400", "一百一十八", "幢", "单元",
    "室", "-", "－", "之", "附", "近", "(", ")", " ", "，", "路", "街", "1", "甲", "a", "楼上", "\x00", "🙂", "號", "１", "零", "万",
    "号楼", "与", "交叉口", "东侧", "200米", "13800138000", "Road", "lu", "No.", "、", "/", "同上", "\u202e", "\ufeff", "𠀀", "É",
)  # fmt: skip
_RANGES = (
    (0x20, 0x7F),
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0xFF00, 0xFFEF),
    (0x0, 0x2FFF),
    (0x20000, 0x2A6DF),
    (0xD800, 0xDFFF),
)


def strings(count: int, seed: int) -> Iterator[str]:
    """Random characters, piled-up pieces, and real-looking addresses with characters struck, doubled and strewn in."""
    rng = random.Random(seed)
    district = draw(2_000, seed)
    known = [
        text for text, _, _ in perturb(list(written(door_rows(district), division_rows(district))), seed)
    ]
    for turn in range(count):
        if turn % 4 == 0:
            yield _noise(rng, rng.randrange(120))
        elif turn % 4 == 1:
            yield "".join(rng.choices(_PIECES, k=rng.randrange(1, 40)))
        else:
            yield _bent(rng, rng.choice(known))


def _noise(rng: random.Random, length: int) -> str:
    return "".join(chr(rng.randrange(*rng.choice(_RANGES))) for _ in range(length))


def _bent(rng: random.Random, text: str) -> str:
    for _ in range(rng.randrange(1, 6)):
        at, way = rng.randrange(len(text) + 1), rng.randrange(5)
        if way == 0:
            text = text[:at] + text[at + 1 :]
        elif way == 1:
            text = text[:at] + text[at : at + 4] * 3 + text[at:]
        elif way == 2:
            text = text[:at] + _noise(rng, 3) + text[at:]
        elif way == 3:
            text = text[at:] + text[:at]
        else:
            text = text[:at] + rng.choice(_PIECES) + text[at:]
    return text


def fuzzed(count: int, seed: int = 1) -> dict[str, float | str]:
    """Geocode every string; processor milliseconds of this thread, and what raised."""
    with tempfile.TemporaryDirectory(prefix="dm-bench-") as folder:
        made(DOORS, Path(folder), 100)
        engine = Geocoder.open(Path(folder) / "register.index")
        for text in strings(300, seed + 1):
            engine.geocode(text)
        leave_alone()  # as a serving worker does once it is warm
        times, raised, worst = [], 0, ""
        for text in islice(strings(count, seed), count):
            began = time.thread_time()
            try:
                engine.geocode(text)
            except Exception:
                raised += 1
                worst = worst or f"raised: {text[:60]!r}"
            times.append((time.thread_time() - began) * 1000)
    return {"raised": raised, "max_ms": max(times), "p999_ms": quantile(times, 0.999),
            "over": sum(t > LONGEST_MS for t in times), "first": worst}  # fmt: skip


@measurement("fuzz", "Strings made to break the address engine")
def fuzz(context: Context) -> list[Row]:
    """A million, or a hundred thousand in a quick run."""
    count = 100_000 if context.quick else 1_000_000
    found = alone(fuzzed, count)
    return [
        Row("strings", f"{count:,}"),
        Row("exceptions", f"{found['raised']} {found['first']}".strip(), "0"),
        Row(f"over {LONGEST_MS:.0f} ms of processor time", str(found["over"]), "0"),
        Row(
            "the longest; one in a thousand takes longer than",
            f"{found['max_ms']:.1f} ms; {found['p999_ms']:.1f} ms",
        ),
    ]
