"""The command behind ``./run bench``."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import signal
import sys

import tests.bench as here
from tests.bench import report
from tests.bench.frame import MEASUREMENTS, Context, keep, shared_folder


def main() -> None:
    """Measure what is named (or all), keep it, and write the page."""
    for module in pkgutil.iter_modules(here.__path__):
        if module.name.startswith("measure_"):
            importlib.import_module(f"tests.bench.{module.name}")
    ap = argparse.ArgumentParser(prog="./run bench", description=main.__doc__)
    ap.add_argument("names", nargs="*", metavar="NAME", help="、".join(sorted(MEASUREMENTS)))
    ap.add_argument("--quick", action="store_true", help="smaller registers, shorter runs")
    ap.add_argument("--long", action="store_true", help="also the register of 30 million doors (scale)")
    ap.add_argument("--json", action="store_true", help="results to standard output")
    args = ap.parse_args()
    unknown = set(args.names) - set(MEASUREMENTS)
    if unknown:
        ap.error(f"没有名为 {'、'.join(sorted(unknown))} 的测量;可选:{'、'.join(sorted(MEASUREMENTS))}")
    # A stopped run must still stop the private clusters and servers it has started.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    context = Context(quick=args.quick, shared=shared_folder(), long=args.long)
    results = {}
    for name in args.names or sorted(MEASUREMENTS):
        one = MEASUREMENTS[name]
        if one.needs_shared and context.shared is None:
            print(f"略过 {name}:本机没有测量数据(DIMING_SHARED)", file=sys.stderr)
            continue
        print(f"测量 {name}:{one.title}", file=sys.stderr)
        rows = one.run(context)
        results[name] = {row.what: row.value for row in rows}
        keep(name, one.title, rows, quick=args.quick)
        for row in rows:
            print(
                "  " + " | ".join(filter(None, (row.what, row.value, row.goal, *row.more))), file=sys.stderr
            )
    report.write()
    if args.json:
        json.dump(results, sys.stdout, ensure_ascii=False, indent=1)
        print()


if __name__ == "__main__":
    main()
