"""Breakdowns and comparisons over the JSON API, with the same parts withheld as on the pages."""

from typing import Annotated, Any

from flask import Response as Answer
from flask import jsonify
from pydantic import AfterValidator, Field, WithJsonSchema

from feedback.insights import queries
from feedback.insights.api import DECIMALS, PERIOD, score_shape
from feedback.insights.dimensions.names import CHOICE, EVERY, question_of
from feedback.insights.exploring import comparing
from feedback.insights.exploring.breaking_down import Row, breakdown
from feedback.insights.exploring.comparing import REST, Comparison, TooFewToCompare, names_everybody
from feedback.insights.exploring.looking import named, offered_for
from feedback.insights.mix import Mix
from feedback.insights.scores import Measure, measure, rounded_to
from feedback.insights.selection import NotOnOffer, Selection, read_dimensions, read_period
from feedback.insights.trends import Verdict
from feedback.insights.withholding import is_withheld
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.clock import business_now
from surveys.errors import N_, Refusal
from surveys.questionnaires.models import Survey
from surveys.responses.queries import check_not_held_back

door = MachineDoor("explore_api", __name__, url_prefix="/api/v1/insights")

A_P = 4  # decimals of a p-value
VALUE = "Only answers with this value; - is not known."


class HalfAComparison(Refusal):
    """A comparison that names only one side, or too much."""

    phrase = N_(
        "Say what to compare with: either than_since and than_until (another period), or by and first (a group with all"
        " others, or with second)."
    )


def known_dimension(name: str) -> str:
    """Return the name of a dimension that there is, or that may be a question; raise ValueError for others."""
    if name not in EVERY and question_of(name) is None:
        raise ValueError(f"is none of {', '.join(EVERY)}, nor {CHOICE} with the key of a question")
    return name


OF_A_QUESTION = {"type": "string", "pattern": f"^{CHOICE.replace('.', '[.]')}"}
Dimension = Annotated[
    str,
    AfterValidator(known_dimension),
    WithJsonSchema({"anyOf": [{"type": "string", "enum": list(EVERY)}, OF_A_QUESTION]}),
]


class PartQuery(Query):
    """Which answers to look at; without dates those of all time, and at most three dimensions are restricted."""

    survey: str = Field(max_length=60)
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )
    country: str | None = Field(None, max_length=2, description=VALUE)
    carrier: str | None = Field(None, max_length=100, description=VALUE)
    language: str | None = Field(None, max_length=6, description=VALUE)
    touchpoint: str | None = Field(
        None, max_length=22, description="The touchpoint's id; - is without an invitation."
    )
    product: str | None = Field(None, max_length=400, description="The article number, else the name.")
    category: str | None = Field(None, max_length=200, description=VALUE)
    lateness: str | None = Field(None, max_length=10, description="late, on_time or -.")
    channel: str | None = Field(None, max_length=10, description="email, api, import, link, qr or embed.")
    stage: str | None = Field(None, max_length=10, description="new, active, at_risk, lapsed or -.")
    segment: str | None = Field(None, max_length=22, description="The segment's id.")
    buyer: str | None = Field(None, max_length=10, description="new (a first order), returning or -.")
    value: str | None = Field(
        None, max_length=5, description="Band of the order's value, such as EUR-2; - is not known."
    )
    theme: str | None = Field(
        None, max_length=60, description="Code of a theme or of one of its details; - is none."
    )


class BreakdownQuery(PartQuery):
    """Along which dimension to part the answers."""

    by: Dimension = Field(
        description="An answer counts in each of its products, categories, segments and themes. answer.KEY: a question"
        " of the survey with one choice."
    )


class ComparisonQuery(PartQuery):
    """What to compare: two periods (than_since, than_until) or two groups (by, first, second)."""

    than_since: str | None = Field(
        None, max_length=40, description=f"Where the other period begins. {PERIOD}"
    )
    than_until: str | None = Field(None, max_length=40, description="Where the other period ends, as until.")
    by: Dimension | None = None
    first: str | None = Field(None, max_length=400, description="A value of the dimension.")
    second: str | None = Field(
        None, max_length=400, description="Another one; without, all other answers (rest)."
    )


@door.get("/breakdown")
def breakdown_of(query: BreakdownQuery) -> Answer:
    """Return the score of each part along one dimension, the largest first, with its interval and how it differs.

    against_rest compares a part with all other answers of the selection: verdict changed, not_distinguishable or
    too_few (under 30 on one side), the raw difference, its interval, p, and p_adjusted for all parts (Benjamini and
    Hochberg). Parts in which single people could be told apart are counted in hidden; a small part of one mind has a
    null score. 403 while the selection itself is too small, or the survey is anonymous and has fewer than five answers.
    """
    survey, selection = chosen(query)
    check_offered(query.by, selection)
    now = business_now()
    if is_withheld(selection, now):
        raise TooFewToCompare()
    found, _ = breakdown(survey, selection, query.by, now)
    names = named(survey, selection, query.by, [row.value for row in found.rows])
    whole = measure(survey.kind, queries.score_counts(selection, now))
    return jsonify(
        {
            "by": query.by,
            "overlapping": found.overlaps,
            "whole": side_shape(survey.kind, whole, is_part=not selection.is_whole),
            "parts": [row_shape(survey.kind, row, names) for row in found.rows],
            "hidden": found.hidden,
            "more": found.more,
        }
    )


@door.get("/comparison")
def comparison_of(query: ComparisonQuery) -> Answer:
    """Return two periods or two groups side by side, the first against the second.

    smallest_seen is the smallest true difference that so many answers show in eight of ten cases. Of two periods, mix
    splits the change along each dimension into rate (what the groups did) and mix (what their shares did), with both
    scores standardised to the same shares; reversed says that most groups went the other way than all together,
    carries_most that other people having answered makes at least half of the change.
    """
    survey, selection = chosen(query)
    now = business_now()
    is_period = query.than_since is not None or query.than_until is not None
    is_groups = query.by is not None and query.first is not None
    if is_period == is_groups or (query.by is None) != (query.first is None):
        raise HalfAComparison(field="than_since" if is_period else "by")
    if is_groups:
        check_offered(query.by or "", selection)
        second = REST if query.second is None else query.second
        found = comparing.groups(survey, selection, query.by or "", query.first or "", second, now)
    else:
        since, until = read_period(query.than_since, query.than_until, selection.zone)
        found = comparing.periods(survey, selection, other_period(selection, since, until), now)
    return jsonify(comparison_shape(survey.kind, found, is_part=is_groups or not selection.is_whole))


def check_offered(by: str, selection: Selection) -> None:
    """Refuse to split by a question that the survey does not ask, or that has not one choice."""
    if by not in offered_for(selection):
        raise NotOnOffer("by", by)


def other_period(selection: Selection, since: Any, until: Any) -> Selection:
    """Return the same selection over another period."""
    whole = Selection(selection.survey, selection.brand, since, until, zone=selection.zone)
    return whole.where(**selection.restricted)


def chosen(query: PartQuery) -> tuple[Survey, Selection]:
    """Return the survey and the answers a query asks for; refuse surveys that are held back."""
    survey = queries.measured_survey(query.survey)
    check_not_held_back(survey)
    zone = queries.calendar_zone(query.brand)
    since, until = read_period(query.since, query.until, zone)
    dimensions = read_dimensions({name: getattr(query, name) for name in EVERY})
    return survey, Selection(survey.key, query.brand, since, until, zone=zone).where(**dimensions)


def side_shape(kind: str, found: Measure | None, *, is_part: bool) -> dict[str, Any]:
    """Return the JSON form of a score; of a small part of one mind only how many they are."""
    if is_part and names_everybody(found) and found is not None:
        return score_shape(kind, None) | {"n": found.n, "groups": None}
    return score_shape(kind, found)


def row_shape(kind: str, row: Row, names: dict[str, str] | Any) -> dict[str, Any]:
    """Return the JSON form of one part."""
    rate = None if not row.asked else rounded_to(100 * (row.answered or 0) / row.asked, DECIMALS)
    return {
        "value": row.value,
        "name": names.get(row.value),
        **side_shape(kind, row.measure, is_part=True),
        "response_rate": rate,
        "asked": row.asked,
        "against_rest": None
        if row.is_uniform
        else verdict_shape(row.verdict) | {"p_adjusted": p_shape(row.p)},
    }


def comparison_shape(kind: str, found: Comparison, *, is_part: bool) -> dict[str, Any]:
    """Return the JSON form of a comparison."""
    is_hidden = is_part and (names_everybody(found.first) or names_everybody(found.second))
    return {
        "first": side_shape(kind, found.first, is_part=is_part),
        "second": side_shape(kind, found.second, is_part=is_part),
        "difference": None if is_hidden else verdict_shape(found.verdict),
        "smallest_seen": None
        if is_hidden or found.smallest is None
        else rounded_to(found.smallest, DECIMALS),
        "mix": [] if is_hidden else [mix_shape(mix) for mix in found.mixes],
    }


def verdict_shape(verdict: Verdict) -> dict[str, Any]:
    """Return the JSON form of a difference in points of the score."""
    interval = None
    if verdict.interval is not None:
        low, high = (rounded_to(end, DECIMALS) for end in (verdict.interval.low, verdict.interval.high))
        interval = {
            "low": low,
            "high": high,
            "level": verdict.interval.level,
            "method": verdict.interval.method,
        }
    points = None if verdict.difference is None else rounded_to(verdict.difference, DECIMALS)
    return {"verdict": verdict.outcome, "points": points, "interval": interval, "p": p_shape(verdict.p)}


def p_shape(p: float | None) -> float | None:
    """Return a p-value as the API writes it."""
    return None if p is None else rounded_to(p, A_P)


def mix_shape(mix: Mix) -> dict[str, Any]:
    """Return the JSON form of what the mix did to a change; `second` is the earlier period."""
    return {
        "by": mix.dimension,
        "rate": rounded_to(mix.split.rate, DECIMALS),
        "mix": rounded_to(mix.split.mix, DECIMALS),
        "standardised": {
            "first": rounded_to(mix.after, DECIMALS),
            "second": rounded_to(mix.before, DECIMALS),
        },
        "reversed": mix.is_reversed,
        "carries_most": mix.carries_most,
    }
