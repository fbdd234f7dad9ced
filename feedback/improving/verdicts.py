"""Did it help? Two windows of equal length, before and after the day it took effect, and what may be said of them.

The score is compared as everywhere in insights (`differences.compare`), the share of answers that raised the subject by
Newcombe's interval. *Worked* takes an interval that lies wholly on the hoped-for side of 0; *did not* one that lies on
the other side, or that rules out the least change that was hoped for. Everything else is *unclear*: with few answers that
is the usual end, and never "no difference". Tests run once, at the fixed end of the window (methodology 2.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from feedback.insights.differences import compare, share_difference, share_p
from feedback.insights.intervals import Interval, wilson
from feedback.insights.scores import HEADLINES, THIN_BELOW, Measure, measure
from feedback.insights.selection import Days
from feedback.insights.trends import Outcome, Verdict
from surveys.errors import N_

SCORE, SHARE = "score", "share"
MEASURES = (SCORE, SHARE)
UP, DOWN = "up", "down"
DIRECTIONS = (UP, DOWN)
Judgement = Literal["worked", "did_not", "unclear"]
# What people read for a verdict, and for why it is what it is.
VERDICTS: dict[str, str] = {
    "worked": N_("worked"),
    "did_not": N_("did not work"),
    "unclear": N_("unclear"),
}
WHYS: dict[str, str] = {
    "clear": N_("It moved as hoped, by more than chance explains."),
    "against": N_("It moved the other way, by more than chance explains."),
    "too_little": N_("A change as large as was hoped for can be ruled out."),
    "not_clear": N_("There is no clear difference: chance alone could explain it."),
    "too_few": N_("There are too few answers to tell: fewer than 30 before or after."),
    "mix": N_(
        "The mix of those who answered changed, so the score may have moved without anybody judging otherwise."
    ),
    "open_tasks": N_(
        "Tasks of these days are still open. If they all had this cause, it would not be rarer."
    ),
    "hidden": N_("So few people stand behind it that no figures are shown."),
}


class Hope(NamedTuple):
    """What was to move which way, and by how many points at least; None for any."""

    measure: str
    direction: str
    least: float | None


class Judged(NamedTuple):
    """The verdict and why, a key of `WHYS`."""

    verdict: Judgement
    why: str


@dataclass(frozen=True)
class Side:
    """One window: its days, how often each score was given, how many answers raised the subject.

    `unsettled` are open tasks without a cause, which may still turn out to have it; 0 where the subject is a theme.
    """

    days: Days
    scores: Mapping[int, int]
    raised: int
    unsettled: int = 0

    @property
    def n(self) -> int:
        """How many answers count."""
        return sum(self.scores.values())

    @property
    def share(self) -> float | None:
        """How many of 100 answers raised it; None without answers."""
        return 100 * self.raised / self.n if self.n else None

    @property
    def share_interval(self) -> Interval | None:
        """The interval of the share in percent (Wilson 1927); None without answers."""
        return wilson(self.raised, self.n).in_percent() if self.n else None

    def as_data(self) -> dict[str, Any]:
        """Return the window as JSON keeps it."""
        return {
            "since": self.days.first.isoformat(),
            "until": self.days.last.isoformat(),
            "scores": {str(score): n for score, n in sorted(self.scores.items())},
            "raised": self.raised,
            "unsettled": self.unsettled,
        }

    @classmethod
    def from_data(cls, kept: Mapping[str, Any]) -> "Side":
        """Return the window that `as_data` kept."""
        days = Days(date.fromisoformat(kept["since"]), date.fromisoformat(kept["until"]))
        scores = {int(score): n for score, n in kept["scores"].items()}
        return cls(days, scores, kept["raised"], kept["unsettled"])


@dataclass(frozen=True)
class Comparison:
    """Both windows on the scale `kind`; `mixed` are the dimensions by which the mix changed (`mix.told`).

    `is_hidden`: so few people stand behind one of them that its figures must not be shown.
    """

    kind: str
    before: Side
    after: Side
    mixed: tuple[str, ...] = ()
    is_hidden: bool = False

    def measure(self, side: Side) -> Measure | None:
        """Return the score of one window, None without answers."""
        return measure(self.kind, side.scores)

    @property
    def by_score(self) -> Verdict:
        """What may be said about the score, after minus before."""
        now, before = self.measure(self.after), self.measure(self.before)
        if now is None or before is None:
            return Verdict("too_few", None, None, None)
        return compare(self.kind, now.groups, before.groups)

    @property
    def by_share(self) -> Verdict:
        """What may be said about the share that raised it, after minus before, in points per 100 answers."""
        return share_verdict(self.after.raised, self.after.n, self.before.raised, self.before.n)

    @property
    def if_all_had_it(self) -> Verdict:
        """The same if every open task of the later window had the cause."""
        raised = min(self.after.n, self.after.raised + self.after.unsettled)
        return share_verdict(raised, self.after.n, self.before.raised, self.before.n)

    def as_data(self) -> dict[str, Any]:
        """Return both windows as JSON keeps them."""
        return {
            "before": self.before.as_data(),
            "after": self.after.as_data(),
            "mixed": list(self.mixed),
            "hidden": self.is_hidden,
        }

    @classmethod
    def from_data(cls, kind: str, kept: Mapping[str, Any]) -> "Comparison":
        """Return the comparison that `as_data` kept."""
        before, after = (Side.from_data(kept[name]) for name in ("before", "after"))
        return cls(kind, before, after, tuple(kept["mixed"]), kept["hidden"])


def windows(effect_on: date, check_on: date) -> tuple[Days, Days]:
    """Return the days before and after: as many as lie between taking effect (the first one after) and the check."""
    day, length = timedelta(days=1), check_on - effect_on
    return Days(effect_on - length, effect_on - day), Days(effect_on, check_on - day)


def share_verdict(raised: int, n: int, raised_before: int, n_before: int) -> Verdict:
    """Say whether the share changed (Newcombe 1998); fewer than 30 answers on one side are too few to judge."""
    if not n or not n_before:
        return Verdict("too_few", None, None, None)
    interval = share_difference(raised, n, raised_before, n_before).in_percent()
    outcome: Outcome = "not_distinguishable" if interval.low <= 0 <= interval.high else "changed"
    difference = 100 * (raised / n - raised_before / n_before)
    p = share_p(raised, n, raised_before, n_before)
    return Verdict("too_few" if min(n, n_before) < THIN_BELOW else outcome, difference, interval, p)


def decide(found: Comparison, hope: Hope) -> Judged:
    """Say whether what was hoped for came: worked, did not, or unclear, and why."""
    if found.is_hidden:
        return Judged("unclear", "hidden")
    change = found.by_score if hope.measure == SCORE else found.by_share
    judged = _judged(change, hope)
    if judged.verdict == "worked" and hope.measure == SCORE and found.mixed:
        return Judged("unclear", "mix")
    falls = judged.verdict == "worked" and hope == (SHARE, DOWN, hope.least)
    if falls and _judged(found.if_all_had_it, hope).verdict != "worked":
        return Judged("unclear", "open_tasks")
    return judged


def _judged(change: Verdict, hope: Hope) -> Judged:
    """Judge one difference by its interval, turned so that up is what was hoped for."""
    if change.outcome == "too_few" or change.interval is None:
        return Judged("unclear", "too_few")
    low, high = change.interval.low, change.interval.high
    if hope.direction == DOWN:
        low, high = -high, -low
    if change.outcome == "changed" and low > 0:
        return Judged("worked", "clear")
    if change.outcome == "changed" and high < 0:
        return Judged("did_not", "against")
    if hope.least is not None and high < hope.least:
        return Judged("did_not", "too_little")
    return Judged("unclear", "not_clear")


def is_possible(hope: Hope, kind: str) -> bool:
    """Tell whether a least change lies within the scale: 200 points of an NPS, 100 of a share, 4 of stars."""
    if hope.least is None:
        return True
    most = {"net": 200.0, "share": 100.0, "mean": 4.0}
    return 0 < hope.least <= (100.0 if hope.measure == SHARE else most[HEADLINES[kind]])
