"""The parser after ``diming train``: fitted on four fifths of labelled addresses, scored on the rest, five times."""

from __future__ import annotations

import json
import tempfile
import time
import zlib
from collections.abc import Iterable
from pathlib import Path
from statistics import mean
from typing import Any

from gazetteer.address.reading.parse import Parser
from gazetteer.address.training.train import fit, read_examples
from tests.bench.frame import Context, Row, measurement
from tests.bench.measure_addresses import score, share

FOLDS = 5


@measurement("training", "Parsing into elements after `diming train`", needs_shared=True)
def training(context: Context) -> list[Row]:
    """Five fits, each address scored once by the model that did not see it; one fit in a quick run. Processor time."""
    assert context.shared is not None
    labelled = context.shared / "data" / "parsing" / "addresses_labelled.jsonl"
    runs = [_fold(context, labelled, fold) for fold in range(1 if context.quick else FOLDS)]
    scores = [run["score"] for run in runs]
    rows = [
        Row("folds of five that were fitted and scored", str(len(runs))),
        Row("trained F1 on the rest", share(mean(s["f1"] for s in scores)), ">= 93 %"),
        Row("- of each fold", ", ".join(share(s["f1"]) for s in scores)),
        Row("exact (all core elements agree)", share(mean(s["exact"] for s in scores))),
        Row("fit of 9,100 addresses, processor time", f"{mean(r['fit_s'] for r in runs):.0f} s"),
        Row("parsed a second with the model", f"{mean(r['a_second'] for r in runs):,.0f}", ">= 2,000"),
    ]
    rows += [
        Row(f"F1, {kind}", share(mean(s["per_type"][kind]["f1"] for s in scores)))
        for kind in scores[0]["per_type"]
    ]
    return rows


def _fold(context: Context, labelled: Path, fold: int) -> dict[str, Any]:
    """Fit without one fifth and score that fifth."""
    examples = read_examples(labelled)
    with tempfile.TemporaryDirectory() as folder:
        model, rest, parsed = (Path(folder) / name for name in ("model.crf", "rest.jsonl", "parsed.jsonl"))
        began = time.process_time()
        fit([e for e in examples if _of(e.text) != fold], model, Parser())
        fit_s = time.process_time() - began
        lines = [line for line in labelled.read_text(encoding="utf-8").splitlines() if line.strip()]
        _write(rest, (row for row in map(json.loads, lines) if _of(row["text"]) == fold))
        texts = [e.text for e in examples if _of(e.text) == fold]
        parser = Parser(model_path=model)
        began = time.process_time()
        found = [parser.parse(text) for text in texts]
        took = time.process_time() - began
        _write(parsed, ({"text": p.text, "elements": _spans(p.elements)} for p in found))
        got = score(context, "parse_eval.py", rest, parsed)
    return {"score": got, "fit_s": fit_s, "a_second": len(texts) / took}


def _of(text: str) -> int:
    """The fold of an address, by its text, so that no twin is on both sides."""
    return zlib.crc32(text.encode()) % FOLDS


def _spans(elements: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"type": e.type, "start": e.start, "end": e.end} for e in elements]


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
