"""Names of whole grounds (成片地块): a park, a zone, an estate is no single door, though one of its doors bears its name."""

from __future__ import annotations

import re

from gazetteer.address.index.reader import Index
from gazetteer.address.matching.match import Match

_AREA = re.compile(
    "(?:公园|园区|产业园|工业园|科技园|创业园|创意园|物流园|软件园|开发区|高新区|保税区|工业区|集聚区|景区|度假区|旅游区|"
    "农场|林场|小区|新村|花苑|名苑|家园)$"
)
NOTE = "所写是整片地块的名称，位置取其登记的一处门牌"


def is_area(index: Index, match: Match) -> bool:
    """Whether a door was found only by the name of the ground it lies in, no number being written."""
    if match.door is None or match.hit.key != "name":
        return False
    name = index.pool[index.door_name[match.door]]
    return bool(_AREA.search(name)) if name else bool(index.door_estate[match.door])
