"""Try a rule on past answers: which tasks it would have opened, and which an earlier rule opens anyway.

Other weights are tried on the tasks of the last weeks: which would have stood elsewhere.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from feedback.follow_up.deciding.book import Book, Rule, matches, matching, might_match
from feedback.follow_up.deciding.points import points_of_stored
from feedback.follow_up.deciding.queries import past_answers, readings_of, tasks_opened_since
from feedback.follow_up.deciding.remembering import as_read, past_for_rules, submission_of
from feedback.follow_up.deciding.verdicts import forbidden
from feedback.follow_up.deciding.weights import Weights
from feedback.follow_up.models import Task
from surveys.responses.models import Response

DAYS, DAYS_OF_TASKS = 90, 30
MOST = 5_000  # of the newest answers or tasks
SHOWN, SHOWN_TASKS = 20, 10
NOTICEABLE = 1.0  # points


class Rehearsal(NamedTuple):
    """What a rule would have done: answers whose tasks it `opens`, those without a comment `silent` among them.

    `anyway` also match it, but an earlier rule opens their tasks; `forbidden` match and open none, because nobody may
    or can get in touch. `looked_at` answers of the last `days` were tried, and `is_all` says whether there are no more.
    """

    days: int
    looked_at: int
    is_all: bool
    opens: int
    silent: int
    anyway: int
    forbidden: int
    shown: Sequence[Response]


def rehearse(book: Book, rule: Rule, now: datetime) -> Rehearsal:
    """Try a rule in its place in the book, a new one at the end, as if it were switched on.

    What is known of customers is asked as of the day of each answer.
    """
    earlier = _before(book, rule)
    tried = Book(book.version, (*earlier, replace(rule, is_on=True)))
    answers = past_answers(now - timedelta(days=DAYS), now, rule, MOST + 1)
    readings = readings_of(answers[:MOST])
    opened: list[Response] = []
    anyway = kept_from = 0
    for response in answers[:MOST]:
        submission = submission_of(response)
        analysis = readings.get(response.id) if response.analysed_at is not None else None
        reading = as_read(analysis)
        if not might_match(rule, submission, reading):
            continue
        past = past_for_rules(response, tried)
        if not matches(rule, submission, reading, past):
            continue
        if forbidden(submission, submission.submitted_at) is not None:
            kept_from += 1
        elif matching(earlier, submission, reading, past):
            anyway += 1
        else:
            opened.append(response)
    silent = sum(not response.comment for response in opened)
    return Rehearsal(
        DAYS,
        min(len(answers), MOST),
        len(answers) <= MOST,
        len(opened),
        silent,
        anyway,
        kept_from,
        opened[:SHOWN],
    )


class Moved(NamedTuple):
    """A task with the points it has and those that it would have."""

    task: Task
    before: float
    after: float


class Weighed(NamedTuple):
    """What other weights would do with the `tasks` of the last `days`: `moved` get other points, `shown` the most so."""

    days: int
    tasks: int
    moved: int
    shown: Sequence[Moved]


def weigh_past(weights: Weights, now: datetime) -> Weighed:
    """Try weights on the tasks of the last 30 days, of those that wait for nobody any more, too; nothing is stored."""
    tasks = [it for it in tasks_opened_since(now - timedelta(days=DAYS_OF_TASKS), MOST) if it.signals]
    found = [
        Moved(it, it.points, max(points_of_stored(each.parts, weights) for each in it.signals))
        for it in tasks
    ]
    moved = [each for each in found if abs(each.after - each.before) >= NOTICEABLE]
    moved.sort(key=lambda each: -abs(each.after - each.before))
    return Weighed(DAYS_OF_TASKS, len(tasks), len(moved), moved[:SHOWN_TASKS])


def _before(book: Book, rule: Rule) -> tuple[Rule, ...]:
    """Return the rules that come before this one."""
    keys = [each.key for each in book.rules]
    return book.rules[: keys.index(rule.key)] if rule.key in keys else book.rules
