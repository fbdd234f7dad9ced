"""Points within a level, and what waiting makes of them (methodology 5.3, AT-50 to AT-53)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.intents.finds import INTENTS, Find
from feedback.follow_up.deciding.points import (
    INTENT_WEIGHTS,
    Parts,
    age,
    calm_of,
    effective,
    lifted,
    parts_of,
    points_of,
    standing_of,
    strongest,
)
from feedback.follow_up.deciding.priorities import level_of
from feedback.follow_up.deciding.signs import Past, Reading, Submission, flag_of
from feedback.follow_up.deciding.weights import SHIPPED
from feedback.follow_up.service_levels import Calendar
from surveys.scales import SCALES

NOW = datetime(2026, 3, 10, 11, tzinfo=UTC)  # a Tuesday, noon in Berlin
BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
HOUR = timedelta(hours=1)


def answer(score, kind="nps"):
    return Submission(kind, score, True, True, True, NOW)


def read(polarity, confidence, *intents):
    label = "negative" if polarity < 0 else "positive"
    return Reading(label, polarity, confidence, tuple(Find(0, 4, intent) for intent in intents))


def test_at_50_a_low_score_with_bitter_words_and_a_wish_for_a_refund():
    parts = parts_of(answer(2), read(-0.8, 0.9, "refund"), Past(value=0.7))

    assert parts.severity == pytest.approx(0.714286, abs=5e-7)
    assert points_of(parts) == 62.43
    assert effective(62.43, 0.5) == 72.43


def test_at_51_a_happy_score_with_bitter_words():
    submission, reading = answer(9), read(-0.7, 0.8, "refund")
    parts = parts_of(submission, reading, Past(value=0.9))

    assert parts.emotion == pytest.approx(0.56)
    assert points_of(parts) == 41.0
    assert level_of(submission, reading, Past(value=0.9)).priority == "P2"
    assert flag_of(submission, reading) == "hidden_issue"


@pytest.mark.parametrize("score, points, flag", [(3, 21.14, "mixed"), (1, 29.71, "scale_reversal")])
def test_at_52_a_low_score_with_kind_words(score, points, flag):
    submission, reading, past = answer(score), read(0.8, 0.9), Past(value=0.2)

    assert points_of(parts_of(submission, reading, past)) == points
    assert level_of(submission, reading, past) == ("P3", flag)
    assert flag_of(submission, reading) == flag


def test_at_53_the_worst_there_is_after_its_promise_is_broken():
    parts = parts_of(answer(0), read(-0.95, 0.97, "churn"), Past(value=1.0, case_lately=True))

    assert points_of(parts) == 96.54
    assert effective(96.54, 1.2) == 100
    assert (lifted("P2", 1.2), lifted("P2", 1.0)) == ("P1", "P2")


@pytest.mark.parametrize(
    "kind, score, severity",
    [
        ("nps", 0, 1.0),
        ("nps", 6, 1 / 7),
        ("nps", 7, 0.0),
        ("csat", 1, 1.0),
        ("csat", 3, 1 / 3),
        ("csat", 4, 0.0),
        ("ces7", 1, 1.0),
        ("ces7", 4, 0.25),
        ("ces7", 5, 0.0),
        ("thumbs", 0, 1.0),
        ("pmf", 1, 0.0),
    ],
)
def test_how_low_a_score_is_is_counted_on_its_own_scale(kind, score, severity):
    assert parts_of(answer(score, kind), None, Past()).severity == pytest.approx(severity)


def test_a_second_low_score_in_a_row_counts_half_and_a_second_case_whole():
    before, case = Past(unhappy_before=True), Past(unhappy_before=True, case_lately=True)

    assert parts_of(answer(3), None, before).repetition == 0.5
    assert parts_of(answer(9), None, before).repetition == 0
    assert parts_of(answer(3), None, case).repetition == 1


def test_the_strongest_intent_counts():
    assert strongest(frozenset({"question", "churn", "refund"})) == "churn"
    assert strongest(frozenset()) is None
    assert set(INTENT_WEIGHTS) == set(INTENTS)


SHARES = st.floats(0, 1)
PARTS = st.builds(Parts, SHARES, SHARES, SHARES, SHARES, SHARES)


@given(PARTS)
def test_points_lie_between_nothing_and_a_hundred(parts):
    assert 0 <= points_of(parts) <= 100


@given(PARTS, st.sampled_from(list(SHIPPED)), SHARES)
def test_more_of_any_part_never_means_fewer_points(parts, name, share):
    more = parts._replace(**{name: max(share, getattr(parts, name))})

    assert points_of(more) >= points_of(parts)


@given(
    st.sampled_from(sorted(SCALES)),
    st.floats(-1, 1),
    st.floats(0, 1) | st.none(),
    st.sets(st.sampled_from(INTENTS)),
    st.data(),
)
def test_every_part_of_any_answer_lies_between_0_and_1(kind, polarity, confidence, intents, data):
    score = data.draw(st.sampled_from(list(SCALES[kind].scores)) | st.none())
    reading = Reading("negative", polarity, confidence, tuple(Find(0, 1, each) for each in sorted(intents)))

    parts = parts_of(answer(score, kind), reading, Past(value=data.draw(SHARES)))

    assert all(0 <= part <= 1 for part in parts)


@given(st.floats(0, 100), st.floats(-1, 5), st.floats(-1, 5))
def test_waiting_only_ever_adds_and_never_passes_a_hundred(points, one, other):
    first, later = sorted((one, other))

    assert points - 0.01 <= effective(points, first) <= effective(points, later) <= 100


def test_a_point_is_added_with_every_twentieth_of_the_time_and_a_broken_promise_lifts():
    due = NOW + 4 * HOUR

    assert age(NOW, due, NOW, None) == (0, False, NOW + due_step(due, 1))
    assert age(NOW, due, NOW + 2 * HOUR, None) == (10, False, NOW + due_step(due, 11))
    assert age(NOW, due, due, None) == (20, False, due + timedelta(seconds=1))
    assert age(NOW, due, due + timedelta(seconds=1), None) == (20, True, None)
    assert age(NOW, None, due, None) == (0, False, None)


def due_step(due, steps):
    return (due - NOW) * steps / 20


def test_waiting_is_counted_in_business_hours_where_the_promise_is():
    # From Friday at 17 o'clock to Monday at 10: one hour on each day, and the weekend does not count.
    start, due = datetime(2026, 3, 13, 16, tzinfo=UTC), datetime(2026, 3, 16, 9, tzinfo=UTC)

    found = age(start, due, datetime(2026, 3, 14, 12, tzinfo=UTC), BERLIN)

    assert (found.points, found.is_broken) == (10, False)
    assert found.next_at == datetime(2026, 3, 16, 8, 6, tzinfo=UTC)


@given(
    st.timedeltas(timedelta(minutes=1), timedelta(days=20)),
    st.timedeltas(timedelta(0), timedelta(days=30)),
    st.sampled_from([None, BERLIN]),
)
def test_looking_only_when_something_is_due_ends_where_looking_always_would(promised, waited, calendar):
    due, now = NOW + promised, NOW + waited
    looked, looks = age(NOW, due, NOW, calendar), 0
    while looked.next_at is not None and looked.next_at <= now:
        looked, looks = age(NOW, due, looked.next_at, calendar), looks + 1

    directly = age(NOW, due, now, calendar)
    assert abs(looked.points - directly.points) <= 1 and looked.is_broken == directly.is_broken
    assert looks <= 45


def test_the_place_in_the_queue_is_level_then_points():
    assert calm_of(62.43, 10) == 10_000 - 7243
    assert calm_of(96.54, 20) == 0
    assert standing_of("P2", False, False) == 2
    assert standing_of("P2", True, False) == 1
    assert standing_of("P1", True, False) == standing_of("P0", True, False, is_lifted=True) == 0
    assert standing_of("P1", False, True) > standing_of("P4", False, False)


LEVELS = st.sampled_from(["P0", "P1", "P2", "P3", "P4"])
CALM = st.integers(0, 10_000)


@given(st.booleans(), st.booleans(), CALM, CALM, LEVELS, st.booleans())
def test_no_lifted_task_stands_above_one_that_is_dangerous_by_itself(
    is_broken, waits, calm, their_calm, theirs, they_broke
):
    dangerous = (standing_of("P0", is_broken, waits), calm)
    by_a_promise = (standing_of(theirs, they_broke, waits), their_calm)
    by_a_no = (standing_of("P0", they_broke, waits, is_lifted=True), their_calm)

    assert dangerous < by_a_no
    assert dangerous < by_a_promise or theirs == "P0"


@given(LEVELS, LEVELS, st.booleans(), st.booleans())
def test_levels_stay_in_their_order_and_what_waits_comes_after_all_else(one, other, is_broken, is_lifted):
    if one < other:
        assert standing_of(one, is_broken, False, is_lifted) <= standing_of(other, is_broken, False)
    assert standing_of(one, is_broken, True, is_lifted) > standing_of(other, False, False)
