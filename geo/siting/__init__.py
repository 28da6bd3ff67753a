"""Where to put the next n of something, as an optimum that can be explained. Knows nothing of what it is."""

from geo.siting.covering import Plan, cover, cover_greedily
from geo.siting.explain import Reason, explain
from geo.siting.median import Assignment, median

__all__ = ["Assignment", "Plan", "Reason", "cover", "cover_greedily", "explain", "median"]
