"""The ground: coordinates, geometry, files, settings and the store. Knows no names and imports no sibling.

China keeps one time, so the office's day is 北京时间 whatever the machine is set to: a paper signed at seven in the
morning bears that day's date on a server that counts in UTC, and agrees with the database's own ``current_date``.
"""

from __future__ import annotations

import os
import time
from typing import Final
from zoneinfo import ZoneInfo

OFFICE_ZONE: Final = "Asia/Shanghai"
os.environ["TZ"] = OFFICE_ZONE
time.tzset()
#: The same for times that carry their zone.
OFFICE_CLOCK: Final = ZoneInfo(OFFICE_ZONE)
