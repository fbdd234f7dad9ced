"""What rules look at."""

from dataclasses import replace
from datetime import UTC, datetime

from feedback.analysis.intents.finds import Find
from feedback.follow_up.deciding.signs import Reading, Submission, flag_of, intents_of

NOW = datetime(2026, 3, 10, 11, tzinfo=UTC)
ANSWER = Submission("nps", 2, True, True, True, NOW)


def test_the_mood_is_that_of_the_score_on_its_scale():
    assert (ANSWER.mood, ANSWER.is_low, ANSWER.is_worst) == ("unhappy", True, True)
    assert replace(ANSWER, score=3).is_worst is False
    assert replace(ANSWER, score=8).mood == "neutral"
    assert replace(ANSWER, score=None).mood is None
    assert replace(ANSWER, kind="check_back").mood is None
    assert replace(ANSWER, kind="thumbs", score=0).is_worst is False


def test_before_there_is_a_reading_the_words_say_nothing():
    assert flag_of(ANSWER, None) is None and intents_of(None) == frozenset()
    reading = Reading("positive", 0.8, 0.9, (Find(0, 3, "refund"), Find(5, 9, "refund")))
    assert flag_of(ANSWER, reading) == "scale_reversal" and intents_of(reading) == {"refund"}
