"""Load the made-up details, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import text

from gazetteer.service.sample.cemeteries import add_cemeteries
from gazetteer.service.sample.land import add_land
from gazetteer.service.sample.ledgers import write_ledgers
from gazetteer.service.sample.meals import add_meals
from gazetteer.service.sample.population import add_population
from geo.store.engine import bulk_act, session


def load_details(
    *, actor: str = "system", seed: int = 331003, today: date | None = None, folder: Path | None = None
) -> bool:
    """Give every made-up facility its hours, prices, places and papers, and the district a made-up population.

    Args:
        actor: who does it, for the audit.
        seed: the same seed gives the same details.
        folder: where the two made-up ledgers of cemeteries are written, to be tried at the desk; None for nowhere.
        today: the day up to which diners are counted; today unless said.

    Returns:
        False when they were there already: then nothing is written.
    """
    day = today or date.today()
    with session(timeout_s=0) as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.meal_point WHERE made_up)")):
            return False
        with bulk_act(db, actor=actor, action="service.sample", detail={"seed": seed}):
            add_meals(db, seed, day)
            add_cemeteries(db, seed)
            add_population(db, seed)
            add_land(db)
        if folder is not None:
            write_ledgers(db, folder)
    return True
