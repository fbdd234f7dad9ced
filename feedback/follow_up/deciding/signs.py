"""What rules and priorities look at: the answer, how its comment was read, and the customer's past."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.analysis.intents.finds import Find
from feedback.analysis.mismatch import mismatch
from surveys.scales import SCALES, Mood, mood_of

CLEARLY_NEGATIVE = -0.5
AGAIN_WITHIN = timedelta(
    days=180
)  # a second unhappy answer within this time is a repetition (methodology 4.2)
CONTACT_WITHIN = timedelta(days=30)  # another case within this time makes it a repeated contact (5.3)


@dataclass(frozen=True)
class Submission:
    """What the rules look at in one response.

    `kind` is that of a scale (others have no low score); `contact_permission` is None when the
    question was left unanswered; `imported` when it was recorded from elsewhere as history;
    `wrote_back` when it came as a mail; `is_anonymous` when whose it is was promised to stay unknown.
    `survey` and `brand` are keys.
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
    survey: str = ""
    brand: str = ""

    @property
    def mood(self) -> Mood | None:
        """What the score says of the customer; None without a score on a known scale."""
        scale = SCALES.get(self.kind)
        if scale is None or self.score is None or self.score not in scale.scores:
            return None
        return mood_of(scale.group_of(self.score))

    @property
    def is_low(self) -> bool:
        """Whether the score is one of an unhappy customer."""
        return self.mood == "unhappy"

    @property
    def is_worst(self) -> bool:
        """Whether the score is as bad as it gets; never where one point stands for all who are unhappy."""
        return self.is_low and SCALES[self.kind].is_worst(self.score)


@dataclass(frozen=True)
class Reading:
    """How a comment was read: `label` negative, neutral, …; `polarity` -1 to 1, None if unreadable.

    `confidence` is 0 to 1, None where the reader gave none; `finds` are the customer's intents with their words.
    """

    label: str
    polarity: float | None
    confidence: float | None = None
    finds: tuple[Find, ...] = ()

    @property
    def intents(self) -> frozenset[str]:
        """What the customer wants or threatens."""
        return frozenset(find.intent for find in self.finds)


@dataclass(frozen=True)
class Past:
    """What is known of the customer before this answer.

    `segments` are public ids of those the customer is in; `unhappy_lately`: another unhappy answer within 180 days;
    `unhappy_before`: the last answer with a score was an unhappy one; `case_lately`: another task within 30 days;
    `same_order`: an earlier task on the same order was thought to be done, or this one was taken up again;
    `undelivered`: nothing of the order has arrived for longer than it may take;
    `value` is the share of the shop's customers who spend less, 0 to 1.
    """

    is_vip: bool = False
    segments: frozenset[str] = frozenset()
    unhappy_lately: bool = False
    unhappy_before: bool = False
    case_lately: bool = False
    same_order: bool = False
    undelivered: bool = False
    value: float = 0.0


NOTHING = Past()


def clearly_negative(reading: Reading | None) -> bool:
    """Tell whether the words are plainly unhappy: read as negative with polarity -0.5 or less."""
    return (
        reading is not None
        and reading.label == "negative"
        and reading.polarity is not None
        and reading.polarity <= CLEARLY_NEGATIVE
    )


def flag_of(submission: Submission, reading: Reading | None) -> str | None:
    """Return how score and words disagree, a key of `analysis.mismatch.MISMATCHES`; None where they agree."""
    if reading is None:
        return None
    kind, score = submission.kind, submission.score
    return mismatch(kind, score, reading.label, reading.polarity, reading.confidence)


def intents_of(reading: Reading | None) -> frozenset[str]:
    """Return what the customer wants or threatens; nothing before there is a reading."""
    return frozenset() if reading is None else reading.intents
