"""Make of a course what its page shows: pictures in both sizes, rows of a table, events and versions in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from flask_babel import format_date, gettext

from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.selection import Days, over
from feedback.insights.watching.charting import Found
from feedback.insights.watching.course import Metric, Step, Value, figure_of, scale_of
from feedback.insights.watching.filters import METRICS, watched_value
from feedback.insights.watching.marks import first_behind, gathered, place_of
from feedback.insights.watching.models import EventMark, WatchedSeries
from feedback.insights.watching.pictures import ControlPicture, Said, picture
from feedback.insights.watching.queries import marks_for
from feedback.insights.watching.subgroups import FIRST, batch_size
from feedback.insights.words import UNITS
from surveys.questionnaires.models import SurveyVersion


@dataclass(frozen=True)
class Line:
    """One row of the table beside the picture."""

    step: Step
    said: Said
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Shown:
    """What stands on the page of a series; without a chart only how much is gathered of how much."""

    pictures: Sequence[ControlPicture]
    lines: Sequence[Line]
    events: Sequence[tuple[int, EventMark]]
    versions: Sequence[SurveyVersion]
    newest: Value | None
    level: Value | None
    gathered: int
    needed: int
    size: int | None


def shown(series: WatchedSeries, found: Found, now: datetime) -> Shown:
    """Return what the page of a series shows of its course."""
    course = found.course
    if course is None or found.frame is None or not course.steps:
        return Shown((), (), (), (), None, None, 0, FIRST + 1, None)
    zone = found.selection.zone
    said = [said_of(series, found, step) for step in course.steps]
    starts = [step.subgroup.since.astimezone(zone).date() for step in course.steps]
    ends = [step.subgroup.until for step in course.steps]
    end = (ends[-1] - timedelta(microseconds=1)).astimezone(zone).date() + timedelta(days=1)
    events = marks_for(over(found.selection, Days(starts[0], end)))
    versions = versions_of(series, course.steps[0].subgroup.since, ends[-1])
    places = [(first_behind(ends, each.published_at), each.number) for each in versions]
    borders = [(at, gettext("Version %(number)s", number=number)) for at, number in places if at is not None]
    marks = gathered([place_of(each.day, starts, end) for each in events])
    sizes = (WIDE, NARROW) if course.chart else ()
    return Shown(
        pictures=[
            picture(course, said, unit_of(series), size, borders=borders, marks=marks) for size in sizes
        ],
        lines=[
            Line(step, words, step.subgroup.since, step.subgroup.until)
            for step, words in zip(course.steps, said, strict=True)
        ][::-1],
        events=list(enumerate(events, start=1)),
        versions=versions,
        newest=course.value_of(course.judged[-1].subgroup.counts) if course.judged else None,
        level=course.level,
        gathered=course.gathered,
        needed=FIRST + 1,
        size=batch_size(found.frame.unit, is_whole=found.selection.is_whole),
    )


def versions_of(series: WatchedSeries, since: datetime, until: datetime) -> list[SurveyVersion]:
    """Return the versions of the questionnaire that replaced another one in that time."""
    later = series.survey.versions[1:] if series.survey else []
    return [each for each in later if since < each.published_at < until]


def unit_of(series: WatchedSeries) -> str:
    """Return what stands over the axis."""
    if series.survey is not None and series.metric == "score":
        return str(gettext(UNITS[series.survey.kind]))
    name = str(gettext(METRICS[series.metric]))
    return name if figure_of(cast(Metric, series.metric), None) == "count" else f"{name}, %"


def said_of(series: WatchedSeries, found: Found, step: Step) -> Said:
    """Return the words of one step."""
    day = step.subgroup.since.astimezone(found.selection.zone).date()
    pattern = "MMM yy" if found.frame and found.frame.unit == "month" else gettext("d MMM")
    label = str(format_date(day, pattern))
    if step.point is None:
        return Said(label)
    factor = scale_of(cast(Metric, series.metric), series.survey.kind if series.survey else None)
    value, low, high = (
        watched_value(series, factor * each) if each != float("inf") else "–"
        for each in (step.point.value, step.point.low, step.point.high)
    )
    return Said(label, value, low, high)
