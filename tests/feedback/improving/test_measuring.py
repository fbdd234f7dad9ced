"""Both windows are counted by the rules of all figures, and small parts are hidden."""

from datetime import timedelta

import pytest

from feedback.improving.judging import judge_due
from feedback.improving.measuring import comparison
from feedback.improving.verdicts import Hope
from surveys.database import db
from tests.feedback.improving.raising import answered, in_effect, raised

DAY = timedelta(days=1)


def test_parts_of_few_people_are_never_shown(make, now):
    with make.at_one_go():
        swiss = make.customer("Heidi", country="CH")
        raised(make, now - 40 * DAY, customer=swiss)
        answered(make, now - 40 * DAY, 9, customer=swiss)
        for days in (40, 10):
            answered(make, now - days * DAY, 40)
        answered(make, now - 10 * DAY, 2, customer=swiss)
    found = in_effect(now, country="CH")

    assert comparison(found, now).is_hidden
    judge_due(now, 10)
    assert (found.verdict, found.why) == ("unclear", "hidden")


@pytest.mark.once
def test_a_mix_that_changed_is_told(make, now):
    with make.at_one_go():
        people = {code: make.customer(code, country=code) for code in ("DE", "AT")}
        for days, country, n, scores in (
            (40, "DE", 80, (9, 9, 9, 2)),
            (40, "AT", 20, (2, 2, 2, 9)),
            (10, "DE", 20, (9, 9, 9, 9, 2)),
            (10, "AT", 80, (2, 2, 9)),
        ):
            answered(make, now - days * DAY, n, scores, customer=people[country])
        raised(make, now - 40 * DAY, customer=people["DE"])
    found = in_effect(now, hope=Hope("score", "down", None))

    assert comparison(found, now).mixed == ("country",)
    judge_due(now, 10)
    assert (found.verdict, found.why) == ("unclear", "mix")


@pytest.mark.once
def test_answers_that_have_become_held_back_are_not_compared(make, now):
    make.anonymous()
    given = [raised(make, now - 40 * DAY) for _ in range(5)]
    found = in_effect(now)
    assert not comparison(found, now).is_hidden
    for response in given[:2]:
        db.session.delete(response)
    assert comparison(found, now).is_hidden, "an anonymous survey shows nothing of three answers"
