"""A survey ends on its day, or when it has answers enough; it is put away, and goes on as a copy."""

from datetime import timedelta

import pytest

from surveys.errors import Refusal
from surveys.questionnaires.closing import StillAsked, archive, close_full, close_when, copy_survey, take_out
from surveys.questionnaires.drafting import NotEditable, change
from surveys.questionnaires.queries import draft_of, surveys_to_ask
from surveys.questionnaires.starters import NPS
from surveys.questionnaires.states import State
from surveys.questionnaires.texts import with_texts

DAY = timedelta(days=1)


@pytest.fixture
def survey(make):
    return make.survey()


def test_a_survey_closes_on_its_day_and_can_be_opened_again(survey, now):
    close_when(survey, now + DAY, None, now)
    assert survey.state_at(now) is State.PUBLISHED
    assert survey.state_at(now + DAY) is State.CLOSED

    close_when(survey, None, None, now)
    assert survey.state_at(now + DAY) is State.PUBLISHED


def test_a_survey_closes_with_the_last_answer_it_wants(make, survey, now):
    close_when(survey, None, 2, now)
    make.response(9)
    make.response(9, is_partial=True, submitted_at=None)
    assert close_full(now) == 0

    make.response(3)
    assert close_full(now) == 1
    assert survey.state_at(now) is State.CLOSED
    assert close_full(now + DAY) == 0


def test_answers_that_do_not_count_fill_no_number(make, survey, now):
    close_when(survey, None, 1, now)
    make.response(9, excluded_at=now, excluded_reason="scanner")

    assert close_full(now) == 0


def test_a_full_survey_is_opened_again_by_a_higher_number_not_to_be_closed_at_once(make, survey, now):
    close_when(survey, None, 1, now)
    make.response(9)
    close_full(now)

    with pytest.raises(Refusal, match="answers already"):
        close_when(survey, None, 1, now)
    close_when(survey, survey.closes_at, 1, now)  # What only renames a closed survey says the same again.
    close_when(survey, None, 2, now)
    assert (close_full(now), survey.state_at(now)) == (0, State.PUBLISHED)


@pytest.mark.parametrize("after", [0, -1, 10_000_001])
def test_a_number_of_answers_that_makes_no_sense_is_refused(survey, now, after):
    with pytest.raises(Refusal, match="a number of answers"):
        close_when(survey, None, after, now)


def test_what_is_put_away_is_offered_to_no_touchpoint_until_it_is_taken_out(survey, now):
    archive(survey, [], now)
    assert survey.state_at(now) is State.ARCHIVED
    assert survey not in surveys_to_ask()

    take_out(survey)
    assert survey in surveys_to_ask()


def test_what_a_touchpoint_asks_is_not_put_away(survey, now):
    with pytest.raises(StillAsked, match="After delivery"):
        archive(survey, ["After delivery"], now)


def test_the_check_back_neither_ends_nor_is_copied(make, now):
    check_back, olga = make.survey("check-back"), make.staff("Olga", "owner")
    for verb in (
        lambda: close_when(check_back, now, None, now),
        lambda: archive(check_back, [], now),
        lambda: copy_survey(check_back, "Mine", olga, now),
    ):
        with pytest.raises(NotEditable):
            verb()


def test_a_copy_takes_what_is_being_written_and_is_a_draft(make, survey, now):
    olga = make.staff("Olga", "owner")
    assert draft_of(copy_survey(survey, "Mine", olga, now)).definition == NPS

    written = with_texts(NPS, {"key.question": {"en": "Would you?"}})
    change(survey, written, 0, olga, now)
    twin = copy_survey(survey, "Mine", olga, now)
    assert (twin.key, twin.kind, twin.state_at(now)) == ("mine-2", "nps", State.DRAFT)
    assert draft_of(twin).definition == written
