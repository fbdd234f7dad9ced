"""What themes do to the score, over the JSON API."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.insights import queries
from feedback.insights.api import DECIMALS, PERIOD, score_shape
from feedback.insights.impact import Drift, Impact
from feedback.insights.scores import rounded_to
from feedback.insights.selection import Selection, read_period
from feedback.insights.suppression import ANY
from feedback.insights.themes.queries import heard
from feedback.insights.themes.ranking import Ranking, Row, rank
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.clock import business_now
from surveys.code_book.themes import DETAILS
from surveys.responses.queries import check_not_held_back

door = MachineDoor("theme_impact_api", __name__, url_prefix="/api/v1/insights")

P_DECIMALS = 4


class ThemesQuery(Query):
    """Which answers to look at; without dates those of all time."""

    survey: str = Field(max_length=60)
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )


@door.get("/themes")
def themes(query: ThemesQuery) -> Response:
    """Return the themes of comments with their impact on the score of one survey, the worst first.

    `impact` is the score of all answers minus that of those which do not mention the theme, in points of the score;
    its interval comes from the jackknife, `p` is adjusted for the number of themes (Benjamini and Hochberg). `verdict` is
    clear, not_distinguishable, or too_few (fewer than 30 mentions). Impact goes together with a theme and does not say
    what causes it; impacts of overlapping themes do not add up. `details` are those of the second level. Themes that
    fewer than five people mention, or all but fewer than five, are only counted, as `hidden`; few people of one mind
    have no impact.

    403 while the survey is anonymous and has fewer than five answers.
    """
    survey = queries.measured_survey(query.survey)
    check_not_held_back(survey)
    zone = queries.calendar_zone(query.brand)
    since, until = read_period(query.since, query.until, zone)
    selection = Selection(survey.key, query.brand, since, until, zone=zone)
    found = heard(survey, selection, business_now())
    everywhere = (ANY,) * len(next(iter(found.everybody), ()))
    ranking = rank(found, None, everywhere, found.themes)
    details = rank(found, None, everywhere, [code for code in found.mentioning if code in DETAILS])
    whole = score_shape(survey.kind, found.measure(everywhere))
    return jsonify(whole | ranking_shape(ranking) | {"details": ranking_shape(details)})


def ranking_shape(ranking: Ranking) -> dict[str, Any]:
    """Return the JSON form of themes in their order."""
    return {"themes": [theme_shape(row) for row in ranking.rows], "hidden": ranking.hidden}


def theme_shape(row: Row) -> dict[str, Any]:
    """Return the JSON form of one theme; everything that would tell its score is null where that is not shown."""
    its = row.impact
    return {
        "theme": row.code,
        "mentions": row.mentions,
        "feelings": {mood: row.moods.get(mood, 0) for mood in ("negative", "neutral", "positive")},
        "score": rounded_to(its.with_theme, DECIMALS) if its else None,
        "score_without": rounded_to(its.without, DECIMALS) if its else None,
        "impact": rounded_to(its.value, DECIMALS) if its else None,
        "interval": interval_shape(its) if its else None,
        "p": rounded_to(row.p, P_DECIMALS) if its else None,
        "verdict": row.outcome if its else None,
    }


def interval_shape(found: Impact | Drift) -> dict[str, Any] | None:
    """Return the JSON form of an interval."""
    if found.interval is None:
        return None
    return {
        "low": rounded_to(found.interval.low, DECIMALS),
        "high": rounded_to(found.interval.high, DECIMALS),
        "level": found.interval.level,
        "method": found.interval.method,
    }
