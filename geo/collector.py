"""The garbage collector's pauses (垃圾回收停顿) in a process that answers: full walks look only at what is new.

Lexicon, index and remembered answers live as long as the process. A full collection looks at all of them each time and
stops every answer: 84 of the 90 ms of the slowest of 20,000 strings were such a walk, not the string.
"""

from __future__ import annotations

import gc
from typing import Any

_THOROUGH = 500
"""Every so many full walks all is looked at once more: rings that died out of sight are given back then."""
_walks = 0


def leave_alone() -> None:
    """Take all that lives now, and later whatever survives a full walk, out of the collector's sight.

    What was kept so before is looked at once more first, so that a replaced index is given back. What nobody points to
    any longer goes at once as ever: only rings of objects wait for the next thorough walk.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    if _keep_survivors not in gc.callbacks:
        gc.callbacks.append(_keep_survivors)


def look_again() -> None:
    """Undo :func:`leave_alone`: the work was one job in a process that goes on with another."""
    if _keep_survivors in gc.callbacks:
        gc.callbacks.remove(_keep_survivors)
    gc.unfreeze()


def _keep_survivors(phase: str, info: dict[str, Any]) -> None:
    global _walks
    if phase == "stop" and info["generation"] == 2:
        _walks += 1
        if _walks % _THOROUGH:
            gc.freeze()
        else:
            gc.unfreeze()
