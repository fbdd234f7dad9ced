"""The demo's owner watches a shop, and the change of its carrier is marked."""

from sqlalchemy import select

from feedback.demo.keeping_watch import keep_watch
from feedback.demo.peopling import hire, open_shops
from feedback.insights.watching.models import EventMark, WatchedSeries
from surveys.database import db


def test_a_shop_is_watched_and_its_change_of_carrier_is_marked(app, now):
    brand = open_shops(now)[0]
    keep_watch(brand, hire(now)["owner"], now)
    db.session.commit()

    series = db.session.scalars(select(WatchedSeries)).one()
    assert (series.brand_id, series.metric, series.readers[0].staff.role) == (brand.id, "score", "owner")
    assert "replaces Bergbote" in db.session.scalars(select(EventMark.text)).one()
