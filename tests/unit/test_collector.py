"""The collector looks only at what is new, and everything that was kept from it can be looked at again."""

from __future__ import annotations

import subprocess
import sys

from geo.settings import ROOT

ALONE = """
import gc, weakref
from geo.collector import leave_alone, look_again

class Ring:
    def __init__(self):
        self.me = self

gc.disable()
leave_alone()
first = gc.get_freeze_count()
kept = [[number] for number in range(1000)]
gc.collect()
assert gc.get_freeze_count() >= first + 1000, "what survives a full walk is looked at no more"
ring = Ring()
gc.collect()
gone = weakref.ref(ring)
del ring
gc.collect()
assert gone() is not None, "a ring that died out of sight waits"
leave_alone()
assert gone() is None, "and is given back when all is looked at once more"
ring = Ring()
gone = weakref.ref(ring)
gc.collect()
del ring
look_again()
assert gc.get_freeze_count() == 0
gc.collect()
assert gone() is None and gc.get_freeze_count() == 0
"""


def test_a_full_walk_keeps_what_survives_it_out_of_the_next_and_nothing_is_lost_for_good():
    assert subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, check=False).returncode == 0
