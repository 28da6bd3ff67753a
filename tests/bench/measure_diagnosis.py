"""The ten kinds of numbering fault over a whole register, in columns."""

from __future__ import annotations

from gazetteer.diagnosis.run import diagnose
from gazetteer.diagnosis.sample import register_of
from gazetteer.numbering.rules import rules_of
from gazetteer.sample import draw
from tests.bench.frame import Context, Row, measurement


@measurement("diagnosis", "Numbering diagnosis D1 to D10 (made-up data)")
def diagnosis(context: Context) -> list[Row]:
    """The drawn district, its doors placed on their roads and checked; reading it from the database is not in it."""
    district = draw(doors=20_000 if context.quick else 370_000)
    rules = rules_of()
    register = register_of(district, rules)
    done = diagnose(register, rules)
    return [
        Row("addresses drawn", f"{len(district.doors):,}"),
        Row("doors checked", f"{len(register.doors):,}"),
        Row("ten kinds", f"{done.seconds:.1f} s", "<= 30 s for 370,000"),
        Row("found", f"{len(done.faults):,}"),
    ]
