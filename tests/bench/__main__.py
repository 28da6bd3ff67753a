"""The command behind ``./run bench``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import signal
import sys

import tests.bench as here
from tests.bench import report
from tests.bench.frame import MEASUREMENTS, NOT_REACHED, Context, Row, keep, shared_folder


def soak_names(names: list[str]) -> list[str]:
    """The measurements of the long suites: ``kill`` is ``reliability-kill``; all of them, with two measurements more, for none."""
    known = [name for name in MEASUREMENTS if name.startswith("reliability-")]
    return [name if name in MEASUREMENTS else f"reliability-{name}" for name in names] or [
        *known,
        "interleavings",
        "fuzz",
    ]


def measured(name: str, context: Context) -> list[Row]:
    """Measure one, keep it and write the page: a run that is stopped has written what it measured."""
    one = MEASUREMENTS[name]
    print(f"测量 {name}:{one.title}", file=sys.stderr)
    rows = one.run(context)
    keep(name, one.title, rows, quick=context.quick)
    report.write()
    for row in rows:
        print("  " + " | ".join(filter(None, (row.what, row.value, row.goal, *row.more))), file=sys.stderr)
    return rows


def main() -> None:
    """Measure what is named (or all), keep it, and write the page."""
    for module in pkgutil.iter_modules(here.__path__):
        if module.name.startswith("measure_"):
            importlib.import_module(f"tests.bench.{module.name}")
    ap = argparse.ArgumentParser(prog="./run bench", description=main.__doc__)
    ap.add_argument("names", nargs="*", metavar="NAME", help="、".join(sorted(MEASUREMENTS)))
    ap.add_argument("--quick", action="store_true", help="smaller registers, shorter runs")
    ap.add_argument("--long", action="store_true", help="also the register of 30 million doors (scale)")
    ap.add_argument(
        "--soak", action="store_true", help="names are suites of faults; all of them where none is given"
    )
    ap.add_argument(
        "--cases", type=int, help="made-up requests an operation of the interface (reliability-api)"
    )
    ap.add_argument("--json", action="store_true", help="results to standard output")
    args = ap.parse_args()
    if args.cases:
        os.environ["DIMING_FUZZ_CASES"] = str(args.cases)
    if args.soak:
        args.names = soak_names(args.names)
    unknown = set(args.names) - set(MEASUREMENTS)
    if unknown:
        ap.error(f"没有名为 {'、'.join(sorted(unknown))} 的测量;可选:{'、'.join(sorted(MEASUREMENTS))}")
    # A stopped run must still stop the private clusters and servers it has started.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    context = Context(quick=args.quick, shared=shared_folder(), long=args.long)
    results = {}
    for name in args.names or sorted(MEASUREMENTS):
        if MEASUREMENTS[name].needs_shared and context.shared is None:
            print(f"略过 {name}:本机没有测量数据(DIMING_SHARED)", file=sys.stderr)
            continue
        results[name] = measured(name, context)
    if args.json:
        json.dump(
            {name: {row.what: row.value for row in rows} for name, rows in results.items()},
            sys.stdout,
            ensure_ascii=False,
            indent=1,
        )
        print()
    if failed := [name for name, rows in results.items() if any(r.goal.endswith(NOT_REACHED) for r in rows)]:
        sys.exit(f"没有达到：{'、'.join(failed)}")


if __name__ == "__main__":
    main()
