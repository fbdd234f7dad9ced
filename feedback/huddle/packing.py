"""Put together what stands on the page of a huddle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.incidents.gathering import DAY
from feedback.follow_up.incidents.queries import Running, running_now
from feedback.follow_up.models import TaskPromise
from feedback.follow_up.service_levels import Calendar
from feedback.huddle import queries
from feedback.huddle.days import Stretch, stretch_of
from feedback.huddle.models import HuddleDecision
from feedback.huddle.queries import Some
from feedback.insights.listing import Listed, Wanted, count_responses, every_response, responses
from feedback.insights.queries import score_counts
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from surveys.brand.models import Brand
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back

MOST_COMMENTS = 200  # all of a day; a flood is told in its number and stays on a page that can be printed


@dataclass(frozen=True)
class Pack:
    """Yesterday on one page; `figures` are those of surveys that were answered and may be shown."""

    stretch: Stretch
    answers: int
    figures: Sequence[tuple[Survey, Measure]]
    unhappy: Sequence[Listed]
    unhappy_number: int
    praise: Listed | None
    incidents: Sequence[Running]
    late: Some
    promises: Sequence[TaskPromise]
    undecided: Some
    not_solved: Some
    ended: Some
    decisions: Sequence[HuddleDecision]


def pack(now: datetime, brand: Brand | None) -> Pack:
    """Return the page of the day that `now` belongs to, of one brand or of all by the calendar of the oldest."""
    stretch = stretch_of(now, calendar(brand))
    chosen = Selection(brand=brand.key if brand else None, since=stretch.since, until=stretch.until)
    unhappy = Wanted(chosen, mood="unhappy", has_comment=True)
    praise = responses(Wanted(chosen, mood="happy", has_comment=True), now, 1).items
    return Pack(
        stretch=stretch,
        answers=count_responses(Wanted(chosen), now),
        figures=figures(chosen, now),
        unhappy=list(islice(every_response(unhappy, now), MOST_COMMENTS)),
        unhappy_number=count_responses(unhappy, now),
        praise=praise[0] if praise else None,
        incidents=running_now(brand, now - DAY),
        late=queries.late(now, brand),
        promises=queries.promises_until(stretch.tomorrow, brand),
        not_solved=queries.not_solved(now, brand),
        undecided=queries.waiting_for_a_decision(brand),
        ended=queries.ended(stretch.since, stretch.until, brand),
        decisions=queries.decisions(stretch.since),
    )


def calendar(brand: Brand | None) -> Calendar:
    """Return when the brand works, or the oldest; before there is any, Monday to Friday in UTC."""
    brand = brand or queries.oldest_brand()
    return Calendar(ZoneInfo("UTC")) if brand is None else calendar_of(brand)


def figures(chosen: Selection, now: datetime) -> list[tuple[Survey, Measure]]:
    """Return the score of each survey that was answered, but of those held back because few have answered."""
    held = {survey.key for survey in held_back()}
    found = []
    for survey in surveys_on_scales():
        if survey.key not in held:
            score = measure(survey.kind, score_counts(chosen.of(survey.key), now))
            found += [(survey, score)] if score is not None else []
    return found
