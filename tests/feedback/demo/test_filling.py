import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from feedback.demo.filling import HasPurchases, comments, fill
from feedback.demo.opinions import Voices
from feedback.demo.peopling import open_shops
from feedback.demo.queries import marker
from feedback.demo.storing import Storing
from feedback.demo.story import REPLACED, TURNED_LATE, YEAR, orders, shoppers
from feedback.demo.year import tell
from feedback.follow_up.models import Task
from feedback.follow_up.states import OPEN_STATES
from feedback.insights.queries import score_counts
from feedback.insights.reporting import report
from feedback.insights.scores import measure
from feedback.insights.selection import Days, Selection, over
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from tests.feedback.demo.conftest import NOW, READER, keep


def told():
    """Return what a visitor could compare: answers, and how tasks went."""
    answers = select(Response.score, Response.comment, Response.submitted_at, Response.contact_permission)
    tasks = select(Task.state, Task.priority, Task.outcome, Task.opened_at, Task.closed_at, Task.due_at)
    asked = select(Invitation.state, Invitation.reason, Invitation.sent_at, Invitation.due_at)
    return [
        [tuple(row) for row in db.session.execute(query.order_by(table.id))]
        for query, table in ((answers, Response), (tasks, Task), (asked, Invitation))
    ]


def score(country, carrier, since, until):
    selection = Selection(survey="nps", country=country, carrier=carrier, since=since, until=until)
    found = measure("nps", score_counts(selection, NOW))
    assert found is not None
    return found


def first_screen(until, days):
    return report(over(Selection(survey="nps"), Days.until(until.date(), days)), NOW)


@pytest.mark.once
@pytest.mark.thorough
def test_insights_show_the_story_of_one_carrier_in_one_country(app):
    brands = {brand.key: brand for brand in open_shops(NOW - YEAR)}
    drafts = orders(random.Random("story"), shoppers(random.Random("story"), 1500), NOW)
    Storing(brands, tell(drafts, Voices(random.Random("story"), comments()), NOW), READER).run()
    db.session.commit()
    # People answer a good week after the parcel has come.
    turned, replaced = NOW - TURNED_LATE, NOW - REPLACED

    late = score("AT", "Bergbote", turned, replaced)
    before = score("AT", "Bergbote", None, turned)
    everybody = score(None, None, None, None)
    abroad = score("CH", "Bergbote", turned, replaced)
    after = score("AT", "Flinkpaket", replaced, None)

    assert 35 < everybody.score < 55
    assert late.score < 5
    assert late.interval.high < min(before.score, abroad.score, after.score, everybody.score)
    assert min(before.score, after.score) > 20
    # The first screen says so by itself: of the months until the carrier was replaced, and of the year.
    said = first_screen(replaced, 150)
    assert said.change.outcome == "changed" and said.change.difference < 0
    # The carrier within the country is not named where the few others there could be told apart.
    assert said.findings.summary.place["country"] == "AT"
    assert said.findings.voiced == "DELIVERY"
    outlier = first_screen(NOW, 365).findings.outlier.row.values
    assert outlier == {"country": "AT", "carrier": "Bergbote"}


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("day", (15, 16), ids=("a Sunday", "a Monday"))
def test_even_a_small_demo_has_a_task_to_work_on_after_a_night_of_rest(filled, day):
    filled(60, seed=7, now=datetime(2026, 11, day, 0, 10, tzinfo=UTC))

    states = [task.state for task in db.session.scalars(select(Task))]
    assert set(states) & set(OPEN_STATES)


@pytest.mark.once
@pytest.mark.thorough
def test_the_same_seed_makes_the_same_demo(filled, app):
    filled(20, seed=11)
    first = told()
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    db.session.expunge_all()

    filled(20, seed=11)

    assert told() == first
    assert marker().seed == 11


def test_a_database_with_purchases_is_not_filled(make, now):
    make.purchase()

    with pytest.raises(HasPurchases, match="1 purchases"):
        fill(10, 1, now, READER, keep)


@pytest.mark.once
def test_it_says_100_percent_once_when_nothing_is_left_to_do(app):
    told = []

    begin_writing()
    fill(20, 7, NOW, READER, lambda share: (told.append(share), keep(share)))

    assert told == sorted(told)
    assert told[-1] == 1 and told.count(1) == 1
