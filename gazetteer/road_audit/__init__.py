"""The audit of a road network (道路排查): unnamed roads, one road several names, one name several roads, names alike.

model, network, unnamed, overlap, alike, audit are pure; reading, storing and deciding speak with the register.
"""

from gazetteer.road_audit.audit import audit, counts
from gazetteer.road_audit.model import KINDS, STATES, RoadFinding, Rule, Segment

__all__ = ["KINDS", "STATES", "RoadFinding", "Rule", "Segment", "audit", "counts"]
