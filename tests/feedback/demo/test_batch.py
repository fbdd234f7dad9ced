"""The demo's story of today, as the agent who opens the inbox meets it."""

import html
import random
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.demo.batch import ARTICLE, BUYERS, orders_of_the_batch
from feedback.demo.comments import broken
from feedback.demo.filling import comments
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from feedback.follow_up.states import OPEN_STATES
from surveys.clock import real_now
from surveys.database import db
from surveys.staff.models import StaffMember
from tests.feedback.demo.conftest import NOW


def words(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text))).replace("\xa0", " ")


def test_the_batch_was_bought_by_a_dozen_who_write_about_it_on_the_last_day():
    found = orders_of_the_batch(random.Random(1), 501, NOW)

    assert [order.number for order in found] == list(range(501, 501 + BUYERS))
    assert len({order.shopper.person.email for order in found}) == BUYERS >= 12
    for order in found:
        assert [product for product, _ in order.lines] == [ARTICLE]
        assert not order.late and order.placed_at < order.shipped_at < order.delivered_at
        assert NOW - timedelta(days=1) < order.broke_at < NOW
        # A week after the parcel the question comes, and the day after that at the latest.
        assert order.delivered_at + timedelta(days=8) < order.broke_at


@pytest.mark.parametrize("score", (2, 3, 4, 5))
@pytest.mark.parametrize("language", ("en", "de"))
def test_there_are_words_for_everybody_whose_handle_came_off(language, score):
    assert len(broken(comments()[language], score)) >= 8


@pytest.mark.thorough
def test_the_inbox_of_a_small_demo_names_the_article_that_breaks(filled, signed_in):
    filled(20, now=real_now())
    (found,) = db.session.scalars(select(Incident)).all()
    tasks = db.session.scalars(select(Task).where(Task.incident_id == found.id)).all()
    # By the hour somebody may stand among them who bought the same and complains of something else.
    assert BUYERS <= len(tasks) <= BUYERS + 2 and all(task.state in OPEN_STATES for task in tasks)
    browser = signed_in(db.session.scalars(select(StaffMember).where(StaffMember.role == "agent")).one())

    inbox = browser.get("/inbox")
    letter = browser.get(f"/inbox/incidents/{found.public_id}")

    assert re.search(
        rf"Many tasks from one cause article “\w+ Pippa” · {len(tasks)} open tasks", words(inbox)
    )
    assert "Write to all of them" in words(inbox)
    # Nearly everybody may be written to at once; who is most urgent is left to a person.
    assert re.search(r"\b(8|9|10|11|12|13) customers can be written to", words(letter))
