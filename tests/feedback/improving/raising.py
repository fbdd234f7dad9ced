"""Answers that raise something, the quiet rest, and improvements that grow from them."""

from datetime import timedelta

from feedback.analysis.models import Analysis, Mention
from feedback.improving.changing import change
from feedback.improving.starting import Draft, start
from feedback.improving.states import State
from feedback.improving.verdicts import Hope
from feedback.insights.selection import Days, Selection, over
from surveys.database import db

LATE = "DELIVERY.LATE"
FEWER = Hope("share", "down", None)


def raised(make, at, score=2, comment="Came far too late", code=LATE, polarity=-0.7, **values):
    """Make an answer whose comment mentions a theme, read as angry unless told otherwise."""
    with make.at_one_go():
        response = make.response(score, comment, submitted_at=at, saved_at=at, analysed_at=at, **values)
        reading = make.keep(
            Analysis(
                response=response,
                label="negative" if polarity < 0 else "positive",
                polarity=polarity,
                subjectivity=0.5,
                analyzer="test",
                analysed_at=at,
            )
        )
        make.keep(Mention(analysis=reading, kind="theme", code=code, start=5, end=13, polarity=polarity))
    return response


def answered(make, at, n, scores=(9,), customer=None, **values):
    """Make `n` answers without a comment, all by one customer unless told otherwise."""
    with make.at_one_go():
        customer = customer or make.customer("Quiet Quentin")
        for place in range(n):
            make.response(
                scores[place % len(scores)], customer=customer, submitted_at=at, saved_at=at, **values
            )


def chosen(now, first, last, **values):
    """The answers to the NPS from `first` to `last` days ago."""
    days = Days((now - timedelta(days=first)).date(), (now - timedelta(days=last)).date())
    return over(Selection(survey="nps", **values), days)


def idea(now, *, about="theme", code=LATE, hope=FEWER, first=60, last=31, owner=None, **values):
    """Start an improvement from what was raised in the days before it took effect."""
    draft = Draft("Another carrier", about, code, hope, owner=owner)
    made = start(draft, chosen(now, first, last, **values), now, actor=owner)
    db.session.commit()
    return made


def in_effect(now, *, since=30, until=0, **values):
    """The same, in effect since `since` days and checked `until` days from now."""
    made = idea(now, **values)
    change(made, {"state": State.PLANNED}, now)
    effect_on, check_on = (now - timedelta(days=since)).date(), (now + timedelta(days=until)).date()
    change(made, {"state": State.IN_EFFECT, "effect_on": effect_on, "check_on": check_on}, now)
    db.session.commit()
    return made
