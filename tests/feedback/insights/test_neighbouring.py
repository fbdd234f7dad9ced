"""A few answers of each part with what they are along other dimensions, and what all of a part have in common."""

from datetime import timedelta

from feedback.insights import neighbouring
from feedback.insights.neighbouring import alike_along, examples_along
from feedback.insights.selection import Selection

NAMES, OTHERS = ("country",), ("channel", "lateness")


def test_examples_are_of_the_newest_and_what_is_alike_is_of_all(make_today, answers, monkeypatch):
    now = make_today.now
    answers([2] * 4, country="AT", channel="qr")
    answers([2] * 4, country="DE", late=True)
    answers([2], country="DE", submitted_at=now - timedelta(days=6))
    answers([2], country="CH", submitted_at=now - timedelta(days=6))
    monkeypatch.setattr(neighbouring, "AMONG", 5)
    period = Selection("nps", since=now - timedelta(days=8), until=now + timedelta(days=1))

    examples = examples_along(period, NAMES, OTHERS, 10, now)["nps"]
    assert (
        sorted(((each.cells, each.values) for each in examples), key=lambda each: sorted(each[0]))
        == [({("AT",)}, {"channel": "qr", "lateness": "on_time"})] * 2
        + [({("DE",)}, {"channel": "email", "lateness": "late"})] * 2
    )

    assert examples_along(Selection("nps"), NAMES, OTHERS, 10, now)["nps"] == examples, "of all time, too"
    assert alike_along(period, NAMES, OTHERS, [("AT",), ("DE",)], now) == {
        ("AT",): {"channel": "qr", "lateness": "on_time"},
        ("DE",): {"channel": "email"},
    }
