"""How urgent an answer is: what it says first, else the table."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.intents.finds import INTENTS, Find, find_intents
from feedback.follow_up.deciding.priorities import (
    HIGH_VALUE,
    WHY,
    Priority,
    level_of,
    more_urgent,
    one_level_up,
)
from feedback.follow_up.deciding.signs import NOTHING, Past, Reading, Submission

NOW = datetime(2026, 3, 10, 11, tzinfo=UTC)
HAPPY = Submission("nps", 10, True, True, True, NOW)
PASSIVE, UNHAPPY, DISASTER = replace(HAPPY, score=7), replace(HAPPY, score=4), replace(HAPPY, score=1)
BITTER = Reading("negative", -0.8, 0.9)


def wants(*intents, label="neutral", polarity=0.0):
    return Reading(label, polarity, 0.9, tuple(Find(0, 4, intent) for intent in intents))


@pytest.mark.parametrize(
    "submission, reading, past, level",
    [
        (HAPPY, wants("safety", "chargeback"), NOTHING, ("P0", "safety")),
        (HAPPY, wants("legal"), NOTHING, ("P0", "legal")),
        (HAPPY, wants("data_protection"), NOTHING, ("P0", "data_protection")),
        (HAPPY, wants("data_request"), NOTHING, ("P2", "wants_own_data")),
        (HAPPY, wants("chargeback"), NOTHING, ("P1", "chargeback")),
        (HAPPY, wants("payment"), NOTHING, ("P1", "payment")),
        (HAPPY, wants("public_threat"), NOTHING, ("P1", "public_threat")),
        (UNHAPPY, wants("churn"), Past(value=HIGH_VALUE), ("P1", "valued_and_leaving")),
        (UNHAPPY, wants("churn"), Past(value=HIGH_VALUE - 0.01), ("P2", "leaving")),
        (UNHAPPY, None, Past(undelivered=True), ("P1", "undelivered")),
        (PASSIVE, wants("question"), Past(undelivered=True), ("P1", "undelivered")),
        (HAPPY, wants(), Past(undelivered=True), ("P4", "nothing_pressing")),
        (UNHAPPY, None, Past(is_vip=True), ("P1", "unhappy_vip")),
        (PASSIVE, None, Past(is_vip=True), ("P3", "something")),
        (UNHAPPY, None, Past(same_order=True), ("P1", "same_order")),
        (PASSIVE, None, Past(same_order=True), ("P3", "something")),
        (PASSIVE, BITTER, Past(same_order=True), ("P1", "same_order")),
        (DISASTER, BITTER, NOTHING, ("P1", "disaster")),
        (UNHAPPY, BITTER, NOTHING, ("P2", "negative_words")),
        (HAPPY, BITTER, NOTHING, ("P2", "negative_words")),
        (HAPPY, wants("refund"), NOTHING, ("P2", "wants_refund")),
        (UNHAPPY, wants(), NOTHING, ("P2", "low_with_comment")),
        (replace(UNHAPPY, has_comment=False), None, NOTHING, ("P3", "low_without_comment")),
        (HAPPY, wants("contact"), NOTHING, ("P3", "something")),
        (HAPPY, wants(), NOTHING, ("P4", "nothing_pressing")),
        (replace(HAPPY, wrote_back=True), None, NOTHING, ("P3", "something")),
    ],
)
def test_what_is_said_comes_before_the_table(submission, reading, past, level):
    assert level_of(submission, reading, past) == level
    assert level[1] in WHY


@pytest.mark.parametrize(
    "comment, language",
    [
        ("I unsubscribed from your adverts and still get them.", "en"),
        ("Ich habe mich vom Newsletter abgemeldet, er kommt trotzdem.", "de"),
    ],
)
def test_adverts_that_go_on_are_no_emergency(comment, language):
    reading = Reading("negative", -0.8, 0.9, tuple(find_intents(comment, language)))

    assert level_of(HAPPY, reading, NOTHING).priority == Priority.P2


@given(st.sets(st.sampled_from(INTENTS)), st.sampled_from(INTENTS), st.integers(0, 10), st.floats(-1, 1))
def test_a_further_intent_never_makes_an_answer_less_urgent(intents, further, score, polarity):
    answer = replace(HAPPY, score=score)
    label = "negative" if polarity < 0 else "neutral"
    fewer = level_of(answer, wants(*sorted(intents), label=label, polarity=polarity), NOTHING)
    more = level_of(answer, wants(*sorted({*intents, further}), label=label, polarity=polarity), NOTHING)

    assert more.priority <= fewer.priority


def test_of_two_levels_the_more_urgent_counts():
    assert more_urgent("P2", "P1") is Priority.P1
    assert more_urgent("P1", "P2") is Priority.P1


def test_one_level_up_ends_at_the_top():
    assert [one_level_up(each) for each in Priority] == ["P0", "P0", "P1", "P2", "P3"]
