"""Where a figure falls short of its goal: what was tried and what holds it there, written below its table."""

from __future__ import annotations

LIMITS = {
    "engine": (
        "`geocode` stays below 5,000 a second on one core. A profile over 5,000 real messy queries (cProfile, 2026-11-22)"
        " counts 1,086 Python calls an answer and no single place to save: 51 % reads the text against the register"
        " (numbers, contexts, exact and near names), 27 % takes it apart into elements and defects, 14 % words the"
        " answer, 5 % looks for defects that only the register shows; the most expensive function has 3 %. Done:"
        " each word, context and name of an index is read once and kept, prefixes ask for words only where one can"
        " begin, a batch is sorted so that alike texts follow each other, and leaves out elements that change nothing"
        " in its row. What is left is the interpreter's own cost of a call; the next step would be compiled code,"
        " which needs a compiler on every machine that installs this."
    ),
    "http": (
        "An answer of `GET /v1/geocode` costs the engine's time and the server's reading and writing of HTTP. The"
        " framework, its layers and its logger are passed by for the public's questions (`api/address_door.py`)."
    ),
    "training": (
        "On one fifth held out (2026-11-22) the trained parser has 0.904 and gives 2,143 spans too many or too few; 947 of"
        " them, 44 %, are estates (F1 0.75), nearly all cut elsewhere than labelled, and 125 communities (F1 0.75), which"
        " need the names of villages that the shipped data has for three counties only. Of divisions written twice"
        " it keeps about 100 that are labelled redundant. The other elements lie between 0.88 and 0.98."
    ),
}
"""Sentences by the name of a measurement."""
