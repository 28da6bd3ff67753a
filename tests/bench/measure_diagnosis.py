"""The ten kinds of numbering fault over a whole register, in columns and through the database."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from gazetteer.diagnosis.kinds import KINDS
from gazetteer.diagnosis.run import diagnose
from gazetteer.diagnosis.sample import register_of
from gazetteer.numbering.rules import rules_of
from gazetteer.sample import draw
from tests.bench.frame import ROOT, Context, Row, diming, measurement
from tests.bench.register_of_size import district as register
from tests.bench.register_of_size import plate_list


@measurement("diagnosis", "Numbering diagnosis D1 to D10 (made-up data)")
def diagnosis(context: Context) -> list[Row]:
    """The drawn district checked in columns alone; then ``diming diagnose`` by the clock, database and keeping included."""
    drawn = draw(doors=20_000 if context.quick else 370_000)
    rules = rules_of()
    columns = diagnose(register_of(drawn, rules), rules).seconds
    with register(context) as (env, folder, doors, plates):
        diming(env, "plates", "import", plate_list(env, folder, plates), "--source", "bench")
        first, told = _diagnosed(env)
        again, _ = _diagnosed(env)
    found = "; ".join(f"{kind} {KINDS[kind]} {count:,}" for kind, count in told["counts"].items() if count)
    return [
        Row("addresses / plates in the register", f"{doors:,} / {plates:,}"),
        Row("doors and roads checked", f"{told['doors']:,} / {told['roads']:,}"),
        Row("ten kinds, columns alone", f"{columns:.1f} s"),
        Row("`diming diagnose`: start, reading, ten kinds, keeping", f"{first:.1f} s", "<= 30 s for 370,000"),
        Row("- the ten kinds in it", f"{told['seconds']:.1f} s"),
        Row("- a second run over the findings kept", f"{again:.1f} s", "<= 30 s for 370,000"),
        Row("found", found),
    ]


def _diagnosed(env: dict[str, str]) -> tuple[float, dict[str, object]]:
    began = time.perf_counter()
    command = [sys.executable, "-m", "api.cli", "diagnose", "--json"]
    done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return time.perf_counter() - began, json.loads(done.stdout)
