"""A team is never brought more cases than it can write to within a business day."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.capacity import Load, questions_left, share_of_cases


def test_before_anything_is_known_five_of_a_hundred_questions_are_believed_to_become_a_case():
    assert share_of_cases(0, 0) == 0.05
    assert questions_left(Load(cases_per_day=10, waiting=0, out=0), 0.05) == 200


def test_what_was_seen_replaces_the_belief():
    assert round(share_of_cases(2_000, 20_000), 3) == 0.1
    assert share_of_cases(0, 100_000) > 0


def test_cases_that_wait_and_questions_on_their_way_take_room():
    assert questions_left(Load(cases_per_day=10, waiting=4, out=0), 0.05) == 120
    assert questions_left(Load(cases_per_day=10, waiting=4, out=50), 0.05) == 70
    assert questions_left(Load(cases_per_day=10, waiting=10, out=0), 0.05) == 0
    assert questions_left(Load(cases_per_day=10, waiting=25, out=900), 0.05) == 0


@given(
    per_day=st.integers(1, 10_000),
    waiting=st.integers(0, 20_000),
    out=st.integers(0, 10**6),
    cases=st.integers(0, 10**5),
    questions=st.integers(0, 10**6),
)
def test_all_that_may_leave_brings_no_more_than_the_team_takes_on(per_day, waiting, out, cases, questions):
    share = share_of_cases(cases, questions)
    left = questions_left(Load(per_day, waiting, out), share)

    assert left >= 0
    assert left == 0 or waiting + (out + left) * share <= per_day + 1e-6
    more = waiting + (out + left + 1) * share
    assert more > per_day - 1e-6
