"""Where a figure falls short of its goal: what was tried and what holds it there, written below its table."""

from __future__ import annotations

LIMITS = {
    "engine": (
        "`geocode` of texts that hardly share a street stays below 5,000 a second on one core; a list, where streets"
        " come again and again, is nearer to it. Done (2026-11-22, answers to about 7,000 texts compared before and after,"
        " not one differs): calls an answer 1,124 -> 747 (cProfile), processor time 1.5 times less for single texts, 1.8"
        " times for a sorted list. Records are plain slots instead of frozen ones, numbers written 118号 need not the"
        " long pattern, far divisions are looked for only where the name of one stands, what stands before a number"
        " is read once for all numbers of a street, the evidence is weighed once for all answers that share it, rules"
        " of defects are asked only where they can find something. What is left has no single place: the most"
        " expensive line has 3 %, half is the text against the register (of that a fifth are looks into the file, 11 an"
        " answer of 2 µs), 30 % takes it apart, 20 % words the answer. A quick lane for texts in standard writing exists"
        " (`geocode_lean`, one text in five of the messy ones); more texts in it would answer otherwise than single"
        " calls do. The rest is the interpreter's own cost of a call; the next step would be compiled code, which"
        " needs a compiler on every machine that installs this."
    ),
    "fuzz": (
        "The figures are from before the mend. What took long was the garbage collector, not a string: of the 90 ms of the slowest of 20,000 the collector had"
        " 84, and without it the worst took 10 ms. Since 2026-11-22 a full walk looks only at what is new"
        " (`geo/collector.py`); strings that took long in earlier runs took 0.7 to 4 ms when asked again."
    ),
    "http": (
        "An answer of `GET /v1/geocode` costs the engine's time twice over where the load generator runs on the sister"
        " of the same core; a bare ASGI answer of the same size takes 0.03 ms of the worker (11,800 a second). The"
        " framework, its layers and its logger are passed by for the public's questions (`api/address_door.py`);"
        " the query string is read without the general parser, points that need no shift go past the vectors. Of"
        " what is left three quarters are the engine, the rest is making and writing JSON (2.5 kB), the line in"
        " the log, and checking the parameters."
    ),
    "scale": (
        "What grows is not the look-up but what is found: the made counties share names of roads and towns, so that a text"
        " among 81 of them has 60 roads of its name instead of one or two, each weighed with its number and its"
        " divisions. Done (2026-11-22): a stated division is looked up once for all of them (28,800 calls an answer ->"
        " 4,900 over 81 small counties, the same answers), keys are found by where evenly spread hashes must lie; of several"
        " roads of one name only those in the stated county are weighed where the number is registered there (over ten"
        " counties of 20,000 doors 1,571 -> 1,322 calls an answer, 858 over one county; of 6,073 texts none got another"
        " first answer). The run before that gave 957 and 195 texts a second over ten and 81 counties, on a slower hour of"
        " the same machine: the multiples move with it (1.84 and 9.01 then). What is left: a text that states no county is"
        " weighed with all roads of its name, and each value read goes one step further, from the head to the county's"
        " file, whose pages no query before has brought near."
    ),
    "import": (
        "Two runs one after the other: 63.4 and 58.2 s, with an index more than before for doors out of force; most of it"
        " is the checks and the rows with their history, in one transaction."
    ),
    "tiles": (
        "Below zoom 16 a dot stands for all doors of its square, and a tile of the town's middle counts 30,000 of them."
        " Until 2026-11-22 each was looked up in the register, whether it is in force, and grouped by the tile's frame"
        " as well: 168 ms at zoom 14, 64 ms at 15 (p95). Now the few that are not in force are asked for once, of two"
        " indexes, and no point is projected twice; nothing is kept beside the register that a write would have to renew."
        " What is left at zoom 14 is the counting: the densest tile takes the database up to 25 ms, and four tiles are"
        " asked for at once. 40,000 retired doors add some 15 ms to a thinned tile."
    ),
    "training": (
        "On one fifth held out (2026-11-22) the trained parser has 0.904 and gives 2,143 spans too many or too few; 947 of"
        " them, 44 %, are estates (F1 0.75), nearly all cut elsewhere than labelled, and 125 communities (F1 0.75), which"
        " need the names of villages that the shipped data has for three counties only. Of divisions written twice"
        " it keeps about 100 that are labelled redundant. The other elements lie between 0.88 and 0.98."
    ),
}
"""Sentences by the name of a measurement."""
