"""The demo's team replaced the carrier, and that worked; something else has just begun."""

import random

import pytest
from sqlalchemy import select

from feedback.demo.bettering import better
from feedback.demo.filling import comments
from feedback.demo.opinions import Voices
from feedback.demo.peopling import hire, open_shops
from feedback.demo.storing import Storing
from feedback.demo.story import YEAR, orders, shoppers
from feedback.demo.year import tell
from feedback.improving.models import Improvement
from surveys.database import db
from tests.feedback.demo.conftest import NOW, READER


@pytest.mark.thorough
@pytest.mark.once
def test_the_carrier_of_the_story_was_replaced_and_it_worked(app):
    brands = {brand.key: brand for brand in open_shops(NOW - YEAR)}
    drafts = orders(random.Random("story"), shoppers(random.Random("story"), 1500), NOW)
    Storing(brands, tell(drafts, Voices(random.Random("story"), comments()), NOW), READER).run()
    better(hire(NOW - YEAR)["analyst"], NOW)
    carrier, other = db.session.scalars(select(Improvement).order_by(Improvement.id))

    assert (carrier.state, carrier.verdict, carrier.parts) == ("checked", "worked", {})
    assert carrier.published_at is not None and {each.language for each in carrier.texts} == {"de", "en"}
    assert (other.state, other.verdict) == ("in_effect", None)
