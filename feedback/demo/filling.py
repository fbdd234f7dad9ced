"""Fill the demo: a believable year that ends now.

First everything customers do (orders, answers), then everything the team does about it, by the
verbs of the house with the time of each event as `now`.
"""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from feedback.analysis.readers import Reader
from feedback.demo.batch import orders_of_the_batch
from feedback.demo.bettering import better
from feedback.demo.comments import Comment, parse
from feedback.demo.keeping_watch import keep_watch
from feedback.demo.models import DemoMarker
from feedback.demo.opinions import Voices
from feedback.demo.peopling import hire, open_shops
from feedback.demo.queries import purchase_count
from feedback.demo.storing import Storing
from feedback.demo.story import YEAR, orders, shoppers
from feedback.demo.working import Team
from feedback.demo.year import tell
from feedback.follow_up.deciding.ageing import JOB as AGEING
from feedback.follow_up.deciding.ageing import age_task
from feedback.follow_up.deciding.queries import open_task_for, ripe_tasks
from feedback.follow_up.deciding.valuing import reckon_brand
from feedback.follow_up.opening import consider
from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.responses.models import Response

TEXTS = Path(__file__).parent / "texts"
BATCH = 20  # tasks between two commits
MOST_TASKS = 100_000
Keep = Callable[[float], None]


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
    everybody = shoppers(random.Random(f"{seed} people"), customers)
    drafts = orders(random.Random(f"{seed} orders"), everybody, now)
    drafts += orders_of_the_batch(random.Random(f"{seed} batch"), len(drafts) + 1, now)
    year = tell(drafts, Voices(random.Random(f"{seed} voices"), comments()), now)
    needed = Storing(brands, year, reader).run()
    for brand in brands.values():
        reckon_brand(brand.id, now)
    keep_watch(next(iter(brands.values())), team["owner"], now)
    keep(0.2)
    again = []
    for done, (response_id, at) in enumerate(needed, start=1):
        if open_task_for(db.session.get_one(Response, response_id)) is None:
            consider(response_id, at)
        else:
            again.append(response_id)
        if done % BATCH == 0:
            keep(0.2 + 0.3 * done / len(needed))
    keep(0.5)
    Team(team["agent"], random.Random(f"{seed} team"), now, lambda share: keep(0.5 + 0.4 * share)).run()
    # Of two answers about one order the second finds what the team has made of the first.
    for response_id in again:
        consider(response_id, now)
    better(team["analyst"], now)
    for task_id in ripe_tasks(AGEING, now, MOST_TASKS):
        age_task(task_id, now)
    keep(1)


def comments() -> dict[str, Sequence[Comment]]:
    """Return the hand-written comments by language."""
    return {each: parse((TEXTS / f"{each}.tsv").read_text(encoding="utf-8")) for each in ("en", "de")}
