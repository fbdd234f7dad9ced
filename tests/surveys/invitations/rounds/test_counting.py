"""How many a programme would ask is what it then does."""

from datetime import timedelta

import pytest

from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.invitations.rounds.counting import count_askable
from surveys.invitations.rounds.planning import plan_rounds
from surveys.invitations.rounds.starting import start
from surveys.invitations.sending import send_due
from tests.surveys.invitations.rounds.conftest import turns
from tests.test_costs import counted_statements


@pytest.mark.once
def test_the_count_is_what_leaves_when_nothing_has_to_wait(make, old, once, now, channels, kept, post):
    touchpoint = once(
        rest=timedelta(0),
        conditions=[
            {"field": "country", "op": "one_of", "value": ["DE"]},
            {"field": "orders", "op": "at_most", "value": ["1"]},
        ],
    )
    objected, _abroad, regular, _silent = (
        old(),
        old(country="CH"),
        old(),
        old(email=None, reference="C-3"),
    )
    for _ in range(2):
        old(email="twice@example.test", reference=f"T-{make.count.__next__()}")
        make.purchase(regular)
    make.purchase(old())
    object_to_asking(objected, "page", now)
    found = count_askable(touchpoint, 100, now)

    assert (found.customers, found.looked_at, found.asked, found.is_whole) == (7, 7, 2, True)
    assert found.reasons == {"objected": 1, "conditions": 2, "no_address": 1, "this_round": 1}
    start(touchpoint, now, make.staff(), now)
    db.session.commit()
    plan_rounds(now, 10)
    send_due(now, 20, channels, post)
    assert len(kept.messages) == found.asked
    assert sorted(turn.reason for turn in turns() if turn.reason) == sorted(found.reasons.elements())


@pytest.mark.once
def test_of_too_many_some_of_every_age_speak_for_all(old, once, now):
    for country in ["DE"] * 6 + ["AT"] * 6:
        old(country=country)
    send = once(conditions=[{"field": "country", "op": "one_of", "value": ["DE"]}])
    found = count_askable(send, 4, now)

    assert (found.looked_at, found.asked, found.is_whole, found.estimate) == (4, 2, False, 6)


def test_counting_many_costs_no_more_statements(make, old, once, now):
    touchpoint = once(conditions=[{"field": "orders", "op": "at_least", "value": ["1"]}])

    def statements_with(more):
        for _ in range(more):
            make.purchase(old())
        db.session.remove()
        db.session.add(touchpoint)
        with counted_statements() as statements:
            assert count_askable(touchpoint, 100, now).asked > 0
        return len(statements)

    few = statements_with(2)

    assert statements_with(5) == few


def test_while_a_send_is_tested_only_the_team_counts(make, old, once, now):
    make.staff("Ben", email="ben@shop.test")
    for email in ("ben+test@shop.test", "dora@example.test"):
        old(email=email)
    found = count_askable(once(only_team=True), 10, now)

    assert (found.asked, found.reasons) == (1, {"only_team": 1})
