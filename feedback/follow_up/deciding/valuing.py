"""Reckon once a day what the customers of each shop spend, so that the place of one is found at once."""

from datetime import datetime, timedelta

from feedback.follow_up.deciding.models import SpendingScale
from feedback.follow_up.deciding.queries import crowds_of, old_scales, scale_of
from feedback.follow_up.deciding.worth import YEAR
from surveys.database import db
from surveys.work import one_by_one

JOB = "reckon-spending"
KEPT = timedelta(days=1)


def reckon_spending(now: datetime, limit: int) -> int:
    """Reckon up to `limit` shops whose scale is missing or older than a day; return how many."""
    return one_by_one(JOB, old_scales(JOB, now - KEPT)[:limit], lambda brand_id: reckon_brand(brand_id, now))


def reckon_brand(brand_id: int, now: datetime) -> None:
    """Write down what the shop's customers spent in the last twelve months."""
    scale, limits = scale_of(brand_id), crowds_of(brand_id, now - YEAR, now)
    if scale is None:
        scale = SpendingScale(brand_id=brand_id)
        db.session.add(scale)
    scale.limits, scale.reckoned_at = limits, now
    db.session.flush()
