"""Notice when many tasks come from one cause, and gather them: the team is told once, every task stays a task.

Many are at least ten with the same article, carrier or theme within a day (methodology 4.2), or twenty of a shop without
any of these, and at least three times as many as on a usual day: where ten a day are the rule, ten are no news. The
theme is often known only when the comment has been read: then it is looked at again, and takes over from the shop.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.incidents.queries import (
    LONGEST,
    WIDER,
    Sign,
    all_running,
    free_since,
    has_opened,
    lock_brand,
    opened,
    take_in,
)
from feedback.follow_up.models import Task
from feedback.follow_up.moving import record
from surveys.database import db

MANY, MANY_OF_A_SHOP, TIMES_THE_USUAL = 10, 20, 3
LOOKS = 2  # of MANY
DAY, BEFORE = timedelta(days=1), timedelta(days=28)
SAYS_NOTHING = ("PRAISE", "OTHER")  # themes that are no common cause
MOST_ARTICLES = 5  # of an order; a longer list says little about which of them it is


def gather(task: Task, now: datetime) -> None:
    """Put a task that was just opened to the incident it belongs to, or begin one when it makes them many."""
    _gather_by(signs_of(task), task, now)


def hold_brand_for(brand_id: int, reason: str, now: datetime) -> bool:
    """Hold the brand when one more task about `reason` may begin an incident; return whether it is held.

    Whoever begins one holds the brand and then takes in tasks that others may have in hand. So the brand is held before
    a task that is there already: else each of two waits for what the other has. A new task nobody else can see.
    """
    sign = theme_of(reason)
    if sign is None or free_since(brand_id, sign, now - DAY) + 1 < MANY:
        return False
    lock_brand(brand_id)
    return True


def gather_by_theme(task: Task, now: datetime, *, may_begin: bool) -> None:
    """Do so with a task of which it has just become known what it is about, unless more is known of its cause.

    `may_begin` says that the brand is held (see `hold_brand_for`); without that the task can only join what runs.
    """
    theme = theme_of(task.reason or "")
    if theme is not None and (task.incident is None or task.incident.sign in WIDER["theme"]):
        _gather_by([theme], task, now, may_begin=may_begin)


def _gather_by(signs: Sequence[Sign], task: Task, now: datetime, *, may_begin: bool = True) -> None:
    """Put a task to the first incident that one of the signs leads to, or that it makes with others."""
    runs = all_running(task.brand_id, now - DAY)
    # Where less than that was opened at all, no sign needs a count of its own.
    may_begin = may_begin and has_opened(task.brand_id, now - DAY, MANY)
    for sign in signs:
        incident = runs.get(sign.key)
        if incident is None and may_begin:
            incident = begin(task, sign, now)
        if incident is not None:
            task.incident = incident
            incident.last_at = max(incident.last_at, now)
            db.session.flush()
            return


def stay(part: Task, incident: Incident | None) -> None:
    """Leave what was split off a task in that task's incident, where its own answer shows the same sign."""
    if incident is not None and (incident.sign, incident.named) in [each.key for each in signs_of(part)]:
        part.incident = incident


def signs_of(task: Task) -> list[Sign]:
    """Return what a task may have in common with others, the narrowest first."""
    order, brand = task.response.purchase, task.customer.brand
    items = order.items[:MOST_ARTICLES] if order else ()
    found = [Sign("article", item.sku, item.name) for item in items if item.sku]
    if order is not None and order.carrier:
        found.append(Sign("carrier", order.carrier, order.carrier))
    theme = theme_of(task.reason or "")
    return [*found, *([theme] if theme else []), Sign("shop", "", brand.name)]


def theme_of(reason: str) -> Sign | None:
    """Return the theme of a reason as a sign; None where it is no common cause."""
    theme = reason.partition(".")[0]
    return Sign("theme", theme, theme) if theme and theme not in SAYS_NOTHING else None


def begin(task: Task, sign: Sign, now: datetime) -> Incident | None:
    """Begin an incident when there are too many tasks with the sign, and write that down; None when there are not."""
    count = free_since(task.brand_id, sign, now - DAY)
    # Two of ten are a look of their own, so that a shop with many tasks a day does not count four weeks for each; two,
    # because of two that are opened at once each may see nine, and the next one eleven.
    if count < (MANY_OF_A_SHOP if sign.sign == "shop" else MANY) or count % MANY >= LOOKS:
        return None
    usual = opened(task.brand_id, sign, now - DAY - BEFORE, now - DAY) / BEFORE.days
    if count < TIMES_THE_USUAL * usual:
        return None
    lock_brand(task.brand_id)
    found = all_running(task.brand_id, now - DAY).get(sign.key)
    if found is not None:
        return found
    incident = Incident(
        brand=task.customer.brand,
        sign=sign.sign,
        named=sign.named[:LONGEST],
        title=sign.title[:LONGEST],
        usual=round(usual, 2),
        began_at=now,
        last_at=now,
    )
    db.session.add(incident)
    db.session.flush()
    take_in(incident, sign, now - DAY)
    record(task, "gathered", now, after=incident.public_id)
    return incident
