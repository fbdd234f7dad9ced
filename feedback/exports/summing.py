"""Make tables of the figures that the page of insights shows: the same numbers, with what it hides left out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from feedback.exports.columns import DIFFERENCES, FIGURES, SPREAD, TREND, Said, columns_named
from feedback.exports.tables import Table
from feedback.insights.breakdowns import Row
from feedback.insights.reporting import Report
from feedback.insights.scores import METRICS, Measure, rounded_to
from feedback.insights.selection import DIMENSIONS
from surveys.api.shapes import written
from surveys.responses.cells import Value
from surveys.scales import SCALES, group_of

DECIMALS = 2


def table_of(name: str, report: Report, now: datetime) -> Table:
    """Return one of the tables of PARTS."""
    said, rows = PARTS[name]
    about = {"as of": written(now) or "", **report.selection.query()}
    return Table(name, columns_named(said, said), [*rows(report)], about)


def figures(report: Report) -> Iterable[Sequence[Value]]:
    """Return a row for each survey."""
    for figure in report.figures:
        found, kind = figure.measure, figure.survey.kind
        mean = found.mean if found else None
        yield [
            figure.survey.key,
            *scored(kind, found, 0 if not figure.is_hidden else None),
            None if mean is None else rounded_to(mean, DECIMALS),
            "yes" if figure.is_hidden else "no",
        ]


def spread(report: Report) -> Iterable[Sequence[Value]]:
    """Return a row for each point of the scale of the survey in focus; none where the page shows none."""
    survey = report.focus.survey
    if report.counts:
        for score in SCALES[survey.kind].scores:
            yield [survey.key, score, group_of(survey.kind, score), report.counts.get(score, 0)]


def trend(report: Report) -> Iterable[Sequence[Value]]:
    """Return a row for each stretch of time."""
    survey = report.focus.survey
    for period in report.trend:
        start, end = (day.isoformat() for day in period.bucket)
        nobody = 0 if report.selection.is_whole else None
        yield [survey.key, start, end, *scored(survey.kind, period.measure, nobody), period.extent]


def differences(report: Report) -> Iterable[Sequence[Value]]:
    """Return a row for each part that the page shows."""
    survey = report.focus.survey
    for breakdown in report.breakdowns:
        by = "+".join(breakdown.dimensions)
        for row in breakdown.rows:
            yield [
                survey.key,
                by,
                *(row.values.get(name) for name in DIMENSIONS),
                *part_values(survey.kind, row),
            ]


def part_values(kind: str, row: Row) -> list[Value]:
    """Return score and difference of a part; of a small group of one mind only how many it has."""
    if row.is_uniform:
        return [METRICS[kind], row.measure.n, *[None] * 6, "too_few"]
    found, verdict = row.measure, row.verdict
    if found.is_thin:
        return [*scored(kind, found, None), *[None] * 3, "too_few"]
    interval = verdict.interval
    ends = (verdict.difference, *((interval.low, interval.high) if interval else (None, None)))
    outcome = "clear" if row.is_clear else "perhaps" if verdict.outcome == "changed" else verdict.outcome
    return [
        *scored(kind, found, None),
        *(None if end is None else rounded_to(end, DECIMALS) for end in ends),
        outcome,
    ]


def scored(kind: str, found: Measure | None, n: int | None) -> list[Value]:
    """Return what stands in the columns of SCORED; `n` where there is no measure."""
    if found is None:
        return [METRICS[kind], n, None, None, None]
    low, high = found.interval.low, found.interval.high
    return [METRICS[kind], found.n, *(rounded_to(value, DECIMALS) for value in (found.score, low, high))]


PARTS: Mapping[str, tuple[Said, Callable[[Report], Iterable[Sequence[Value]]]]] = {
    "figures": (FIGURES, figures),
    "trend": (TREND, trend),
    "spread": (SPREAD, spread),
    "differences": (DIFFERENCES, differences),
}
