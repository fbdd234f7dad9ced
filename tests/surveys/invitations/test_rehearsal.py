"""Time runs through past orders."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from surveys.invitations.cadence import AskingRule
from surveys.invitations.rehearsal import Case, rehearse
from surveys.invitations.verdicts import Standing

NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CASE = Case(
    order=("p1", "A-1"),
    touchpoint="t1",
    person="dora@example.test",
    rule=AskingRule(),
    trigger="delivered",
    zone=ZoneInfo("Europe/Berlin"),
    due=NOON,
    is_drawn=True,
    standing=Standing(),
)


def counts(*cases):
    found = rehearse(cases, len(cases))
    return {name: dict(outcome.counts) for name, outcome in found.outcomes.items()}


def test_an_order_is_asked_about_or_not_for_a_reason():
    assert counts(CASE) == {"t1": {"asked": 1}}
    assert counts(replace(CASE, due=None)) == {"t1": {"no_event": 1}}
    assert counts(replace(CASE, is_drawn=False)) == {"t1": {"not_drawn": 1}}
    assert counts(replace(CASE, standing=Standing(permission="no_evidence"))) == {"t1": {"no_evidence": 1}}


def test_what_happened_to_the_order_counts_from_when_it_happened():
    assert counts(replace(CASE, refunded_at=NOON + DAY)) == {"t1": {"asked": 1}}
    assert counts(replace(CASE, refunded_at=NOON)) == {"t1": {"refunded": 1}}
    returned = replace(CASE, returned_at=NOON - DAY)
    assert counts(returned) == {"t1": {"open_return": 1}}
    assert counts(replace(returned, refunded_at=NOON + DAY)) == {"t1": {"refunded": 1}}


def test_the_rest_period_works_as_it_would_have():
    second = replace(CASE, order=("p2", "A-2"), due=NOON + 10 * DAY)
    third = replace(CASE, order=("p3", "A-3"), due=NOON + 28 * DAY)
    other = replace(second, order=("p4", "A-4"), person="pat@example.test")
    found = rehearse([third, second, CASE, other], 4)

    # The second comes 20 days too early; the third waits for two of the three days it may be late.
    assert found.outcomes["t1"].counts == {"asked": 3, "rest_period": 1}
    assert found.outcomes["t1"].examples["rest_period"] == [("p2", "A-2")]
    assert (found.asked, found.orders, found.outcomes["t1"].put_off) == (3, 4, 1)
    assert found.outcomes["t1"].refusals == [("rest_period", 1)]


def test_the_question_that_goes_first_is_asked_and_the_other_rests():
    first = replace(CASE, touchpoint="t2", rank=1, due=NOON + timedelta(hours=5))

    assert counts(CASE, first) == {"t2": {"asked": 1}, "t1": {"rest_period": 1}}


def test_who_bought_again_by_then_is_not_asked_why_they_stayed_away():
    away = replace(CASE, trigger="lapsed")

    assert counts(replace(away, followed=[(NOON + DAY, None)])) == {"t1": {"asked": 1}}
    assert counts(replace(away, followed=[(NOON, None)])) == {"t1": {"bought_again": 1}}
    assert counts(replace(away, followed=[(NOON - DAY, NOON)])) == {"t1": {"asked": 1}}
    assert counts(replace(CASE, followed=[(NOON, None)])) == {"t1": {"asked": 1}}
