"""Take from a report everything that is not for people outside.

No comments, no lists, no way to single answers. Numbers are hidden more strictly than inside: nothing with fewer than
five answers, whole surveys and single weeks included, and no shares in which one group has fewer than five.
"""

from dataclasses import dataclass, replace

from feedback.insights.reporting import Figure, Report
from feedback.insights.scores import Measure
from feedback.insights.suppression import K, is_uniform


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
    before = report.before is not None and report.before.n >= K
    shown = replace(
        report,
        figures=[each for each in figures if each.measure is not None],
        focus=focus,
        counts={},
        before=report.before if before and is_known else None,
        change=report.change if before and is_known else None,
        trend=[replace(each, measure=_enough(each.measure)) for each in report.trend] if is_known else [],
        breakdowns=[],
        comments=[],
        excluded=0,
        with_excluded=None,
        not_followed_up=0,
    )
    groups = focus.measure.groups.values() if focus.measure else []
    return Outside(shown, shares=is_known and all(n >= K for n in groups if n))


def _hidden(figure: Figure) -> Figure:
    measure = _enough(figure.measure)
    return figure if measure is not None else replace(figure, measure=None, is_hidden=True)


def _enough(measure: Measure | None) -> Measure | None:
    if measure is None or measure.n < K or is_uniform(measure.groups.values()):
        return None
    return measure
