"""At most three reasons why a task stands on top, the strongest first."""

from typing import Any, NamedTuple

from feedback.follow_up.deciding.chips import chips_of


class Weighed(NamedTuple):
    why: str = "low_with_comment"
    parts: dict[str, float] = {}  # noqa: RUF012
    finds: list[list[Any]] = []  # noqa: RUF012


def codes(signals, is_broken=False):
    return [chip.code for chip in chips_of(signals, is_broken)]


def test_threats_come_first_with_the_words_that_say_them():
    (chip, *_) = chips_of([Weighed(finds=[["refund", 0, 4], ["safety", 30, 36], ["safety", 10, 16]])], False)

    assert chip == ("safety", 0, (10, 16))


def test_three_are_enough():
    bad = Weighed("disaster", {"value": 0.9, "repetition": 1.0}, [["churn", 0, 3], ["question", 5, 8]])

    assert codes([bad], is_broken=True) == ["churn", "broken", "disaster"]


def test_what_is_known_of_the_customer_comes_after_what_happened():
    assert codes([Weighed("unhappy_vip", {"value": 0.95})]) == ["unhappy_vip", "valued"]
    assert codes([Weighed("same_order", {"repetition": 1.0})]) == ["same_order"]
    assert codes([Weighed(parts={"repetition": 0.5})]) == ["again"]
    assert codes([Weighed(), Weighed()]) == ["several"]
    assert codes([Weighed("mixed")]) == ["mixed"]


def test_an_ordinary_task_needs_no_reasons():
    assert codes([Weighed()]) == codes([]) == []
