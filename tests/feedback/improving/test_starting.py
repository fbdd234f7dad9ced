"""An improvement begins with what was raised, frozen as it was; without that there is none."""

from datetime import timedelta

import pytest

from feedback.improving.queries import causes_found, themes_raised
from feedback.improving.starting import Draft, NothingRaised, start
from feedback.improving.subjects import NoSubject
from feedback.improving.verdicts import Hope
from feedback.improving.wording import HopeUnfit, LineUnfit, NobodyHere
from feedback.insights.reporting import TooFewToShow
from surveys.database import db
from tests.feedback.improving.raising import FEWER, LATE, answered, chosen, idea, raised

DAY = timedelta(days=1)


def test_the_evidence_is_frozen_with_the_latest_words_and_knows_praise_from_complaint(make, now):
    with make.at_one_go():
        old = [raised(make, now - (50 - n) * DAY, comment=f"Late {n}") for n in range(6)]
        for happy_or_plain in (0.6, 0.0):
            raised(make, now - 40 * DAY, score=10, polarity=happy_or_plain)
        raised(make, now - 40 * DAY, code="DELIVERY", polarity=-0.2)
        raised(make, now - 40 * DAY, score=10, polarity=-0.2, comment="Late, and all the rest was lovely")
        make.task(old[0], cause="carrier", cause_detail="carrier.late")
        answered(make, now - 40 * DAY, 10)
    found = idea(now)
    raised(make, now - 40 * DAY)

    assert (found.evidence_answers, found.evidence_raised) == (20, 7)
    assert [each.response.comment for each in found.examples] == [f"Late {n}" for n in (5, 4, 3, 2, 1)]
    assert idea(now, code="DELIVERY").evidence_raised == 9, "who writes of a detail writes of the theme"
    period = chosen(now, 60, 31)
    assert themes_raised(period, now) == [("DELIVERY", 9), (LATE, 8)]
    assert causes_found(period, now) == [("carrier", 1), ("carrier.late", 1)]
    assert idea(now, about="cause", code="carrier.late").evidence_raised == 1


@pytest.mark.once
def test_what_cannot_begin_is_refused_and_leaves_nothing(make, now):
    gone = make.staff("Gone", is_active=False)
    with make.at_one_go():
        raised(make, now - 40 * DAY, customer=make.customer("Heidi", country="CH"))
        answered(make, now - 40 * DAY, 20)
    for refusal, draft, period in (
        (NoSubject, Draft("T", "theme", "WEATHER", FEWER), {}),
        (NoSubject, Draft("T", "cause", LATE, FEWER), {}),
        (NothingRaised, Draft("T", "theme", "PRICE", FEWER), {}),
        (TooFewToShow, Draft("T", "theme", LATE, FEWER), {"country": "CH"}),
        (LineUnfit, Draft(" ", "theme", LATE, FEWER), {}),
        (HopeUnfit, Draft("T", "theme", LATE, Hope("score", "up", 201.0)), {}),
        (NobodyHere, Draft("T", "theme", LATE, FEWER, owner=gone), {}),
    ):
        with pytest.raises(refusal):
            start(draft, chosen(now, 60, 31, **period), now, actor=None)
        assert not db.session.new
