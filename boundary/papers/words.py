"""How figures and names stand in the papers."""

from __future__ import annotations

from datetime import date, datetime

from boundary.inspection import Inspection, png_of
from geo import OFFICE_CLOCK
from geo.documents import Signature


def degrees(value: float | None) -> str:
    """A coordinate as degrees, minutes and seconds to a ten-thousandth: 120°55′12.0000″."""
    if value is None:
        return ""
    seconds = round(abs(value) * 3600, 4)
    whole, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{int(whole)}°{int(minutes):02d}′{left:07.4f}″"


def metres(value: float | None, places: int = 2) -> str:
    """Metres, empty where unknown."""
    return "" if value is None else f"{value:.{places}f} 米"


def turned(value: float | None) -> str:
    """An azimuth in degrees and minutes: 123°30′."""
    if value is None:
        return ""
    minutes = round(value * 60) % 21600
    return f"{minutes // 60}°{minutes % 60:02d}′"


def local_day(at: datetime) -> date:
    """The day of a moment as the office's clock counts it."""
    return at.astimezone(OFFICE_CLOCK).date()


def moment(at: datetime) -> str:
    """2026年5月12日 9:30."""
    here = at.astimezone(OFFICE_CLOCK)
    return f"{here.year}年{here.month}月{here.day}日 {here.hour}:{here.minute:02d}"


def bureau(division: str) -> str:
    """The office that signs for a division: 黄岩区民政局."""
    return f"{division}民政局"


def signed(inspection: Inspection | None, sides: dict[str, str]) -> list[Signature]:
    """A place for every side, with the signature that counts where one was given."""
    given = {one.division: one for one in inspection.valid_signatures} if inspection else {}
    return [
        Signature(
            f"{name}代表",
            given[code].signer if code in given else "",
            png_of(given[code].strokes) if code in given else b"",
            local_day(given[code].signed_at) if code in given else None,
        )
        for code, name in sides.items()
    ]
