"""Everything the insights page says, put together once: figures, change, trend, breakdown, comments.

One survey is in focus (scales are never mixed); the figures of the others stand beside it. A part (country, carrier,
language) is shown only where `suppression` lets it be; a whole survey is unless its answers are held back.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from feedback.insights import queries
from feedback.insights.breakdowns import (
    Breakdown,
    Count,
    Row,
    breakdowns,
    cell_of,
    score_counts_of,
    values_of,
)
from feedback.insights.differences import compare
from feedback.insights.excluded.queries import Excluded, excluded_by_survey, together
from feedback.insights.listing import Listed, Wanted, responses
from feedback.insights.meant.queries import Meant, meant_otherwise
from feedback.insights.mix import Mix, mixes
from feedback.insights.mixing import mixes_between
from feedback.insights.response_rates import Dispositions, response_rate
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import DIMENSIONS, Selection
from feedback.insights.suppression import is_uniform
from feedback.insights.themes.finding import Findings, find
from feedback.insights.themes.heard import Heard
from feedback.insights.themes.queries import heard, newest_answer_at
from feedback.insights.trending import Period, trend_of
from feedback.insights.trends import Unit, Verdict
from feedback.insights.withholding import is_withheld, withheld_of
from surveys.errors import N_, Refusal
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back

COMMENTS_FIRST_BELOW = 100
COMMENTS_SHOWN = 12
MOST_CLEAR = 3


class TooFewToShow(Refusal):
    """So few people stand behind the selection that listing their answers would name them."""

    status = 403
    phrase = N_(
        "Fewer than five people stand on one side of this filter, so their answers are not listed. Widen it."
    )


@dataclass(frozen=True)
class Figure:
    """The score of one survey; None without answers, or when so few people stand behind it that it is hidden.

    Hidden is also a part of fewer than ten who are all of one mind (methodology 2.7). `is_held_back` says that the whole
    survey is hidden: it is anonymous and has too few answers yet.
    """

    survey: Survey
    measure: Measure | None
    is_hidden: bool
    is_held_back: bool


@dataclass(frozen=True)
class Report:
    """What stands on the page. `change` is None when the period before is not to be shown.

    `findings` are what the themes say of it.
    """

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
    not_followed_up: int
    comments: Sequence[Listed]
    choices: Mapping[str, Sequence[str]]
    excluded: int  # answers to the focus from everywhere that count in none of these numbers
    with_excluded: Measure | None  # what the score would be with them; None for a part
    meant: Meant | None  # what those would change who meant another score; None for a part
    findings: Findings
    newest_at: datetime | None  # without answers: when the newest one to the whole survey came

    @property
    def n(self) -> int:
        """How many answers the focus has, 0 when they are hidden."""
        return self.focus.measure.n if self.focus.measure else 0

    @property
    def response_rate(self) -> float | None:
        """Which share of the invitations was answered; None without any."""
        return response_rate(self.invited)

    @property
    def clear(self) -> list[Row]:
        """The parts that differ clearly, the largest difference first."""
        rows = [row for breakdown in self.breakdowns for row in breakdown.rows if row.is_clear]
        return sorted(rows, key=lambda row: -abs(row.verdict.difference or 0))[:MOST_CLEAR]

    @property
    def comments_first(self) -> bool:
        """Whether there are so few answers that reading them says more than counting them."""
        return self.n < COMMENTS_FIRST_BELOW


class Overview(NamedTuple):
    """The figures of all surveys, the one in focus, and the counts by survey that they were made of."""

    figures: Sequence[Figure]
    focus: Figure
    by_survey: Mapping[str, Sequence[Count]]


def overview(selection: Selection, now: datetime) -> Overview | None:
    """Return the figures of all surveys for a selection; None while there is no survey to measure."""
    surveys = surveys_on_scales()
    if selection.survey is not None:
        queries.measured_survey(selection.survey)
    if not surveys:
        return None
    by_survey: dict[str, list[Count]] = {survey.key: [] for survey in surveys}
    held = {survey.key for survey in held_back()}
    counts = queries.cell_counts(selection.of(None), now)
    for count in counts:
        if count.survey not in held:
            by_survey[count.survey].append(count)
    hidden = withheld_of(selection.of(None), now, counts if is_basic(selection) else None) | held
    figures = [_figure(each, by_survey[each.key], selection, each.key in held, hidden) for each in surveys]
    return Overview(figures, _focus(figures, selection), by_survey)


def report(selection: Selection, now: datetime, before: Selection | None = None) -> Report | None:
    """Return the page of a selection, against the same over the days `before`, else over as many days just before.

    None while there is no survey to measure.
    """
    found = overview(selection, now)
    if found is None:
        return None
    figures, focus, by_survey = found
    selection = selection.of(focus.survey.key)
    counts = score_counts_of(by_survey[focus.survey.key], selection)
    said = heard_of(focus, selection, now, by_survey[focus.survey.key])
    then = before.of(focus.survey.key) if before else selection.before
    earlier = heard_before(focus, then, now)
    was, change = _change(focus, earlier, then, now)
    mixes = _mixes(focus, selection, then, (earlier, said), change, now)
    unit, trend = trend_of(focus.survey, focus.measure.n if focus.measure else 0, selection, now)
    excluded = excluded_by_survey(selection, now).get(focus.survey.key)
    parts = _breakdowns(focus, by_survey[focus.survey.key], selection)
    return Report(
        selection=selection,
        figures=figures,
        focus=focus,
        counts={} if focus.is_hidden else counts,
        before=was,
        change=change,
        unit=unit,
        trend=trend,
        breakdowns=parts,
        invited=_invited(focus, selection),
        not_followed_up=0 if focus.is_hidden else queries.not_followed_up(selection, now),
        comments=[] if focus.is_hidden else _comments(selection, now),
        choices={name: values_of(by_survey.values(), name) for name in DIMENSIONS},
        excluded=excluded.n if excluded else 0,
        with_excluded=_with_excluded(focus, selection, counts, excluded),
        meant=None if focus.is_hidden else meant_otherwise(focus.survey.kind, selection, counts, now),
        findings=find(said, earlier, cell_of(selection), change, parts, mixes),
        newest_at=_newest_at(focus, selection, now),
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
    found = measure(survey.kind, score_counts_of(counts, selection))
    is_hidden = survey.key in hidden or _names_everybody(found, selection)
    return Figure(survey, None if is_hidden else found, is_hidden, is_held_back)


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


def heard_of(
    focus: Figure, selection: Selection, now: datetime, counts: Sequence[Count] | None = None
) -> Heard | None:
    """Return who said what in the period of a selection; None where nothing may be shown or a further part is meant."""
    return heard(focus.survey, selection, now, counts) if focus.measure and is_basic(selection) else None


def heard_before(focus: Figure, before: Selection | None, now: datetime) -> Heard | None:
    """Return who said what in an earlier period; None where it is not to be shown."""
    if before is None or not focus.measure or not is_basic(before):
        return None
    counts = queries.cell_counts(before, now)
    return None if is_withheld(before, now, counts) else heard_of(focus, before, now, counts)


def _change(
    focus: Figure, heard_then: Heard | None, before: Selection | None, now: datetime
) -> tuple[Measure | None, Verdict | None]:
    """Return the measure of the earlier period and whether the score changed since; None where that is not shown."""
    kind = focus.survey.kind
    if before is None or focus.measure is None:
        return None, None
    if heard_then is not None:
        earlier = heard_then.measure(cell_of(before))
    elif is_basic(before) or not is_shown(before, now):
        return None, None
    else:
        earlier = measure(kind, queries.score_counts(before, now))
    if _names_everybody(earlier, before):
        return None, None
    groups = earlier.groups if earlier else dict.fromkeys(focus.measure.groups, 0)
    return earlier, compare(kind, focus.measure.groups, groups)


def _mixes(
    focus: Figure,
    selection: Selection,
    before: Selection | None,
    heard_of_both: tuple[Heard | None, Heard | None],
    change: Verdict | None,
    now: datetime,
) -> list[Mix]:
    """Return what the mix did to a change: along every dimension for a clear one, since then a cause would be named.

    Of another the dimensions are looked at that are counted anyway.
    """
    if before is None or change is None or change.difference is None:
        return []
    earlier, said = heard_of_both
    if said is None or earlier is None or change.outcome == "changed":
        return mixes_between(focus.survey.kind, before, selection, now)
    cell = cell_of(selection)
    found = mixes(said.kind, DIMENSIONS, earlier.within(cell), said.within(cell))
    return [mix for mix in found if mix.dimension not in selection.restricted]


def _newest_at(focus: Figure, selection: Selection, now: datetime) -> datetime | None:
    """Return when the newest answer came, where the period has none; of a part that would tell of single people."""
    is_told = selection.is_whole and not focus.is_hidden and focus.measure is None
    return newest_answer_at(selection, now) if is_told else None


def _comments(selection: Selection, now: datetime) -> Sequence[Listed]:
    wanted = Wanted(selection, is_counted=True, has_comment=True)
    return responses(wanted, now, COMMENTS_SHOWN).items


def _names_everybody(found: Measure | None, selection: Selection) -> bool:
    """Tell whether a part is so small and of one mind that its figure would say what each of its people gave."""
    return not selection.is_whole and found is not None and is_uniform(found.groups.values())
