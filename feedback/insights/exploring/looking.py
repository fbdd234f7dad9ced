"""Look at one figure along a dimension, and beside it at another period or at two groups: all that a screen compares."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from feedback.insights import queries
from feedback.insights.dimensions.names import EVERY, LONGEST_NAME, can_be, question_of
from feedback.insights.exploring import comparing
from feedback.insights.exploring.breaking_down import Breakdown, breakdown
from feedback.insights.exploring.comparing import REST, Comparison
from feedback.insights.exploring.queries import names_of
from feedback.insights.queries import measured_survey
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Days, NotOnOffer, Selection, over, read
from feedback.insights.suppression import is_uniform
from feedback.insights.themes.choices import dimensions_of
from feedback.insights.themes.naming import choice_names
from feedback.insights.themes.summing_up import Summary, mix_to_tell
from surveys.errors import Refusal
from surveys.questionnaires.models import Survey

USUAL = "country"
OWN_DAYS = "days"
COMPARED_WITH = ("before", "year", OWN_DAYS)
WEEKS_OF_A_YEAR = timedelta(weeks=52)  # the same days of the week
# What an address chooses beside a selection.
CHOICES = ("by", "compare", "than_since", "than_until", "first", "second")


class Wish(NamedTuple):
    """What to look at: the parts along `by`; against which period; the first group against the second. "" for nothing."""

    by: str
    compare: str
    than_since: str
    than_until: str
    first: str
    second: str

    def query(self) -> dict[str, str]:
        """Return the names and values for an address."""
        return {name: value for name, value in self._asdict().items() if value}


class Found:
    """What was found out; nothing while its survey or part is not shown."""

    measure: Measure | None = None
    is_uniform = False
    breakdown: Breakdown | None = None
    names: Mapping[str, str] = {}
    period: Comparison | None = None
    period_p: float | None = None
    summary = Summary()
    earlier: Selection | None = None
    groups: Comparison | None = None
    groups_p: float | None = None
    pair: tuple[str, str] = ("", "")
    refusal: Refusal | None = None


def wish_of(given: Mapping[str, str], selection: Selection) -> Wish:
    """Read what an address asks for beside the selection; refuse what is no choice, and days that cannot be."""
    chosen = {name: given.get(name, "") for name in CHOICES}
    dimensions = offered_for(selection) if question_of(chosen["by"]) else EVERY
    for name, offered in (("by", dimensions), ("compare", COMPARED_WITH)):
        if chosen[name] and chosen[name] not in offered:
            raise NotOnOffer(name, chosen[name])
    if chosen["compare"] != OWN_DAYS:
        chosen["than_since"] = chosen["than_until"] = ""
    chosen["by"] = chosen["by"] or usual_for(selection)
    for name in ("first", "second"):
        if chosen[name] and chosen[name] != REST and not can_be_one(chosen["by"], chosen[name]):
            raise NotOnOffer(name, chosen[name])
    wish = Wish(**chosen)
    earlier_of(selection, wish)
    return wish


def offered_for(selection: Selection) -> tuple[str, ...]:
    """Return the dimensions to split by: of a chosen survey also its questions with one choice."""
    if selection.survey is None:
        return EVERY
    return (*EVERY, *dimensions_of(measured_survey(selection.survey).current.definition))


def can_be_one(by: str, value: str) -> bool:
    """Tell whether a dimension can have this value; what was offered once is an answer for good."""
    if question_of(by) is not None:
        return len(value) <= LONGEST_NAME and value.isprintable()
    return can_be(by, value)


def named(survey: Survey, selection: Selection, by: str, values: Collection[str]) -> Mapping[str, str]:
    """Return what those values are called that no list of ours has the words for."""
    if question_of(by) is None:
        return names_of(by, values)
    words = choice_names(survey, selection.brand)
    return {value: words.get(f"{by}.{value}", value) for value in values}


def usual_for(selection: Selection) -> str:
    """Return the dimension to begin with: the first one that is not restricted."""
    return next(name for name in (USUAL, *EVERY) if name not in selection.restricted)


def look(survey: Survey, selection: Selection, wish: Wish, now: datetime) -> Found:
    """Return what a screen shows; p-values are adjusted for all that it compares, and so the verdicts."""
    found = Found()
    found.measure = measure(survey.kind, queries.score_counts(selection, now))
    if found.measure is None:
        return found
    found.is_uniform = not selection.is_whole and is_uniform(found.measure.groups.values())
    found.earlier = earlier_of(selection, wish)
    found.pair = (wish.first, wish.second or REST)
    try:
        if found.earlier is not None:
            found.period = comparing.periods(survey, selection, found.earlier, now)
        if found.pair[0]:
            found.groups = comparing.groups(survey, selection, wish.by, *found.pair, now)
    except Refusal as refusal:
        found.refusal = refusal
    _judge_together(found, survey, selection, wish.by, now)
    return found


def _judge_together(found: Found, survey: Survey, selection: Selection, by: str, now: datetime) -> None:
    """Add the parts, and judge the two comparisons among them."""
    asked_for = [each for each in (found.period, found.groups) if each and each.verdict.p is not None]
    found.breakdown, ps = breakdown(survey, selection, by, now, [each.verdict.p or 0.0 for each in asked_for])
    by_comparison = {id(each): p for each, p in zip(asked_for, ps, strict=True)}
    found.period_p, found.groups_p = (by_comparison.get(id(each)) for each in (found.period, found.groups))
    found.period, found.groups = (
        comparing.judged(each, p) if each else None
        for each, p in ((found.period, found.period_p), (found.groups, found.groups_p))
    )
    if found.period is not None:
        found.summary = Summary(mix=mix_to_tell(found.period.verdict, found.period.mixes))
    found.names = named(survey, selection, by, [row.value for row in found.breakdown.rows])


def earlier_of(selection: Selection, wish: Wish) -> Selection | None:
    """Return the period to compare with: the days just before, those of 52 weeks ago, or days of one's own."""
    if wish.compare == "before":
        return selection.before
    if wish.compare == OWN_DAYS and selection.days is not None:
        given = {"since": wish.than_since, "until": wish.than_until}
        found = read(given, selection.days.first - timedelta(days=1), selection.zone).days
        return over(selection, found) if found else None
    if wish.compare != "year" or selection.days is None:
        return None
    first, last = (day - WEEKS_OF_A_YEAR for day in selection.days)
    return over(selection, Days(first, last))
