"""An officer at the desk over the sample district with its meal points and cemeteries in full."""

from __future__ import annotations

from api.security.accounts import add_account
from gazetteer.service.sample import load_details
from geo.store.engine import session
from tests.people import PASSWORD


def prepare() -> None:
    """The made-up details and the officer 张三."""
    load_details()
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
