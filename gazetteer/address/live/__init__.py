"""What changed in the register since the index was built, laid over it without touching the file."""

from gazetteer.address.live.changes import Changes
from gazetteer.address.live.engine import LiveGeocoder

__all__ = ["Changes", "LiveGeocoder"]
