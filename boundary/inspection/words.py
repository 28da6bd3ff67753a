"""The words of an inspection record (联检记录)."""

from __future__ import annotations

from typing import Final

STATES: Final = ("完好", "损坏", "移位", "倾斜", "缺失", "字迹不清")
"""What a marker may be found as."""
REFERENCE_STATES: Final = ("存在", "变化", "灭失", "未查")
"""What one of the three reference objects (方位物) may be found as."""
FACES: Final = ("正面", "背面", "侧面", "甲方面", "乙方面", "丙方面", "全景", "方位物", "周边")
"""What a photo shows; the direction in degrees stands beside it."""
LEAST_PHOTOS: Final = 4
"""Photos of a marker that a complete record has: the front, each face, the surroundings."""
EPOCHS: Final = ("2000.0", "观测时刻")
"""Epoch of a measured position: reduced to CGCS2000's, or that of the day of measuring."""
