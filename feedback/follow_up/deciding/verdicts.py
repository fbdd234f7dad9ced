"""Does this response need a task, by which rule, and how urgent is it?

Two stages, because a task never waits for the reader: the score is judged at once, the comment
when a reading of it exists. Which signs open a task is the rule book's affair; whatever it says, some
answers open none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.follow_up.deciding.book import STANDARD, Book, matching
from feedback.follow_up.deciding.points import NO_PARTS, Parts, parts_of
from feedback.follow_up.deciding.priorities import Priority, level_of
from feedback.follow_up.deciding.signs import NOTHING, Past, Reading, Submission
from surveys.errors import N_

OLDEST = timedelta(days=14)

REASONS_NOT: dict[str, str] = {
    "not_needed": N_("No rule matches: nothing in it asks for somebody to get in touch."),
    "imported": N_("The answer was brought in from elsewhere as history; only new answers open tasks."),
    "too_old": N_(
        "The answer was more than 14 days old when it was looked at, too old to begin with it now."
    ),
    "anonymous": N_("The survey is anonymous, so nobody can be written to, called or named here."),
    "no_customer": N_("Nobody knows whose answer this is, so there is nobody to write to or to call."),
    "contact_refused": N_(
        "The answer would need one, but the customer does not want to be contacted about it."
    ),
    "rules_changed": N_(
        "The rules of today would open one. When it was looked at, other rules held, or it was too old by then."
    ),
}


@dataclass(frozen=True)
class Decision:
    """Open a task or not: `reason_not` is None when so; `priority` and `why` (of `priorities.WHY`) are None when not.

    `rule` is the key of the first rule that matched, also when something else forbade the task: that is how low
    scores without permission are counted. `further` are the keys of the other ones. `permission_unanswered` says
    that the customer left the contact question unanswered; the task page shows it. `parts` make the points.
    """

    open: bool
    rule: str | None
    priority: Priority | None
    reason_not: str | None
    permission_unanswered: bool = False
    further: tuple[str, ...] = ()
    why: str | None = None
    parts: Parts = NO_PARTS


def decide(
    submission: Submission,
    reading: Reading | None,
    now: datetime,
    book: Book = STANDARD,
    past: Past = NOTHING,
) -> Decision:
    """Decide from all that is known; the first rule of the book that matches opens the task.

    `reading` is None before there is one: then the score alone decides, at once.
    """
    keys = [rule.key for rule in matching(book.rules, submission, reading, past)]
    if not keys:
        return Decision(False, None, None, "not_needed")
    first, further = keys[0], tuple(keys[1:])
    reason_not = forbidden(submission, now)
    if reason_not is not None:
        return Decision(False, first, None, reason_not, further=further)
    level = level_of(submission, reading, past)
    return Decision(
        True,
        first,
        level.priority,
        None,
        submission.contact_permission is None,
        further,
        level.why,
        parts_of(submission, reading, past),
    )


def why_none(
    submission: Submission, reading: Reading | None, book: Book = STANDARD, past: Past = NOTHING
) -> str:
    """Return the code of `REASONS_NOT` for a response that was looked at and has no task.

    Nobody noted the day of that look. What forbids a task on the day of the answer itself forbids it for good;
    where nothing does, the answer was too old when its turn came, or the rules have been changed since.
    """
    decision = decide(submission, reading, submission.submitted_at, book, past)
    return decision.reason_not or ("too_old" if book.version == STANDARD.version else "rules_changed")


def forbidden(submission: Submission, now: datetime) -> str | None:
    """Return why this response may not open a task however bad it is, or None."""
    if submission.imported:
        return "imported"
    if now - submission.submitted_at > OLDEST:
        return "too_old"
    if submission.is_anonymous:
        return "anonymous"
    if not submission.has_customer:
        return "no_customer"
    if submission.contact_permission is False:
        return "contact_refused"
    return None
