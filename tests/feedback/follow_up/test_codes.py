"""Codes of causes, resolutions and outcomes."""

import pytest

from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, OUTCOMES, RESOLUTIONS, VERIFIED_OUTCOMES


def test_the_outcomes_are_those_that_others_rely_on():
    assert list(VERIFIED_OUTCOMES) == ["recovered", "partly", "not_recovered", "unverified"]
    assert list(CLOSING_OUTCOMES) == ["no_action", "invalid", "duplicate", "no_permission", "unreachable"]
    assert list(OUTCOMES) == [*VERIFIED_OUTCOMES, *CLOSING_OUTCOMES]


def test_there_are_ten_resolutions_and_eleven_causes():
    assert len(RESOLUTIONS) == 10
    assert len(CAUSES) == 11


@pytest.mark.parametrize("words", [*RESOLUTIONS.values(), *CAUSES.values(), *OUTCOMES.values()])
def test_every_code_has_words_in_both_languages(words):
    assert words.within("en") and words.within("de")
