"""Accuracy on real addresses: geocoding, parsing, and a run over unlabelled ones. The product is driven by its command line."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.frame import Context, Row, diming, measurement, private_home

KINDS = ("chinese_numeral", "traditional", "reversed", "combined", "name_only")
KIND_GOAL = {"name_only": ">= 90 %"}


def score(context: Context, scorer: str, truth: Path, answers: Path) -> dict[str, Any]:
    """What a scorer of the measuring data says of answers."""
    assert context.shared is not None
    command = [sys.executable, str(context.shared / "eval" / scorer), str(truth), str(answers), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def share(value: float | None) -> str:
    """A share as it is written in the tables."""
    return "-" if value is None else f"{value:.2%}"


@measurement(
    "geocoding", "Geocoding messy addresses against a register of 10,255 real doors", needs_shared=True
)
def geocoding(context: Context) -> list[Row]:
    """Import the reference, build the index, geocode the queries, score: all through the command line."""
    assert context.shared is not None
    data = context.shared / "data" / "geocoding"
    with private_home() as env, tempfile.TemporaryDirectory() as out:
        diming(env, "up")
        diming(env, "migrate")
        loaded = diming(
            env,
            "import",
            "addresses",
            str(data / "reference_addresses.csv"),
            "--datum",
            "wgs84",
            "--source",
            "bench",
        )
        diming(env, "index", "build")
        answers = Path(out) / "answers.csv"
        took = diming(env, "geocode", str(data / "queries.csv"), "-o", str(answers))
        found = score(context, "geocode_eval.py", data / "truth.csv", answers)
    every = found["ALL"]
    rows = [
        Row("hit, all kinds", share(every["hit"]), ">= 97 %"),
        Row("auto, of listed doors", share(every["auto_listed"]), ">= 90 %"),
        Row("auto that are wrong", share(every["auto_wrong"]), "<= 0.2 %"),
        Row("auto for doors that cannot exist", share(found["impossible_door"]["auto"]), "0"),
        Row("auto for doors not in the register", share(found["unlisted_door"]["auto"]), "0"),
    ]
    rows += [Row(f"hit, {kind}", share(found[kind]["hit"]), KIND_GOAL.get(kind, ">= 95 %")) for kind in KINDS]
    rows += [
        Row(f"hit, {kind}", share(one["hit"]))
        for kind, one in found.items()
        if kind not in (*KINDS, "ALL") and one["hit"] is not None
    ]
    rows.append(Row("import of 10,255 free-text addresses", f"{loaded:.1f} s"))
    rows.append(Row("14,893 queries by `diming geocode`, start included", f"{took:.1f} s"))
    return rows


@measurement("parsing", "Parsing into elements, no labelled data used", needs_shared=True)
def parsing(context: Context) -> list[Row]:
    """Parse every labelled address and score the spans."""
    assert context.shared is not None
    labelled = context.shared / "data" / "parsing" / "addresses_labelled.jsonl"
    with private_home() as env, tempfile.TemporaryDirectory() as out:
        parsed = Path(out) / "parsed.jsonl"
        texts = Path(out) / "texts.csv"
        _write_texts(labelled, texts)
        took = diming(env, "parse", str(texts), "-o", str(parsed))
        found = score(context, "parse_eval.py", labelled, parsed)
    rows = [
        Row("F1 over core elements", share(found["f1"]), ">= 85 %"),
        Row("precision / recall", f"{share(found['precision'])} / {share(found['recall'])}"),
        Row("exact (all core elements agree)", share(found["exact"])),
        Row(f"{found['addresses']:,} addresses by `diming parse`, start included", f"{took:.1f} s"),
    ]
    rows += [Row(f"F1, {kind}", share(one["f1"])) for kind, one in found["per_type"].items()]
    return rows


def _write_texts(labelled: Path, texts: Path) -> None:
    import csv

    with labelled.open(encoding="utf-8") as source, texts.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["address"])
        writer.writerows([json.loads(line)["text"]] for line in source)


@measurement("unlabelled", "28,367 unlabelled messy addresses: no exception", needs_shared=True)
def unlabelled(context: Context) -> list[Row]:
    """Parse two real lists; every line must come back."""
    assert context.shared is not None
    folder = context.shared / "data" / "addresses"
    lines = (folder / "delivery_addresses_10k.txt").read_text(encoding="utf-8").splitlines()
    import csv

    with (folder / "company_addresses_18k.csv").open(encoding="utf-8-sig", newline="") as f:
        lines += [row["原始地址"] for row in csv.DictReader(f)]
    from gazetteer.address.reading.parse import Parser

    parser = Parser()
    failed = recognised = 0
    for line in lines:
        try:
            recognised += bool(parser.parse(line).elements)
        except Exception:
            failed += 1
    return [
        Row("addresses", f"{len(lines):,}"),
        Row("exceptions", str(failed), "0"),
        Row("with at least one element recognised", share(recognised / len(lines))),
    ]
