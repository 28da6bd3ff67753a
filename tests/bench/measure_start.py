"""How long a person waits for a command to begin, and for the demonstration to come up again."""

from __future__ import annotations

from tests.bench.frame import Context, Row, diming, measurement, private_home


@measurement("start", "Start")
def start(context: Context) -> list[Row]:
    """The demonstration from nothing and again; help; the best of three of short ones."""
    doors = ("--doors", "2000") if context.quick else ()
    with private_home() as env:
        first = diming(env, "demo", "--no-serve", *doors)
        second = min(diming(env, "demo", "--no-serve", *doors) for _ in range(3))
        shown = min(diming(env, "--help") for _ in range(3))
        status = min(diming(env, "status") for _ in range(3))
    return [
        Row("`diming demo --no-serve`, from nothing", f"{first:.1f} s"),
        Row("- a second time, best of three", f"{second:.1f} s"),
        Row("`diming --help`, best of three", f"{shown:.2f} s"),
        Row("`diming status`, best of three", f"{status:.2f} s"),
    ]
