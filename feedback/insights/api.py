"""Scores and responses over the JSON API."""

from typing import Annotated, Any

from flask import Response as Answer
from flask import jsonify
from pydantic import AfterValidator, Field, WithJsonSchema

from feedback.analysis.marks import themes
from feedback.analysis.models import INTENT, Analysis
from feedback.analysis.queries import reading_of
from feedback.insights import listing as lists
from feedback.insights import queries
from feedback.insights.scores import METRICS, Measure, has_mean, measure, rounded_to
from feedback.insights.selection import LONGEST_SEARCH, Selection, group_and_mood, moment, read_period
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import ListQuery, OnePath, Query
from surveys.clock import business_now
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.api import response_shape as unread_shape
from surveys.responses.models import Response
from surveys.responses.queries import check_not_held_back, response_or_missing
from surveys.scales import GROUPS, MOOD_OF, Mood

door = MachineDoor("insights_api", __name__, url_prefix="/api/v1")

DECIMALS = 2
PERIOD = "A day of the brand's calendar (2026-11-24) or a moment (2026-11-24T09:00:00Z)."


def known_group(name: str) -> str:
    """Return the name of a group that there is; raise ValueError for others."""
    if name not in MOOD_OF:
        raise ValueError(f"is none of {', '.join(MOOD_OF)}")
    return name


Group = Annotated[str, AfterValidator(known_group), WithJsonSchema({"type": "string", "enum": list(MOOD_OF)})]


class ScoreQuery(Query):
    """Which answers to measure; without dates those of all time."""

    survey: str = Field(max_length=60)
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )


class ResponseFilter(Query):
    """Which responses are wanted; check-backs only when their survey is named."""

    survey: str | None = Field(None, max_length=60)
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )
    group: Group | None = Field(
        None, description="unhappy is as mood=unhappy, but with a survey of smileys one of its groups."
    )
    mood: Mood | None = Field(None, description="All groups of all scales that say so.")
    updated_since: str | None = Field(None, max_length=40, description="Saved or read by the analyser since.")
    q: str | None = Field(
        None,
        max_length=LONGEST_SEARCH,
        description="Words of the comment: all of them, by their stems (English and German); phrases in quotation marks,"
        " a star for beginnings. Personal data that lists cover is not searched.",
    )


class ResponseQuery(ResponseFilter, ListQuery):
    """Which responses to list, the newest first; check-backs only when their survey is named."""


@door.get("/insights/score")
def score(query: ScoreQuery) -> Answer:
    """Return the score of one survey with its interval.

    By metric: nps and enps are percent promoters minus percent detractors (-100 to 100, method score); csat, csat3, ces,
    smileys, thumbs and pmf the percentage of the happy groups (method wilson), with the mean of the scores beside it
    where there is one; stars_five the mean of the scores (method t; wilson while all answers are alike).

    403 while the survey is anonymous and has fewer than five answers.
    """
    survey = queries.measured_survey(query.survey)
    check_not_held_back(survey)
    counts = queries.score_counts(chosen(query), business_now())
    return jsonify(score_shape(survey.kind, measure(survey.kind, counts)))


@door.get("/responses")
def list_responses(query: ResponseQuery) -> Answer:
    """List responses with their readings.

    Of a reading, probabilities and baseline (TextBlob's own polarity) are null where there was nothing to read; flag
    tells how score and words disagree: hidden_issue, at_risk, mixed, scale_reversal, or null. corrected_score is the
    score that a customer said later they had meant, null while nothing was said; score stays what was given, and counts.

    An anonymous survey with fewer than five answers has none in the list of all; named, it is refused with 403.
    """
    wanted = wanted_responses(query)
    page = lists.responses(wanted, business_now(), query.limit, query.cursor)
    return listing([response_shape(row.response, row.analysis) for row in page.items], page.next)


@door.get("/responses/<public_id>")
def one_response(path: OnePath) -> Answer:
    """Return one response with its reading; 403 while its survey is anonymous and has fewer than five answers."""
    response = response_or_missing(path.public_id)
    return jsonify(response_shape(response, reading_of(response.id)))


def wanted_responses(query: ResponseFilter) -> lists.Wanted:
    """Return the responses a query asks for; refuse a survey of which none is shown yet."""
    kind = None
    if query.survey is not None:
        survey = survey_by_key(query.survey)
        check_not_held_back(survey)
        kind = survey.kind
    group, mood = group_and_mood(query.group, query.mood, kind)
    selection = chosen(query)
    updated = moment(query.updated_since, "updated_since", selection.zone) if query.updated_since else None
    return lists.Wanted(selection, group=group, mood=mood, updated_since=updated, words=query.q or None)


def chosen(query: ScoreQuery | ResponseFilter) -> Selection:
    """Return the answers a query asks for; days are those of the brand's zone, or of the first brand's."""
    zone = queries.calendar_zone(query.brand)
    since, until = read_period(query.since, query.until, zone)
    return Selection(query.survey, query.brand, since, until, zone=zone)


def score_shape(kind: str, found: Measure | None) -> dict[str, Any]:
    """Return the JSON form of a score; without answers score and interval are null."""
    interval = None
    if found is not None:
        interval = {
            "low": rounded_to(found.interval.low, DECIMALS),
            "high": rounded_to(found.interval.high, DECIMALS),
            "level": found.interval.level,
            "method": found.interval.method,
        }
    shape: dict[str, Any] = {
        "metric": METRICS[kind],
        "score": rounded_to(found.score, DECIMALS) if found else None,
        "n": found.n if found else 0,
        "groups": dict(found.groups) if found else dict.fromkeys(GROUPS[kind], 0),
        "interval": interval,
    }
    if has_mean(kind):
        shape["mean"] = rounded_to(found.mean, DECIMALS) if found and found.mean is not None else None
    return shape


def response_shape(response: Response, analysis: Analysis | None) -> dict[str, Any]:
    """Return the JSON form of a response with the reading of its comment."""
    return unread_shape(response) | {"analysis": analysis_shape(analysis) if analysis else None}


def analysis_shape(analysis: Analysis) -> dict[str, Any]:
    """Return the JSON form of a reading; polarity is null where nothing was to be read, themes and intents are codes."""
    probabilities = None
    if analysis.confidence is not None:
        probabilities = {
            "negative": analysis.p_negative,
            "neutral": analysis.p_neutral,
            "positive": analysis.p_positive,
        }
    intents = (mention.code for mention in analysis.mentions if mention.kind == INTENT)
    return {
        "language": analysis.language,
        "label": analysis.label,
        "polarity": analysis.polarity,
        "subjectivity": analysis.subjectivity,
        "probabilities": probabilities,
        "baseline": analysis.baseline,
        "flag": analysis.flag,
        "themes": [theme.code for theme in themes(analysis.themes)],
        "intents": list(dict.fromkeys(intents)),
        "analyzer": analysis.analyzer,
    }
