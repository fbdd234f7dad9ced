"""Does this response need a task, by which rule, and how urgent is it?

Two stages, because a task never waits for the reader: the score is judged at once, the comment
when a reading of it exists. The rules are those of methodology 4.2 as far as score and plainly
negative words go:

- `low_score`: a score of an unhappy group, such as NPS 0 to 6, CSAT 1 to 2, CES 1 to 3, thumbs down. Nobody is
  unhappy on the scale of PMF.
- `negative_comment`: read as negative with polarity -0.5 or less, at any score. What also praises is *mixed* and opens
  none by itself (methodology 5.2: insight only); with a low score its row begins with the complaint.
- `wrote_back`: the customer answered our mail with one of their own, and a person should read it.

Priority: P3 is a low score without a comment, or a mail that is not plainly unhappy; P2 a low score
with one, or a clearly negative comment at any score; P1 the lowest scores (NPS 0 to 2, CSAT 1, CES 1, one star)
with a clearly negative one. Where one point stands for all who are unhappy (thumbs, three points) nothing is lowest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from surveys.errors import N_
from surveys.scales import SCALES

# Highest score that opens a task, by the kind of question.
LOW_AT_MOST = {kind: scale.unhappy_at_most for kind, scale in SCALES.items()}
# Highest score that counts as a disaster when the words say so too.
LOWEST_AT_MOST = {kind: scale.worst_at_most for kind, scale in SCALES.items()}
CLEARLY_NEGATIVE = -0.5
OLDEST = timedelta(days=14)


class Priority(StrEnum):
    """How urgent a task is; compares as text, so the smaller is the more urgent."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


# The table of the module's description in the reader's words; P0 is a P1 that was taken up again.
WHY_PRIORITY: dict[str, str] = {
    Priority.P1: N_("One of the lowest scores (NPS 0 to 2, CSAT 1, CES 1) with a clearly negative comment."),
    Priority.P2: N_("A low score with a comment, or a clearly negative comment at any score."),
    Priority.P3: N_("A low score without a comment, or a mail that is not plainly unhappy."),
}

RULES: dict[str, str] = {
    "low_score": N_("The score is low."),
    "negative_comment": N_("The comment is clearly negative."),
    "wrote_back": N_("The customer answered our mail with one of their own."),
}

REASONS_NOT: dict[str, str] = {
    "not_needed": N_("The score is not low, and the comment, if there is one, is not clearly negative."),
    "imported": N_("The answer was brought in from elsewhere as history; only new answers open tasks."),
    "too_old": N_(
        "The answer was more than 14 days old when it was looked at, too old to begin with it now."
    ),
    "anonymous": N_("The survey is anonymous, so nobody can be written to, called or named here."),
    "no_customer": N_("Nobody knows whose answer this is, so there is nobody to write to or to call."),
    "contact_refused": N_(
        "The answer would need one, but the customer does not want to be contacted about it."
    ),
}


@dataclass(frozen=True)
class Submission:
    """What the rules look at in one response.

    `kind` is that of a scale (others have no low score); `contact_permission` is None when the
    question was left unanswered; `imported` when it was recorded from elsewhere as history;
    `wrote_back` when it came as a mail; `is_anonymous` when whose it is was promised to stay unknown.
    """

    kind: str
    score: int | None
    has_comment: bool
    contact_permission: bool | None
    has_customer: bool
    submitted_at: datetime
    imported: bool = False
    wrote_back: bool = False
    is_anonymous: bool = False


@dataclass(frozen=True)
class Reading:
    """How a comment was read: `label` negative, neutral, …; `polarity` -1 to 1, None if unreadable."""

    label: str
    polarity: float | None


@dataclass(frozen=True)
class Decision:
    """Open a task or not: `reason_not` is None when so, `priority` is None when not.

    `rule` names the rule that matched, also when something else forbade the task: that is how low
    scores without permission are counted. `permission_unanswered` says that the customer left the
    contact question unanswered; the task page shows it.
    """

    open: bool
    rule: str | None
    priority: Priority | None
    reason_not: str | None
    permission_unanswered: bool = False


def clearly_negative(reading: Reading | None) -> bool:
    """Tell whether the words are plainly unhappy: read as negative with polarity -0.5 or less."""
    return (
        reading is not None
        and reading.label == "negative"
        and reading.polarity is not None
        and reading.polarity <= CLEARLY_NEGATIVE
    )


def decide(submission: Submission, reading: Reading | None, now: datetime) -> Decision:
    """Decide from all that is known; the score rule comes first.

    `reading` is None before there is one: then the score alone decides, at once.
    """
    rule = None
    if _at_most(submission, LOW_AT_MOST):
        rule = "low_score"
    elif clearly_negative(reading):
        rule = "negative_comment"
    elif submission.wrote_back:
        rule = "wrote_back"
    return _decision(submission, rule, reading, now)


def why_none(submission: Submission, reading: Reading | None) -> str:
    """Return the code of `REASONS_NOT` for a response that was looked at and has no task.

    Nobody noted the day of that look. What forbids a task on the day of the answer itself forbids it for good;
    where nothing does, the answer was too old when its turn came.
    """
    return decide(submission, reading, submission.submitted_at).reason_not or "too_old"


def more_urgent(one: Priority | str, other: Priority | str) -> Priority:
    """Return the more urgent of two priorities; a later reading raises a task and never lowers it."""
    return min(Priority(one), Priority(other))


def one_level_up(priority: Priority | str) -> Priority:
    """Return the next more urgent priority, for a task that was reopened; P0 stays P0."""
    levels = list(Priority)
    return levels[max(0, levels.index(Priority(priority)) - 1)]


def _decision(submission: Submission, rule: str | None, reading: Reading | None, now: datetime) -> Decision:
    """Return the decision for a rule that matched (or None) after looking for what forbids a task."""
    if rule is None:
        return Decision(False, None, None, "not_needed")
    reason_not = _forbidden(submission, now)
    if reason_not is not None:
        return Decision(False, rule, None, reason_not)
    return Decision(True, rule, _priority(submission, reading), None, submission.contact_permission is None)


def _forbidden(submission: Submission, now: datetime) -> str | None:
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


def _priority(submission: Submission, reading: Reading | None) -> Priority:
    """Return the priority of a response that a rule has matched; see the module for the table."""
    if clearly_negative(reading):
        return Priority.P1 if _at_most(submission, LOWEST_AT_MOST) else Priority.P2
    low = _at_most(submission, LOW_AT_MOST)
    return Priority.P2 if low and submission.has_comment else Priority.P3


def _at_most(submission: Submission, limits: dict[str, int | None]) -> bool:
    """Tell whether the score is at or below the limit for its kind of question."""
    limit = limits.get(submission.kind)
    return limit is not None and submission.score is not None and submission.score <= limit
