"""Fill the demo: a believable year, made by the house's own verbs with the time of each event as `now`.

Two passes: first everything customers do (orders, answers), then everything the team does about
it; each pass goes through its events in the order of time.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from feedback.analysis.readers import Reader
from feedback.demo.comments import Comment, parse
from feedback.demo.living import Keep, Year
from feedback.demo.models import DemoMarker
from feedback.demo.opinions import Voices
from feedback.demo.peopling import hire, open_shops
from feedback.demo.queries import purchase_count
from feedback.demo.story import YEAR, orders, shoppers
from feedback.demo.working import Team
from surveys.database import db
from surveys.errors import N_, Conflict

TEXTS = Path(__file__).parent / "texts"


class HasPurchases(Conflict):
    """Real purchases and invented ones must not be mixed."""

    phrase = N_(
        "This database holds %(purchases)s purchases. The demo fills empty databases only: remove an"
        " earlier demo with `flask demo clear`, or name another database in DATABASE_URL."
    )


def fill(customers: int, seed: int, now: datetime, reader: Reader, keep: Keep) -> None:
    """Make the demo's year for that many `customers`; the same seed and `now` make the same year.

    `keep` is called with the share done, 0 to 1, whenever a batch is complete and can be
    committed. Raises HasPurchases unless the database is free of purchases.
    """
    purchases = purchase_count()
    if purchases:
        raise HasPurchases(purchases=purchases)
    db.session.add(DemoMarker(id=1, filled_at=now, seed=seed))
    began = now - YEAR - timedelta(days=1)
    brands = {brand.key: brand for brand in open_shops(began)}
    team = hire(began)
    keep(0)
    everybody = shoppers(random.Random(f"{seed} people"), customers)
    drafts = orders(random.Random(f"{seed} orders"), everybody, now)
    voices = Voices(random.Random(f"{seed} voices"), comments())
    Year(brands, voices, reader, now, lambda share: keep(0.75 * share)).run(drafts)
    Team(team["agent"], random.Random(f"{seed} team"), now, lambda share: keep(0.75 + 0.25 * share)).run()
    keep(1)


def comments() -> dict[str, Sequence[Comment]]:
    """Return the hand-written comments by language."""
    return {each: parse((TEXTS / f"{each}.tsv").read_text(encoding="utf-8")) for each in ("en", "de")}
