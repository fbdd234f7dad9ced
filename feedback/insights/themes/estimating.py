"""What takes too long for a page, worked out by the loop: the drivers of each score, and the comments typical of many.

First everything is read and reckoned, which takes seconds and writes nothing; then all of it is kept at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from feedback.analysis.readers import load_typical
from feedback.insights.drivers import drivers_of, enough_for
from feedback.insights.themes import queries
from feedback.insights.themes.asked import Table, of_questions, of_themes
from feedback.insights.themes.models import QUESTIONS, THEMES, DriverEstimate, TypicalComment
from feedback.insights.themes.queries import Spoken
from surveys.database import db
from surveys.questionnaires.definition import questions_of
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.scales import mood_of

WINDOW = timedelta(days=90)
# Fewer comments have no middle that says more than each of them.
FEWEST_COMMENTS, MOST_TYPICAL = 10, 3
DECIMALS = 4

Nearest = Callable[[Sequence[tuple[int, bytes]], int], list[int]]


@dataclass(frozen=True)
class Estimates:
    """What was worked out for one survey, not yet kept."""

    survey_id: int
    drivers: Sequence[DriverEstimate]
    typical: Sequence[TypicalComment]


def reckon(survey: Survey, now: datetime, nearest: Nearest | None = None) -> Estimates:
    """Work out drivers and typical comments of one survey in the last 90 days; reads only.

    `nearest` finds the typical among comments with their vectors; the encoder's unless a test brings its own.
    """
    since = now - WINDOW
    scores, mentioned = queries.comments_since(survey, since, now)
    tables = {THEMES: of_themes(scores, mentioned)}
    questions = questions_of(survey.current.definition)
    asked = of_questions(questions, queries.further_answers_since(survey, since, now))
    if asked.drivers:
        tables[QUESTIONS] = asked
    drivers = [_estimate(survey, source, table, since, now) for source, table in tables.items()]
    spoken = queries.vectors_since(survey, since, now)
    return Estimates(survey.id, drivers, _typical(spoken, nearest or load_typical().typical, now))


def keep(found: Estimates) -> None:
    """Keep what was worked out in the place of what was known of the survey; flushes."""
    theirs = select(Response.id).where(Response.survey_id == found.survey_id)
    db.session.execute(delete(DriverEstimate).where(DriverEstimate.survey_id == found.survey_id))
    db.session.execute(delete(TypicalComment).where(TypicalComment.response_id.in_(theirs)))
    # Somebody may have been forgotten while it was worked out.
    ids = {row.response_id for row in found.typical}
    there = set(db.session.scalars(select(Response.id).where(Response.id.in_(ids))))
    db.session.add_all(found.drivers)
    db.session.add_all(row for row in found.typical if row.response_id in there)
    db.session.flush()


def _estimate(survey: Survey, source: str, table: Table, since: datetime, now: datetime) -> DriverEstimate:
    needed, n = enough_for(len(table.drivers)), table.n
    found = drivers_of(table.rows) if n >= needed and table.drivers else None
    r_squared, drivers = found or (None, [])
    shares = [
        {"code": code} | {name: round(value, DECIMALS) for name, value in driver._asdict().items()}
        for code, driver in zip(table.drivers, drivers, strict=False)
    ]
    return DriverEstimate(
        survey_id=survey.id,
        source=source,
        since=since,
        made_at=now,
        n=n,
        needed=needed,
        r_squared=r_squared,
        shares=sorted(shares, key=lambda share: -float(share["share"])),
    )


def _typical(spoken: Sequence[Spoken], nearest: Nearest, now: datetime) -> list[TypicalComment]:
    found = []
    for theme in ("", *sorted({code for row in spoken for code in row.themes})):
        for mood in ("unhappy", "happy"):
            rows = [
                (row.response_id, row.numbers)
                for row in spoken
                if mood_of(row.group) == mood and (not theme or theme in row.themes)
            ]
            if len(rows) >= FEWEST_COMMENTS:
                for place, response_id in enumerate(nearest(rows, MOST_TYPICAL), start=1):
                    values = {"theme": theme, "mood": mood, "place": place, "among": len(rows)}
                    found.append(TypicalComment(response_id=response_id, made_at=now, **values))
    return found
