"""The words of an event (界线事件)."""

from __future__ import annotations

from typing import Final

KINDS: Final = (
    "界桩损坏", "界桩缺失", "界桩移位", "界桩倾斜", "字迹不清", "方位物灭失", "河流改道", "道路变化", "跨界建设",
    "单方设标志", "权属纠纷",
)  # fmt: skip
REPAIRS: Final = frozenset({"界桩损坏", "界桩缺失", "界桩移位", "界桩倾斜", "字迹不清"})
"""What is mended at the marker, and therefore with the other side present (条例第六条)."""
CONSTRUCTION: Final = "跨界建设"
"""Needs the consent of both sides before it is built (条例第十条)."""
TOLD: Final = "通报"
"""The part that a side does not play itself: it was told, by the one that found it."""
PARTS: Final = (TOLD, "核实", "见证", "同意")
"""How a side took part: was notified, verified on the spot, witnessed the repair, consented to construction."""
