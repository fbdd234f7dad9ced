"""What is missing until the first answer: the furthest step that is taken decides what comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.unanswered.missing import Asks, Step, step_to

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ON = Asks("t", "After delivery", "delivered", True, False, 0, None, 0)
ASKS = st.builds(
    Asks,
    st.just("t"),
    st.just("Name"),
    st.sampled_from(["delivered", "rolling", "once"]),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
    st.none() | st.sampled_from([NOW - timedelta(days=1), NOW + timedelta(days=1)]),
    st.integers(0, 3),
)


def test_step_by_step_to_the_first_answer():
    assert step_to(False, [ON], 1, NOW) == Step("draft")
    assert step_to(True, [], 0, NOW) == Step("nobody_asks")
    for missing, asks in (
        ("off", replace(ON, is_on=False)),
        ("testing", replace(ON, only_team=True, sent=0)),
        ("no_order", ON),
        ("no_round", replace(ON, trigger="rolling")),
        ("event", replace(ON, waiting=2)),
        ("leaves", replace(ON, due_at=NOW + timedelta(days=2))),
        ("due", replace(ON, due_at=NOW)),
        ("answer", replace(ON, sent=3)),
    ):
        assert step_to(True, [asks], 0, NOW) == Step(missing, asks), missing
    assert step_to(True, [], 1, NOW) == Step("answer")


def test_of_two_touchpoints_the_one_that_asks_first_is_told():
    late, soon = (replace(ON, due_at=NOW + timedelta(days=days)) for days in (5, 2))
    off = replace(ON, is_on=False, due_at=NOW - timedelta(days=9))
    assert step_to(True, [off, late, soon], 0, NOW) == Step("leaves", soon)


@given(asks=st.lists(ASKS, max_size=4), links=st.integers(0, 1))
def test_nothing_is_said_of_what_is_off_while_something_is_on(asks, links):
    step = step_to(True, asks, links, NOW)
    on = [each for each in asks if each.is_on and not each.only_team]
    if on and step.by is not None:
        assert step.by in on
    if step.missing in ("leaves", "due"):
        assert step.by.due_at == min(each.due_at for each in on if each.due_at)
