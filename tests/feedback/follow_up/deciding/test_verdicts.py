"""Which responses open a task, and how urgent they are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.intents.finds import find_intents
from feedback.follow_up.deciding.book import STANDARD, Book, Rule
from feedback.follow_up.deciding.signs import Past, Reading, Submission, clearly_negative
from feedback.follow_up.deciding.verdicts import REASONS_NOT, decide, why_none
from feedback.follow_up.deciding.words import RULES

NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
DETRACTOR = Submission(
    kind="nps", score=4, has_comment=True, contact_permission=True, has_customer=True, submitted_at=NOW
)
PROMOTER = replace(DETRACTOR, score=10)
UNHAPPY = Reading("negative", -0.7)
HAPPY = Reading("positive", 0.8)


@pytest.mark.parametrize(
    "kind, low, high",
    [
        ("nps", 6, 7),
        ("enps", 6, 7),
        ("csat", 2, 3),
        ("csat3", 1, 2),
        ("ces", 2, 3),
        ("ces7", 3, 4),
        ("smileys", 2, 3),
        ("stars_five", 2, 3),
        ("thumbs", 0, 1),
    ],
)
def test_a_low_score_opens_a_task_at_once(kind, low, high):
    opened = decide(replace(DETRACTOR, kind=kind, score=low), None, NOW)
    left = decide(replace(DETRACTOR, kind=kind, score=high), None, NOW)

    assert (opened.open, opened.rule, opened.priority, opened.reason_not) == (True, "low_score", "P2", None)
    assert (left.open, left.rule, left.priority, left.reason_not) == (False, None, None, "not_needed")


def test_a_comment_that_also_praises_is_not_clearly_negative_however_low_its_mean():
    mixed = Reading("mixed", -0.9)

    assert decide(PROMOTER, mixed, NOW).reason_not == "not_needed"
    assert decide(replace(DETRACTOR, score=8), mixed, NOW).reason_not == "not_needed"
    assert decide(replace(DETRACTOR, score=0), mixed, NOW).priority == "P2"


@pytest.mark.parametrize("kind, score", [("nps", None), ("check_back", 1)])
def test_without_a_score_of_a_known_kind_the_score_rule_is_silent(kind, score):
    assert decide(replace(DETRACTOR, kind=kind, score=score), None, NOW).reason_not == "not_needed"


def test_a_low_score_without_a_comment_is_the_least_urgent():
    assert decide(replace(DETRACTOR, score=0, has_comment=False), None, NOW).priority == "P3"


@pytest.mark.parametrize("score", [7, 10, None])
def test_a_clearly_negative_comment_opens_a_task_where_the_score_does_not(score):
    decision = decide(replace(DETRACTOR, score=score), UNHAPPY, NOW)

    assert decision.open
    assert decision.rule == "negative_comment"


@pytest.mark.parametrize(
    "reading, rule", [(None, "wrote_back"), (HAPPY, "wrote_back"), (UNHAPPY, "negative_comment")]
)
def test_a_mail_of_a_customer_always_reaches_a_person(reading, rule):
    decision = decide(replace(DETRACTOR, score=None, wrote_back=True), reading, NOW)

    assert decision.open and decision.rule == rule
    assert decision.priority == ("P2" if reading is UNHAPPY else "P3")


@pytest.mark.parametrize(
    "reading, expected",
    [
        (Reading("negative", -0.5), True),
        (Reading("negative", -0.49), False),
        (Reading("neutral", -0.9), False),
        (Reading("unreadable", None), False),
        (Reading("negative", None), False),
        (None, False),
    ],
)
def test_clearly_negative_is_the_label_and_half_of_the_scale(reading, expected):
    assert clearly_negative(reading) is expected


@pytest.mark.parametrize(
    "kind, worst",
    [("nps", 2), ("enps", 2), ("csat", 1), ("ces", 1), ("ces7", 1), ("smileys", 1), ("stars_five", 1)],
)
def test_the_lowest_scores_with_clearly_negative_words_are_p1(kind, worst):
    answer = replace(DETRACTOR, kind=kind, score=worst)

    assert decide(answer, None, NOW).priority == "P2"
    assert decide(answer, UNHAPPY, NOW).priority == "P1"
    assert decide(replace(answer, score=worst + 1), UNHAPPY, NOW).priority == "P2"
    assert decide(answer, HAPPY, NOW).priority == "P2"


@pytest.mark.parametrize("kind, low", [("csat3", 1), ("thumbs", 0)])
def test_one_point_for_all_who_are_unhappy_says_nothing_of_the_worst(kind, low):
    assert decide(replace(DETRACTOR, kind=kind, score=low), UNHAPPY, NOW).priority == "P2"


@pytest.mark.parametrize("score", [1, 2, 3])
def test_who_would_not_miss_the_shop_needs_no_task(score):
    answer = replace(DETRACTOR, kind="pmf", score=score)

    assert decide(answer, None, NOW).reason_not == "not_needed"
    assert decide(answer, UNHAPPY, NOW).rule == "negative_comment"


def test_an_unhappy_promoter_is_p2():
    assert decide(PROMOTER, UNHAPPY, NOW).priority == "P2"


def test_a_happy_comment_opens_nothing():
    assert decide(PROMOTER, HAPPY, NOW).reason_not == "not_needed"


def test_unanswered_permission_opens_a_task_and_says_so():
    decision = decide(replace(DETRACTOR, contact_permission=None), None, NOW)

    assert decision.open
    assert decision.permission_unanswered
    assert not decide(DETRACTOR, None, NOW).permission_unanswered


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"contact_permission": False}, "contact_refused"),
        ({"has_customer": False}, "no_customer"),
        ({"has_customer": False, "is_anonymous": True}, "anonymous"),
        ({"submitted_at": NOW - timedelta(days=14, seconds=1)}, "too_old"),
        ({"imported": True}, "imported"),
    ],
)
def test_some_low_scores_open_nothing_and_are_counted_with_their_reason(change, reason):
    answer = replace(DETRACTOR, **change)

    for decision in (decide(answer, None, NOW), decide(answer, UNHAPPY, NOW)):
        assert not decision.open
        assert decision.priority is None
        assert decision.reason_not == reason
        assert decision.rule is not None


def test_an_answer_of_exactly_fourteen_days_still_opens_one():
    assert decide(replace(DETRACTOR, submitted_at=NOW - timedelta(days=14)), None, NOW).open


def test_a_contented_customer_who_refused_contact_is_not_counted_as_refused():
    assert decide(replace(PROMOTER, contact_permission=False), None, NOW).reason_not == "not_needed"


def test_the_score_is_named_when_both_rules_match():
    assert decide(DETRACTOR, UNHAPPY, NOW).rule == "low_score"
    assert decide(PROMOTER, UNHAPPY, NOW).rule == "negative_comment"


SUBMISSIONS = st.builds(
    Submission,
    kind=st.sampled_from(["nps", "csat", "ces7"]),
    score=st.none() | st.integers(0, 10),
    has_comment=st.booleans(),
    contact_permission=st.sampled_from([True, False, None]),
    has_customer=st.booleans(),
    submitted_at=st.integers(0, 30).map(lambda days: NOW - timedelta(days=days)),
    imported=st.booleans(),
)
READINGS = st.builds(
    Reading, st.sampled_from(["negative", "neutral", "positive"]), st.none() | st.floats(-1, 1)
)


@given(SUBMISSIONS, READINGS)
def test_a_reading_only_adds_to_what_the_score_has_decided(submission, reading):
    by_score, both = decide(submission, None, NOW), decide(submission, reading, NOW)

    assert both.open == (both.reason_not is None) == (both.priority is not None)
    assert both.open or not by_score.open
    if both.open:
        assert submission.contact_permission is not False
    if by_score.open:
        assert both.priority <= by_score.priority
    assert both.rule is None or both.rule in RULES
    assert both.reason_not is None or both.reason_not in REASONS_NOT


@pytest.mark.parametrize(
    "answer, reason",
    [
        (PROMOTER, "not_needed"),
        (replace(DETRACTOR, contact_permission=False), "contact_refused"),
        (replace(DETRACTOR, has_customer=False), "no_customer"),
        (replace(DETRACTOR, has_customer=False, is_anonymous=True), "anonymous"),
        (replace(DETRACTOR, imported=True), "imported"),
        # Nothing but the two weeks can have kept this one from a task.
        (DETRACTOR, "too_old"),
    ],
)
def test_the_same_rules_say_afterwards_why_there_is_no_task(answer, reason):
    # However long ago it was: the reason does not change with the day somebody asks for it.
    assert why_none(replace(answer, submitted_at=NOW - timedelta(days=300)), None) == reason


def as_read(comment, label="neutral"):
    """A comment with the intents that are found in it."""
    return Reading(label, 0.0, 0.9, tuple(find_intents(comment, "en")))


@pytest.mark.parametrize(
    "comment, score, priority, why",
    [
        ("I don't need a lawyer, all fine", 10, None, None),
        ("My lawyer will contact you", 9, "P0", "legal"),
        ("The charger caught fire", 8, "P0", "safety"),
    ],
)
def test_at_54_what_is_threatened_counts_at_any_score_unless_it_is_denied(comment, score, priority, why):
    decision = decide(replace(DETRACTOR, score=score), as_read(comment), NOW)

    assert (decision.priority, decision.why) == (priority, why)
    assert decision.open is (priority is not None)


def test_the_first_rule_of_the_book_opens_the_task_and_the_others_are_kept():
    past = Past(is_vip=True, unhappy_lately=True)
    decision = decide(DETRACTOR, Reading("negative", -0.8, 0.9), NOW, STANDARD, past)

    assert decision.rule == "low_score"
    assert decision.further == ("negative_comment", "vip", "repeat")

    turned = Book(2, tuple(reversed(STANDARD.rules)))
    decision = decide(DETRACTOR, Reading("negative", -0.8, 0.9), NOW, turned, past)

    assert (decision.rule, decision.further) == ("repeat", ("vip", "negative_comment", "low_score"))


def test_a_rule_that_is_switched_off_opens_nothing():
    off = Book(2, tuple(replace(rule, is_on=rule.key != "low_score") for rule in STANDARD.rules))

    assert decide(DETRACTOR, None, NOW, off).reason_not == "not_needed"


def test_what_forbids_a_task_forbids_it_whatever_the_rule():
    everything = Book(2, (Rule("all", "group", mood="happy"),))

    assert decide(PROMOTER, None, NOW, everything).priority == "P4"
    assert decide(replace(PROMOTER, imported=True), None, NOW, everything).reason_not == "imported"


def test_an_answer_that_only_the_rules_of_today_would_follow_up_says_so():
    later = Book(2, STANDARD.rules)

    assert why_none(DETRACTOR, None, later) == "rules_changed"
    assert why_none(PROMOTER, None, later) == "not_needed"
