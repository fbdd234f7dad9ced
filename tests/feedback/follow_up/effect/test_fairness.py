"""Whether customers are contacted alike, whatever they speak, wherever they live, whatever they spend."""

from feedback.follow_up.deciding.points import Parts
from feedback.follow_up.effect.fairness import Counted, compare
from feedback.follow_up.effect.measuring import fairness
from feedback.follow_up.effect.recovery import Share
from feedback.follow_up.effect.survival import Watched
from feedback.follow_up.models import Signal
from feedback.insights.selection import Selection
from tests.feedback.follow_up.effect.cohorts import HOUR, case


def group(n):
    return Counted(n, Share(n, n))


def of(make, now, n, *, locale, country=None, contacted=None, value=None):
    with make.at_one_go():
        for _ in range(n):
            customer = make.customer(country=country)
            task = case(make, now, customer=customer, contacted=contacted)
            task.response.locale = locale
            if value is not None:
                parts = dict(Parts(value=value)._asdict())
                given = {"rule": "low_score", "priority": "P2", "why": "low_with_comment", "at": now}
                make.keep(
                    Signal(
                        task=task,
                        response=task.response,
                        points=0,
                        rule_version=1,
                        parts=parts,
                        finds=[],
                        **given,
                    )
                )


def test_a_language_that_waits_longer_is_told_apart(make, now):
    of(make, now, 12, locale="en", contacted=HOUR)
    of(make, now, 6, locale="de-AT", contacted=30 * HOUR)
    (languages,) = fairness(Selection(), now)
    english, german = languages.groups
    assert (languages.dimension, english.value, english.n, german.value, german.n) == (
        "language",
        "en",
        12,
        "de",
        6,
    )
    assert (english.in_time, german.in_time) == ((12, 12), (0, 6))
    assert german.contact.quantile().time == 30 * 60
    assert english.is_apart and german.is_apart


def test_countries_and_thirds_of_spending_are_compared_without_those_nobody_knows(make, now):
    of(make, now, 6, locale="en", country="AT", contacted=HOUR, value=0.1)
    of(make, now, 5, locale="en", country="DE", contacted=HOUR, value=0.9)
    of(make, now, 7, locale="en")
    countries, spending = fairness(Selection(), now)
    assert [(each.value, each.n) for each in countries.groups] == [("AT", 6), ("DE", 5)]
    assert [(each.value, each.n) for each in spending.groups] == [("low", 6), ("high", 5)]
    assert not any(each.is_apart for each in countries.groups)


def test_groups_that_are_so_small_that_people_could_be_told_apart_are_left_out():
    watched = {name: [Watched(60, True, 1)] for name in ("a", "b", "c", "")}
    few = compare("country", {"a": group(9), "b": group(8), "c": group(2)}, watched)
    assert [each.value for each in few.groups] == ["a"] and few.hidden == 2
    # What is not known is the rest of the total, and would tell of itself.
    rest = compare("country", {"a": group(9), "b": group(8), "": group(2)}, watched)
    assert [each.value for each in rest.groups] == ["a"] and rest.hidden == 1
