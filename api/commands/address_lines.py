"""Parsed addresses as JSON lines: text, elements, defects, with offsets into the text as given."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from gazetteer.address.answering.engine import trained_model
from gazetteer.address.model import Parsed
from gazetteer.address.reading.parse import Parser
from geo.settings import settings


def line_of(parsed: Parsed) -> dict[str, Any]:
    """One line: ``{"text", "elements": [{type, text, start, end}], "defects": [{code, start, end, text, fix}]}``."""
    return {
        "text": parsed.text,
        "elements": [
            {"type": e.type, "text": e.text, "start": e.start, "end": e.end} for e in parsed.elements
        ],
        "defects": [
            {"code": d.code, "start": d.start, "end": d.end, "text": d.text, "fix": d.fix}
            for d in parsed.defects
        ],
    }


def write_parsed(texts: Sequence[str | None], output: str, advance: Callable[[int], None]) -> int:
    """Parse and write every text, one line each; the number of texts with a defect. The file appears whole or not."""
    if output == "-":
        return _write(texts, sys.stdout, advance)
    path = Path(output)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8") as out:
            count = _write(texts, out, advance)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _write(texts: Sequence[str | None], out: TextIO, advance: Callable[[int], None]) -> int:
    parser, defective = Parser(model_path=trained_model(settings().index_path)), 0
    for text in texts:
        parsed = parser.parse(text or "")
        defective += bool(parsed.defects)
        out.write(json.dumps(line_of(parsed), ensure_ascii=False) + "\n")
        advance(1)
    return defective
