"""Take from a report everything that is not for people outside.

No comments, no lists, no way to single answers. Numbers are hidden more strictly than inside: nothing with fewer than
five answers, whole surveys and single weeks included, and no shares in which one group has fewer than five.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.insights.reporting import Figure, Report
from feedback.insights.scores import Measure
from feedback.insights.suppression import Cell, K, hidden_rows
from feedback.insights.trending import Period
from feedback.reports.looking import is_enough


@dataclass(frozen=True)
class Outside:
    """A report for people outside; `shares` says whether the groups of the focus may be told."""

    report: Report
    shares: bool


def outside(report: Report) -> Outside:
    """Return what may be shown of a report to anybody with the link."""
    figures = [_hidden(figure) for figure in report.figures]
    focus = next(each for each in figures if each.survey is report.focus.survey)
    is_known = focus.measure is not None
    before = _enough(report.before) is not None
    shown = replace(
        report,
        figures=[each for each in figures if each.measure is not None],
        focus=focus,
        counts={},
        before=report.before if before and is_known else None,
        change=report.change if before and is_known else None,
        trend=_told(report.trend) if is_known else [],
        breakdowns=[],
        comments=[],
        excluded=0,
        with_excluded=None,
        meant=None,
        not_followed_up=0,
    )
    groups = focus.measure.groups.values() if focus.measure else []
    return Outside(shown, shares=is_known and all(n >= K for n in groups if n))


def _told(trend: Sequence[Period]) -> list[Period]:
    """Return the trend with gaps: too small stretches, and so many others that no small one is all minus the rest."""
    sizes: dict[Cell, int] = {(str(at),): each.measure.n for at, each in enumerate(trend) if each.measure}
    alone = {(str(at),) for at, each in enumerate(trend) if each.measure and not _enough(each.measure)}
    hidden = hidden_rows(sizes, alone)
    return [replace(each, measure=None) if (str(at),) in hidden else each for at, each in enumerate(trend)]


def _hidden(figure: Figure) -> Figure:
    measure = _enough(figure.measure)
    return figure if measure is not None else replace(figure, measure=None, is_hidden=True)


def _enough(measure: Measure | None) -> Measure | None:
    return measure if is_enough(measure) else None
