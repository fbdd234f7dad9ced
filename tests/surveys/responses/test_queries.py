"""While few have answered an anonymous survey, no answer to it is shown by itself."""

import pytest

from surveys.database import db
from surveys.questionnaires.anonymity import FEWEST_SHOWN
from surveys.responses.excluding import exclude
from surveys.responses.queries import HeldBack, check_not_held_back, held_back


def answers(make, n, **values):
    return [make.response(3, **values) for _ in range(n)]


@pytest.mark.once
def test_answers_are_held_back_up_to_the_fifth(make):
    survey = make.anonymous()
    assert held_back() == []  # nothing there to hold back
    answers(make, FEWEST_SHOWN - 1)
    assert held_back() == [survey]
    with pytest.raises(HeldBack):
        check_not_held_back(survey)

    answers(make, 1)
    assert held_back() == []
    check_not_held_back(survey)


def test_surveys_with_names_are_never_held_back(make):
    answers(make, 1)
    assert held_back() == []


def test_tests_and_programs_do_not_make_up_the_number(make, now):
    survey = make.anonymous()
    answers(make, 1)
    answers(make, FEWEST_SHOWN, excluded_at=now, excluded_reason="test")

    assert held_back() == [survey]


@pytest.mark.once
def test_what_was_shown_stays_shown_when_somebody_excludes_an_answer(make, now):
    make.anonymous()
    *_, last = answers(make, FEWEST_SHOWN)
    exclude(last, "bot", make.staff(role="owner"), now)
    db.session.commit()

    assert held_back() == []
