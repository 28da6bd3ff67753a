"""Who works on a case: the account, its roles, the division it may write for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.problems import NotAllowed


@dataclass(frozen=True, slots=True)
class Clerk:
    """The person at the desk (经办人), or the applicant with the role ``public``."""

    name: str
    shown: str
    roles: frozenset[str]
    division: str | None = None
    request_id: str = ""

    def check_district(self, division: str) -> None:
        """Refuse a case outside the division that the account writes for.

        Raises:
            NotAllowed: it lies elsewhere.
        """
        home = (self.division or "").rstrip("0")
        if home and not division.startswith(home):
            raise NotAllowed(
                "这个地址不在您的办理范围内。", "请转交所在区县或镇街的窗口办理。", code="district"
            )


PUBLIC: Final = Clerk("public", "申请人", frozenset({"public"}))
