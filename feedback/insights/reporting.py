"""Everything the insights page says, put together once: figures, change, trend, breakdown, comments.

One survey is in focus (scales are never mixed); the figures of the others stand beside it. A part (country, carrier,
language) is shown only where `suppression` lets it be; a whole survey is unless its answers are held back.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from feedback.insights import queries
from feedback.insights.breakdowns import (
    Breakdown,
    Count,
    Row,
    breakdowns,
    score_counts_of,
    values_of,
)
from feedback.insights.differences import compare
from feedback.insights.excluded.queries import Excluded, excluded_by_survey, together
from feedback.insights.listing import Listed, Wanted, responses
from feedback.insights.response_rates import Dispositions, response_rate
from feedback.insights.scores import THIN_BELOW, Measure, measure
from feedback.insights.selection import DIMENSIONS, Selection
from feedback.insights.suppression import K, hidden_within, is_uniform
from feedback.insights.trends import Bucket, Unit, Verdict, bucket_for, buckets
from feedback.insights.withholding import is_withheld, withheld_of
from surveys.errors import N_, Refusal
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back

COMMENTS_FIRST_BELOW = 100
COMMENTS_SHOWN = 12
MOST_CLEAR = 3
# Over more weeks than this, a line of thin weeks shows nothing but chance; months are drawn instead.
FEW_WEEKS = 30


class TooFewToShow(Refusal):
    """So few people stand behind the selection that listing their answers would name them."""

    status = 403
    phrase = N_(
        "Fewer than five people stand on one side of this filter, so their answers are not listed. Widen it."
    )


@dataclass(frozen=True)
class Figure:
    """The score of one survey; None without answers, or when so few people stand behind it that it is hidden.

    `is_held_back` says that the whole survey is hidden: it is anonymous and has too few answers yet.
    """

    survey: Survey
    measure: Measure | None
    is_hidden: bool
    is_held_back: bool


@dataclass(frozen=True)
class Period:
    """One stretch of the trend with its measure; None where nobody answered or too few to be shown.

    `versions` are those of the questionnaire that came in it and replaced another: what was
    measured before was asked in other words.
    """

    bucket: Bucket
    measure: Measure | None
    versions: tuple[SurveyVersion, ...] = ()


@dataclass(frozen=True)
class Report:
    """What stands on the page. `change` is None when the period before is not to be shown."""

    selection: Selection
    figures: Sequence[Figure]
    focus: Figure
    counts: Mapping[int, int]
    before: Measure | None
    change: Verdict | None
    unit: Unit
    trend: Sequence[Period]
    breakdowns: Sequence[Breakdown]
    invited: Dispositions
    response_rate: float | None
    not_followed_up: int
    comments: Sequence[Listed]
    choices: Mapping[str, Sequence[str]]
    excluded: int  # answers to the focus from everywhere that count in none of these numbers
    with_excluded: Measure | None  # what the score would be with them; None for a part

    @property
    def n(self) -> int:
        """How many answers the focus has, 0 when they are hidden."""
        return self.focus.measure.n if self.focus.measure else 0

    @property
    def clear(self) -> list[Row]:
        """The parts that differ clearly, the largest difference first."""
        rows = [row for breakdown in self.breakdowns for row in breakdown.rows if row.is_clear]
        return sorted(rows, key=lambda row: -abs(row.verdict.difference or 0))[:MOST_CLEAR]

    @property
    def comments_first(self) -> bool:
        """Whether there are so few answers that reading them says more than counting them."""
        return self.n < COMMENTS_FIRST_BELOW


def report(selection: Selection, now: datetime) -> Report | None:
    """Return the page of a selection; None while there is no survey to measure."""
    surveys = surveys_on_scales()
    if selection.survey is not None:
        queries.measured_survey(selection.survey)
    if not surveys:
        return None
    by_survey: dict[str, list[Count]] = {survey.key: [] for survey in surveys}
    held = {survey.key for survey in held_back()}
    for count in queries.cell_counts(selection.of(None), now):
        if count.survey not in held:
            by_survey[count.survey].append(count)
    hidden = withheld_of(selection.of(None), now) | held
    figures = [_figure(each, by_survey[each.key], selection, each.key in held, hidden) for each in surveys]
    focus = _focus(figures, selection)
    selection = selection.of(focus.survey.key)
    parts = by_survey[focus.survey.key]
    counts = score_counts_of(parts, selection)
    before, change = _change(focus, selection, now)
    unit, trend = _trend(focus, selection, now)
    excluded = excluded_by_survey(selection, now).get(focus.survey.key)
    invited = _invited(focus, selection)
    return Report(
        selection=selection,
        figures=figures,
        focus=focus,
        counts={} if focus.is_hidden or _names_everybody(focus, selection) else counts,
        before=before,
        change=change,
        unit=unit,
        trend=trend,
        breakdowns=_breakdowns(focus, parts, selection),
        invited=invited,
        response_rate=response_rate(invited),
        not_followed_up=0 if focus.is_hidden else queries.not_followed_up(selection, now),
        comments=[] if focus.is_hidden else _comments(selection, now),
        choices={name: values_of(by_survey.values(), name) for name in DIMENSIONS},
        excluded=excluded.n if excluded else 0,
        with_excluded=_with_excluded(focus, selection, counts, excluded),
    )


def is_shown(selection: Selection, now: datetime) -> bool:
    """Return whether single answers of a part may be listed for people who do not work on cases."""
    return not is_withheld(selection, now)


def is_basic(selection: Selection) -> bool:
    """Return whether only dimensions are restricted that are counted together for every page."""
    return selection.restricted.keys() <= set(DIMENSIONS)


def _figure(
    survey: Survey, counts: Sequence[Count], selection: Selection, is_held_back: bool, hidden: Set[str]
) -> Figure:
    is_hidden = survey.key in hidden
    found = None if is_hidden else measure(survey.kind, score_counts_of(counts, selection))
    return Figure(survey, found, is_hidden, is_held_back)


def _invited(focus: Figure, selection: Selection) -> Dispositions:
    """Return what became of the invitations; nothing where a theme is chosen, of which the silent say nothing."""
    is_known = not focus.is_hidden and selection.theme is None
    return queries.dispositions(selection) if is_known else Dispositions()


def _with_excluded(
    focus: Figure, selection: Selection, counts: dict[int, int], excluded: Excluded | None
) -> Measure | None:
    if not excluded or not selection.is_whole or focus.is_hidden:
        return None
    return together(focus.survey.kind, counts, excluded.scores)


def _breakdowns(focus: Figure, counts: Sequence[Count], selection: Selection) -> list[Breakdown]:
    """Return the parts of the selected answers; those of any other part are judged on the page that explores."""
    return breakdowns(focus.survey.kind, counts, selection) if is_basic(selection) else []


def _focus(figures: Sequence[Figure], selection: Selection) -> Figure:
    """Return the chosen survey, else the first one with answers, else the first."""
    chosen = [figure for figure in figures if figure.survey.key == selection.survey]
    return next(iter(chosen + [figure for figure in figures if figure.measure]), figures[0])


def _change(focus: Figure, selection: Selection, now: datetime) -> tuple[Measure | None, Verdict | None]:
    """Return the measure of the period before and whether the score changed since."""
    before = selection.before
    if before is None or focus.measure is None:
        return None, None
    if not is_shown(before, now):
        return None, None
    kind = focus.survey.kind
    earlier = measure(kind, queries.score_counts(before, now))
    groups = earlier.groups if earlier else dict.fromkeys(focus.measure.groups, 0)
    return earlier, compare(kind, focus.measure.groups, groups)


def _trend(focus: Figure, selection: Selection, now: datetime) -> tuple[Unit, list[Period]]:
    """Return the measures of the weeks, months or quarters of the selected days.

    Weeks of a long period are drawn only when they have enough answers each.
    Whole surveys show every stretch with answers; of a part a stretch with fewer than k answers stays a gap, and so does
    one in which fewer than k others answered, because the line of the whole gives them away.
    """
    if selection.days is None or focus.measure is None:
        return "week", []
    first, last = selection.days
    unit = bucket_for(focus.measure.n)
    weeks = selection.days.length / 7
    if unit == "week" and weeks > FEW_WEEKS and focus.measure.n / weeks < THIN_BELOW:
        unit = "month"
    stretches = buckets(first, last, unit)
    days = [first, *(stretch.start for stretch in stretches[1:]), last + timedelta(days=1)]
    edges = [datetime.combine(day, time(), selection.zone).astimezone(UTC) for day in days]
    rows = queries.bucket_counts(selection, edges, now)
    opened = (selection.where(**{name: None}) for name in selection.restricted)
    wholes = [[sum(counts.values()) for counts in queries.bucket_counts(each, edges, now)] for each in opened]
    return unit, [
        Period(
            stretch,
            measure(focus.survey.kind, counts)
            if _may_stand(sum(counts.values()), [whole[at] for whole in wholes])
            else None,
            tuple(each for each in focus.survey.versions[1:] if since <= each.published_at < until),
        )
        for at, (stretch, counts, (since, until)) in enumerate(
            zip(stretches, rows, pairwise(edges), strict=True)
        )
    ]


def _may_stand(size: int, wholes: Sequence[int]) -> bool:
    """Tell whether a stretch may be drawn; `wholes` are those of which it is a part, none for a whole survey."""
    return size >= (K if wholes else 1) and not hidden_within(size, wholes)


def _comments(selection: Selection, now: datetime) -> Sequence[Listed]:
    wanted = Wanted(selection, is_counted=True, has_comment=True)
    return responses(wanted, now, COMMENTS_SHOWN).items


def _names_everybody(focus: Figure, selection: Selection) -> bool:
    return not selection.is_whole and focus.measure is not None and is_uniform(focus.measure.groups.values())
