"""Answers of addok to the texts on standard input (JSON), with times; JSON to the file named first."""

import json
import sys
import time
from pathlib import Path

from addok.config import config

config.load()

from addok.core import search  # noqa: E402 - addok reads its settings first


def main():
    texts = json.load(sys.stdin)
    search(texts[0], limit=5, autocomplete=False)
    answers, times = [], []
    for text in texts:
        began, used = time.perf_counter(), time.thread_time()
        try:
            found = search(text, limit=5, autocomplete=False)
            answers.append(_row(found[0]) if found else None)
        except Exception as error:
            answers.append({"raised": repr(error)[:200]})
        times.append([time.perf_counter() - began, time.thread_time() - used])
    Path(sys.argv[1]).write_text(json.dumps({"answers": answers, "times": times}), encoding="utf-8")


def _row(best):
    return {"lon": float(best.lon), "lat": float(best.lat), "type": best.type, "score": best.score}


main()
