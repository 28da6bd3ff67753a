"""A round of 黄临线 in the field, with people of three counties: for the tests of the field pages.

The sample's planned round is used: seven markers of 黄临线 and the tri-point 黄仙临, with the records of the round before.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.accounts import add_account
from boundary.sample_rounds import LINE, NEXT
from geo.store.engine import act, session
from tests.people import PASSWORD
from tests.walked import HUANGYAN, LINHAI, XIANJU, step

PASSPHRASE = "山路 2026 走"
ROUND = f"{LINE}-{NEXT}"


@dataclass(frozen=True)
class Walk:
    """A round in the field: its code, and the markers' positions in the order of the walk."""

    round: str
    markers: dict[str, tuple[float, float]]


def walk() -> Walk:
    """Put the planned round into the field and make the accounts chen 黄岩, lin 临海, wu 仙居, hu 路桥, li (office)."""
    with session() as db:
        act(db, actor="li", action="round.start")
        step(db, ROUND, "check", "start")
        _accounts(db)
        positions = db.execute(
            text("SELECT t.marker, ST_X(m.geom) AS lon, ST_Y(m.geom) AS lat FROM register.boundary_task t "
                 "JOIN register.boundary_marker m ON m.code = t.marker WHERE t.round = :r ORDER BY t.place"),
            {"r": ROUND},
        )  # fmt: skip
        return Walk(ROUND, {row.marker: (row.lon, row.lat) for row in positions})


def _accounts(db: Session) -> None:
    for name, shown, roles, division in (
        ("chen", "陈明", ["inspector"], HUANGYAN), ("lin", "林海生", ["inspector"], LINHAI),
        ("wu", "吴仙", ["inspector"], XIANJU), ("hu", "胡远", ["inspector"], "331004000000"),
        ("li", "李科", ["officer", "reviewer"], None),
    ):  # fmt: skip
        add_account(db, name, PASSWORD, roles, display_name=shown, division_code=division)


def picture(words: str, shade: int) -> bytes:
    """A photo as a phone takes it, with its camera's notes (EXIF) in it."""
    image = Image.new("RGB", (2000, 1500), (90 + shade % 120, 130, 80))
    pen = ImageDraw.Draw(image)
    pen.rectangle((900, 500, 1100, 1300), fill=(200, 200, 195))
    pen.rectangle((960, 600 + shade % 50, 1040, 900), fill=(170, 30, 25))
    exif = Image.Exif()
    exif[0x010E] = words.encode("ascii", "replace").decode()
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()
