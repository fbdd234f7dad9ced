import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

from feedback.demo.filling import comments
from feedback.demo.opinions import Voices
from feedback.demo.story import orders, shoppers
from feedback.demo.year import RULE, tell

NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


@cache
def year(seed=5, customers=700):
    drafts = orders(random.Random(seed), shoppers(random.Random(seed), customers), NOW)
    return tell(drafts, Voices(random.Random(seed), comments()), NOW), drafts


def test_every_order_is_told_and_considered_once():
    found, drafts = year()

    assert sorted(order.number for _, order in found.told) == [order.number for order in drafts]
    assert len(found.askings) == len(drafts)


def test_every_kind_of_decision_occurs():
    found, _ = year()
    kinds = Counter((asking.state, asking.reason) for asking in found.askings)

    assert kinds[("sent", None)] > 0.7 * len(found.askings)
    for no in ("rest_period", "cancelled"):
        assert kinds[("refused", no)] > 0
    assert kinds[("planned", None)] > 0


def test_nobody_is_asked_twice_within_the_rest_period_or_after_objecting():
    found, _ = year()
    asked = {}
    for asking in found.askings:
        if asking.sent_at:
            asked.setdefault(asking.order.shopper.number, []).append(asking.sent_at)

    for number, times in asked.items():
        assert all(later - earlier >= RULE.rest for earlier, later in pairwise(sorted(times)))
        objected_at = found.objections.get(number)
        assert objected_at is None or max(times) <= objected_at


def test_nothing_happens_after_now_and_planned_ones_lie_ahead():
    found, _ = year()

    assert all(answer.at <= NOW for answer in found.answers)
    for asking in found.askings:
        assert asking.sent_at is None or asking.sent_at <= NOW
        if asking.state == "planned":
            assert asking.due_at > NOW


def test_an_answer_comes_after_its_question_and_never_twice():
    found, _ = year()
    asked = [answer.asking for answer in found.answers if answer.asking is not None]

    assert len({id(asking) for asking in asked}) == len(asked)
    for answer in found.answers:
        if answer.asking is not None:
            assert answer.at > answer.asking.sent_at
        else:
            assert answer.at > answer.order.delivered_at


def test_all_three_questions_are_answered_and_the_last_days_are_alive():
    found, _ = year()

    assert {answer.survey for answer in found.answers} == {"nps", "csat", "ces"}
    for first, last in ((0, 12), (20, 31)):
        since, until = NOW - timedelta(hours=last), NOW - timedelta(hours=first)
        assert any(since <= answer.at <= until for answer in found.answers)
