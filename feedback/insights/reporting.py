"""Everything the insights page says, put together once: figures, change, trend, breakdown, comments.

One survey is in focus (scales are never mixed); the figures of the others stand beside it. A part (country, carrier,
language) is shown only where `suppression` lets it be; a whole survey always is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from feedback.insights import queries
from feedback.insights.differences import adjusted, compare
from feedback.insights.queries import Count
from feedback.insights.response_rates import Dispositions, response_rates
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import DIMENSIONS, Selection
from feedback.insights.suppression import ANY, Cell, K, hidden_cells, is_uniform
from feedback.insights.trends import Bucket, Unit, Verdict, bucket_for, buckets
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.scales import SCALES

COMMENTS_FIRST_BELOW = 100
CHANCE = 0.05
MOST_WEEKS = 60
MOST_ROWS = 40
# What is broken down: each dimension alone, and where a parcel went with who brought it.
PARTITIONS = (("country",), ("carrier",), ("language",), ("country", "carrier"))


@dataclass(frozen=True)
class Figure:
    """The score of one survey; None without answers, or when so few people stand behind it that it is hidden."""

    survey: Survey
    measure: Measure | None
    is_hidden: bool


@dataclass(frozen=True)
class Row:
    """One part of the answers: its values by dimension, and how its score differs from that of all the others.

    `is_clear` says that the difference is more than chance even though many parts were compared. `is_uniform`: a
    small group of one mind, whose score would name each of them.
    """

    values: Mapping[str, str]
    measure: Measure
    verdict: Verdict
    is_clear: bool
    is_uniform: bool


@dataclass(frozen=True)
class Breakdown:
    """The parts along some dimensions, those that differ clearly first; `hidden` parts are too small to show."""

    dimensions: tuple[str, ...]
    rows: Sequence[Row]
    hidden: int
    more: int


@dataclass(frozen=True)
class Period:
    """One stretch of the trend with its measure; None where nobody answered or too few to be shown."""

    bucket: Bucket
    measure: Measure | None


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
    asked: int
    response_rate: float | None
    not_followed_up: int
    comments: Sequence[Response]

    @property
    def n(self) -> int:
        """How many answers the focus has, 0 when they are hidden."""
        return self.focus.measure.n if self.focus.measure else 0

    @property
    def comments_first(self) -> bool:
        """Whether there are so few answers that reading them says more than counting them."""
        return self.n < COMMENTS_FIRST_BELOW


def report(selection: Selection, now: datetime) -> Report | None:
    """Return the page of a selection; None while there is no survey to measure."""
    surveys = queries.measured_surveys()
    if selection.survey is not None:
        queries.measured_survey(selection.survey)
    if not surveys:
        return None
    by_survey: dict[str, list[Count]] = {survey.key: [] for survey in surveys}
    for count in queries.cell_counts(_of(selection, None), now):
        by_survey[count.survey].append(count)
    figures = [_figure(survey, by_survey[survey.key], selection) for survey in surveys]
    focus = _focus(figures, selection)
    selection = _of(selection, focus.survey.key)
    counts = _score_counts(by_survey[focus.survey.key], selection)
    before, change = _change(focus, selection, now)
    unit, trend = _trend(focus, selection, now)
    invited = queries.dispositions(selection) if not focus.is_hidden else Dispositions()
    rates = response_rates(invited)
    return Report(
        selection=selection,
        figures=figures,
        focus=focus,
        counts={} if focus.is_hidden or _names_everybody(focus, selection) else counts,
        before=before,
        change=change,
        unit=unit,
        trend=trend,
        breakdowns=breakdowns(focus.survey.kind, by_survey[focus.survey.key], selection),
        asked=invited.complete + invited.partial + invited.silent + invited.unknown,
        response_rate=rates.rr2,
        not_followed_up=0 if focus.is_hidden else queries.not_followed_up(selection, now),
        comments=[] if focus.is_hidden else queries.latest_comments(selection, now, limit=12),
    )


def is_shown(selection: Selection, now: datetime) -> bool:
    """Return whether single answers of a part may be listed for people who do not work on cases."""
    if selection.is_whole:
        return True
    sizes = _sizes(queries.cell_counts(selection, now))
    return _cell(selection) not in hidden_cells(sizes)


def breakdowns(kind: str, counts: Sequence[Count], selection: Selection) -> list[Breakdown]:
    """Return the parts of the selected answers along each dimension it leaves open and that has several values."""
    hidden = hidden_cells(_sizes(counts))
    found = []
    for dimensions in PARTITIONS:
        if any(getattr(selection, name) is not None for name in dimensions):
            continue
        parts = _parts(counts, selection, dimensions)
        if all(len({values[at] for values in parts}) > 1 for at in range(len(dimensions))):
            found.append(_breakdown(kind, parts, dimensions, selection, hidden))
    return found


def _breakdown(
    kind: str,
    parts: Mapping[tuple[str, ...], Mapping[int, int]],
    dimensions: tuple[str, ...],
    selection: Selection,
    hidden: frozenset[Cell],
) -> Breakdown:
    """Compare each part that may be shown with all the others together."""
    everything = _added(parts.values())
    shown = []
    for values, counts in parts.items():
        named = dict(zip(dimensions, values, strict=True))
        if _cell(selection, named) in hidden:
            continue
        found = measure(kind, counts)
        if found is not None:
            rest = {score: n - counts.get(score, 0) for score, n in everything.items()}
            shown.append((named, found, compare(kind, found.groups, SCALES[kind].tally(rest))))
    family = adjusted([verdict.p if verdict.p is not None else 1.0 for _, _, verdict in shown])
    rows = [
        Row(
            named,
            found,
            verdict,
            verdict.outcome == "changed" and p <= CHANCE,
            is_uniform(found.groups.values()),
        )
        for (named, found, verdict), p in zip(shown, family, strict=True)
    ]
    rows.sort(
        key=lambda row: (not row.is_clear, row.verdict.difference or 0 if row.is_clear else -row.measure.n)
    )
    too_small = len(parts) - len(rows)
    return Breakdown(dimensions, rows[:MOST_ROWS], too_small, max(0, len(rows) - MOST_ROWS))


def _figure(survey: Survey, counts: Sequence[Count], selection: Selection) -> Figure:
    is_hidden = not selection.is_whole and _cell(selection) in hidden_cells(_sizes(counts))
    found = None if is_hidden else measure(survey.kind, _score_counts(counts, selection))
    return Figure(survey, found, is_hidden)


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

    Whole surveys show every stretch with answers; of a part a stretch with fewer than k answers stays a gap.
    """
    if selection.days is None or focus.measure is None:
        return "week", []
    first, last = selection.days
    unit = bucket_for(focus.measure.n)
    if unit == "week" and selection.days.length > MOST_WEEKS * 7:
        unit = "month"
    stretches = buckets(first, last, unit)
    bounds = []
    for stretch in stretches:
        begins, ends = max(stretch.start, first), min(stretch.end, last + timedelta(days=1))
        bounds.append((_midnight(begins, selection), _midnight(ends, selection)))
    least = 1 if selection.is_whole else K
    return unit, [
        Period(stretch, measure(focus.survey.kind, counts) if sum(counts.values()) >= least else None)
        for stretch, counts in zip(stretches, queries.bucket_counts(selection, bounds, now), strict=True)
    ]


def _midnight(day: date, selection: Selection) -> datetime:
    return datetime.combine(day, time(), selection.zone).astimezone(UTC)


def _names_everybody(focus: Figure, selection: Selection) -> bool:
    return not selection.is_whole and focus.measure is not None and is_uniform(focus.measure.groups.values())


def _of(selection: Selection, survey: str | None) -> Selection:
    return replace(selection, survey=survey)


def _cell(selection: Selection, named: Mapping[str, str] | None = None) -> Cell:
    """Return where a selection stands among the dimensions, with further values put in."""
    chosen = {name: getattr(selection, name) for name in DIMENSIONS} | dict(named or {})
    return tuple(chosen[name] or ANY for name in DIMENSIONS)


def _place(count: Count) -> Cell:
    return count.country, count.carrier, count.language


def _sizes(counts: Sequence[Count]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for count in counts:
        found[_place(count)] = found.get(_place(count), 0) + count.n
    return found


def _is_within(count: Count, cell: Cell) -> bool:
    return all(wanted in (ANY, value) for wanted, value in zip(cell, _place(count), strict=True))


def _score_counts(counts: Sequence[Count], selection: Selection) -> dict[int, int]:
    cell = _cell(selection)
    return _added([{count.score: count.n} for count in counts if _is_within(count, cell)])


def _parts(
    counts: Sequence[Count], selection: Selection, dimensions: tuple[str, ...]
) -> dict[tuple[str, ...], dict[int, int]]:
    """Return the score counts of the selected answers for each combination of values along `dimensions`."""
    cell = _cell(selection)
    found: dict[tuple[str, ...], dict[int, int]] = {}
    for count in counts:
        if _is_within(count, cell):
            part = found.setdefault(tuple(getattr(count, name) for name in dimensions), {})
            part[count.score] = part.get(count.score, 0) + count.n
    return found


def _added(many: Iterable[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for counts in many:
        for score, n in counts.items():
            found[score] = found.get(score, 0) + n
    return found
