"""The verdict comes once, when the window is over, by the figures of that moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.improving import judging
from feedback.improving.judging import backlog, judge_due
from feedback.improving.measuring import comparison
from feedback.improving.models import ImprovementReminder
from feedback.improving.reminding import send_due
from feedback.improving.verdicts import Hope
from surveys.database import db
from surveys.invitations.post import Post
from tests.feedback.improving.raising import answered, in_effect, raised

POST = Post("https://feedback.shop.test", "survey@shop.test", "s" * 40)
DAY = timedelta(days=1)


def reminders():
    return list(db.session.scalars(select(ImprovementReminder)))


def test_it_is_judged_once_and_told_to_its_owner_with_figures_that_stay(make, story, now, channels, kept):
    found = in_effect(now, owner=story, until=2)
    assert (found.evidence_answers, found.evidence_raised, len(found.examples)) == (45, 15, 5)
    assert comparison(found, now).after.raised == 1
    assert judge_due(now, 10) == judge_due(now + 1.5 * DAY, 10) == 0, "the window is not over"

    later = now + 2 * DAY
    assert (backlog(later), judge_due(later, 10), judge_due(later, 10), backlog(later)) == (1, 1, 0, 0)

    assert (found.state, found.verdict, found.why, found.judged_at) == ("checked", "worked", "clear", later)
    raised(make, now - 40 * DAY, customer=make.customer("Late Lars"))
    kept_figures = comparison(found, later + 9 * DAY)
    assert (kept_figures.before.raised, kept_figures.before.n) == (15, 45), "the figures stay as they were"
    assert [each.staff_id for each in reminders()] == [story.id]
    send_due(later, 10, channels, POST)
    send_due(later, 10, channels, POST)
    (mail,) = kept.messages
    assert "worked" in mail.subject and found.public_id in mail.text and "late" not in mail.text


@pytest.mark.once
def test_one_that_raises_is_set_aside_and_the_others_are_judged(story, now, monkeypatch):
    broken, sound = (in_effect(now, owner=story, until=2).id for _ in range(2))
    whole = judging.compared

    def damaged(improvement, *along):
        if improvement.id == broken:
            raise RuntimeError("its parts are damaged")
        return whole(improvement, *along)

    monkeypatch.setattr(judging, "compared", damaged)
    later = now + 2 * DAY
    assert (judge_due(later, 1), judge_due(later, 1)) == (0, 1)
    assert [each.improvement_id for each in reminders()] == [sound] and backlog(later) == 0


@pytest.mark.usefixtures("race")
def test_two_ticks_at_once_judge_once(app, story, now):
    in_effect(now, owner=story)

    def tick(_number):
        with app.app_context():
            return judge_due(now, 10)

    with ThreadPoolExecutor(2) as both:
        list(both.map(tick, range(2)))
    db.session.expire_all()
    assert len(reminders()) == 1


def test_a_cause_waits_for_tasks_that_may_have_it_and_few_answers_are_no_verdict(make, now):
    with make.at_one_go():
        customer = make.customer()
        for place in range(16):
            at = now - (40 if place < 10 else 10) * DAY
            response = make.response(2, "Too late", customer=customer, submitted_at=at, saved_at=at)
            cause = "carrier" if place < 10 else None
            make.task(response, cause=cause, cause_detail=cause and "carrier.late")
        for days in (40, 10):
            answered(make, now - days * DAY, 30, customer=customer)
    found = in_effect(now, about="cause", code="carrier.late")
    score = in_effect(
        now, about="cause", code="carrier", hope=Hope("score", "up", None), since=5, until=9, last=0
    )

    judge_due(now + 9 * DAY, 10)

    assert (found.verdict, found.figures["before"]["raised"], found.figures["after"]["unsettled"]) == (
        "unclear",
        10,
        6,
    )
    assert (score.verdict, score.why) == ("unclear", "too_few")
