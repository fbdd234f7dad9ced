"""A rule is tried on past answers before it is switched on."""

from datetime import timedelta

import pytest

from feedback.follow_up.deciding.book import STANDARD, Rule
from feedback.follow_up.deciding.rehearsing import SHOWN, rehearse
from tests.feedback.follow_up.deciding.test_weighing import read

DAY = timedelta(days=1)
PASSIVES = Rule("group-new", "group", is_on=False, mood="neutral")


@pytest.mark.once
def test_what_a_rule_would_have_opened_and_what_opens_anyway(make, now):
    silent, talking = make.response(7), make.response(8, "Well.")
    bitter = make.response(7, "Awful.")
    read(make, bitter)
    make.response(7, contact_permission=False)
    make.response(9)
    make.response(7, submitted_at=now - 91 * DAY, saved_at=now - 91 * DAY)

    found = rehearse(STANDARD, PASSIVES, now)

    assert (found.opens, found.silent, found.anyway, found.forbidden) == (2, 1, 1, 1)
    assert [each.id for each in found.shown] == [talking.id, silent.id]
    assert (found.looked_at, found.is_all, found.days) == (5, True, 90)


def test_a_rule_of_the_book_is_tried_in_its_place(make, now):
    bitter = make.response(2, "Awful.")
    read(make, bitter)

    assert rehearse(STANDARD, STANDARD.rule("low_score"), now).opens == 1
    found = rehearse(STANDARD, STANDARD.rule("negative_comment"), now)
    assert (found.opens, found.anyway) == (0, 1)


def test_limits_and_the_past_of_customers_count(make, now):
    customer = make.customer()
    make.response(3, customer=customer, submitted_at=now - 2 * DAY)
    make.response(3, customer=customer)
    make.response(2, survey_key="csat")
    repeat = Rule("repeat-new", "repeat")

    assert rehearse(STANDARD, repeat, now).anyway == 1
    assert rehearse(STANDARD, Rule("x", "group", mood="unhappy", survey="csat"), now).looked_at == 1
    assert rehearse(STANDARD, Rule("x", "group", mood="unhappy", brand="other"), now).looked_at == 0


@pytest.mark.once
def test_only_the_newest_are_shown(make, now):
    make.responses([7] * (SHOWN + 1))

    found = rehearse(STANDARD, PASSIVES, now)

    assert (found.opens, len(found.shown)) == (SHOWN + 1, SHOWN)


def test_those_given_last_come_first_whenever_they_were_stored(make, now):
    given = {ago: make.response(7, submitted_at=now - ago * DAY) for ago in (2, 1, 4)}
    given[3] = make.response(7, submitted_at=None, is_partial=True, saved_at=now - 3 * DAY)
    make.response(7, submitted_at=now - 91 * DAY)  # brought in from elsewhere just now

    found = rehearse(STANDARD, PASSIVES, now)

    assert [each.id for each in found.shown] == [given[ago].id for ago in (1, 2, 3, 4)]
