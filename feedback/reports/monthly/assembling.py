"""Put together what the monthly report says: figures against the month before, what hurts, what was done, voices.

The figures of all surveys form one family, so that their p-values are adjusted together (`differences.adjusted`). What
the change mostly is and which themes hurt is what the first screen says (`insights.reporting`), against the month before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from feedback.follow_up.effect.measuring import Effect, effect
from feedback.insights import queries
from feedback.insights.differences import adjusted, compare
from feedback.insights.listing import Listed, Wanted, responses
from feedback.insights.reporting import report
from feedback.insights.response_rates import Dispositions, response_rate
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Days, Selection, over
from feedback.insights.themes.finding import Findings
from feedback.insights.themes.ranking import Row
from feedback.insights.trending import Period, extent_of
from feedback.insights.trends import Verdict, buckets
from feedback.reports.following import Followed, followed
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back
from surveys.scales import Mood

MONTHS_SHOWN, HURTS, VOICES = 12, 5, 3
LOOKED_THROUGH = 40  # newest comments, among which voices are chosen
LETTERS = range(30, 301)  # how long one should be, so that it says something and fits on paper
SURE = 0.05
CONTRARY = {"happy": "negative", "unhappy": "positive"}  # how a comment reads that does not fit its score


class Figure(NamedTuple):
    """One survey in the month and the month before, None without answers in it, and whether they differ."""

    survey: Survey
    measure: Measure
    before: Measure | None
    verdict: Verdict


@dataclass(frozen=True)
class Month:
    """The report of one month; `is_over` is False while more answers of it may come."""

    selection: Selection
    is_over: bool
    figures: Sequence[Figure]
    trend: Sequence[Period]
    findings: Findings | None  # of the survey in focus; None without answers
    followed: Followed
    effect: Effect
    praise: Sequence[Listed]
    criticism: Sequence[Listed]
    invited: Dispositions
    response_rate: float | None

    @property
    def focus(self) -> Figure | None:
        """The figure that the report begins with: that of the first survey with answers."""
        return self.figures[0] if self.figures else None

    @property
    def hurting(self) -> Sequence[Row]:
        """The themes that pull the score in focus down, in the order of the first screen."""
        return self.findings.ranking.hurting[:HURTS] if self.findings else ()


def days_of(first: date) -> Days:
    """Return the days of the month that begins with `first`."""
    after = (first + timedelta(days=31)).replace(day=1)
    return Days(first, after - timedelta(days=1))


def month(chosen: Selection, days: Days, now: datetime) -> Month:
    """Return the report of a month, of one brand or of all; other filters of `chosen` are left out."""
    selection = over(Selection(brand=chosen.brand, zone=chosen.zone), days)
    before = over(selection, days_of((days.first - timedelta(days=1)).replace(day=1)))
    pairs = judged(figures(selection, before, now))
    found = report(selection.of(pairs[0].survey.key), now, before) if pairs else None
    invited = queries.dispositions(selection)
    return Month(
        selection=selection,
        is_over=selection.until is not None and selection.until <= now,
        figures=pairs,
        trend=trend(selection.of(pairs[0].survey.key), pairs[0].survey, now) if pairs else [],
        findings=found.findings if found else None,
        followed=followed(selection, now),
        effect=effect(selection, now),
        praise=voices(selection, "happy", now),
        criticism=voices(selection, "unhappy", now),
        invited=invited,
        response_rate=response_rate(invited),
    )


def figures(selection: Selection, before: Selection, now: datetime) -> list[Figure]:
    """Return the surveys that were answered and may be shown, each against the month before."""
    held = {survey.key for survey in held_back()}
    found = []
    for survey in surveys_on_scales():
        if survey.key in held:
            continue
        these = measure(survey.kind, queries.score_counts(selection.of(survey.key), now))
        if these is not None:
            those = measure(survey.kind, queries.score_counts(before.of(survey.key), now))
            groups = those.groups if those is not None else dict.fromkeys(these.groups, 0)
            found.append(Figure(survey, these, those, compare(survey.kind, these.groups, groups)))
    return found


def judged(pairs: Sequence[Figure]) -> list[Figure]:
    """Return the figures with the verdicts that hold when all of them are judged together."""
    together = iter(adjusted([pair.verdict.p for pair in pairs if pair.verdict.p is not None]))
    return [pair if pair.verdict.p is None else _judged(pair, next(together)) for pair in pairs]


def _judged(pair: Figure, p: float) -> Figure:
    verdict = pair.verdict
    if verdict.outcome != "changed" or p < SURE:
        return pair
    return pair._replace(verdict=replace(verdict, outcome="not_distinguishable"))


def trend(selection: Selection, survey: Survey, now: datetime) -> list[Period]:
    """Return the measures of the twelve months that end with the selected one; None where nobody answered."""
    if selection.days is None:
        return []
    last = selection.days.last
    at = last.year * 12 + last.month - MONTHS_SHOWN
    stretches = buckets(date(at // 12, at % 12 + 1, 1), last, "month")
    days = [*(stretch.start for stretch in stretches), last + timedelta(days=1)]
    edges = [datetime.combine(day, time(), selection.zone).astimezone(UTC) for day in days]
    counts = queries.bucket_counts(selection, edges, now)
    return [
        Period(
            stretch,
            measure(survey.kind, found),
            tuple(each for each in survey.versions[1:] if since <= each.published_at < until),
            extent_of(stretch, Days(stretches[0].start, last), selection.zone, now),
        )
        for stretch, found, (since, until) in zip(stretches, counts, pairwise(edges), strict=True)
    ]


def voices(selection: Selection, mood: Mood, now: datetime) -> list[Listed]:
    """Return up to three of the newest comments of happy or unhappy answers: long enough, of different themes.

    A comment that reads otherwise than its score is neither praise nor criticism.
    """
    wanted = Wanted(selection, mood=mood, is_counted=True, has_comment=True)
    listed = responses(wanted, now, LOOKED_THROUGH).items
    rows = [row for row in listed if row.analysis is None or row.analysis.label != CONTRARY[mood]]
    told = [row for row in rows if len(row.response.comment or "") in LETTERS]
    chosen: list[Listed] = []
    for allowed in (_is_new_theme, lambda _row, _chosen: True):
        for row in [*told, *(row for row in rows if row not in told)]:
            if len(chosen) < VOICES and row not in chosen and allowed(row, chosen):
                chosen.append(row)
    return chosen


def _is_new_theme(row: Listed, chosen: Sequence[Listed]) -> bool:
    themes = _themes_of(row)
    return bool(themes) and not any(themes & _themes_of(other) for other in chosen)


def _themes_of(row: Listed) -> set[str]:
    analysis = row.analysis
    return {mention.code.partition(".")[0] for mention in analysis.themes} - {"PRAISE"} if analysis else set()
