"""What is missing until a survey has its first answer: the first of the steps to it that is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Missing = Literal[
    "draft", "nobody_asks", "off", "testing", "no_order", "no_round", "event", "leaves", "due", "answer"
]
PROGRAMMES = frozenset({"rolling", "once"})


@dataclass(frozen=True)
class Asks:
    """A touchpoint that asks a survey: what it waits for, and what has become of its invitations, tests apart.

    `waiting` are planned and wait for an event; `due_at` is when the first of the others leaves, None without one.
    """

    public_id: str
    name: str
    trigger: str
    is_on: bool
    only_team: bool
    waiting: int
    due_at: datetime | None
    sent: int


@dataclass(frozen=True)
class Step:
    """What is missing; `by` is the touchpoint that it is about, None where it is about none."""

    missing: Missing
    by: Asks | None = None


def step_to(is_published: bool, asks: Sequence[Asks], links: int, now: datetime) -> Step:
    """Return what is missing until the first answer to a survey with `links` that are on.

    What is furthest decides: where an invitation has left, or a link can be followed, only the answer is missing.
    """
    if not is_published:
        return Step("draft")
    living = [each for each in asks if each.is_on and not each.only_team]
    sent = next((each for each in living if each.sent), None)
    if sent is not None or links:
        return Step("answer", sent)
    planned = [(each.due_at, each) for each in living if each.due_at is not None]
    if planned:
        at, first = min(planned, key=lambda one: one[0])
        return Step("leaves" if at > now else "due", first)
    for missing, found in (
        ("event", [each for each in living if each.waiting]),
        ("no_order", [each for each in living if each.trigger not in PROGRAMMES]),
        ("no_round", living),
        ("testing", [each for each in asks if each.is_on]),
        ("off", list(asks)),
    ):
        if found:
            return Step(missing, found[0])  # type: ignore[arg-type]
    return Step("nobody_asks")
