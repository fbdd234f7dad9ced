"""Everything the page about the effect of following up says, put together once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from feedback.follow_up.effect import queries
from feedback.follow_up.effect.fairness import UNKNOWN, Compared, Counted, compare
from feedback.follow_up.effect.queries import Coverage, Ordered, Tally
from feedback.follow_up.effect.recovery import PERSON_FROM, Share
from feedback.follow_up.effect.regression_to_the_mean import (
    Expected,
    Population,
    Stability,
    expected_of,
    population,
    stability,
)
from feedback.follow_up.effect.survival import Curve, LogRank, Watched, curve, log_rank
from feedback.follow_up.effect.uplift import Uplift, uplift
from feedback.follow_up.models import Task
from feedback.insights import queries as scores
from feedback.insights.scores import THIN_BELOW
from feedback.insights.selection import Selection
from feedback.insights.suppression import hidden_rows
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.scales import SCALES, Scale

LEARNT_FROM = timedelta(days=365)
NO_TASKS = Tally(*[0] * len(Tally._fields))
LEAST_POINTS = 5  # on fewer a score cannot regress to anything that says something


class Row(NamedTuple):
    """The tasks of one priority: their sums, and the curves until contact and until the solution."""

    priority: str
    tally: Tally
    contact: Curve
    solution: Curve


@dataclass(frozen=True)
class Orders:
    """Customers who ordered again: all, contacted, not contacted. `uplift` is None where too few are on one side."""

    everybody: Share
    contacted: Share
    others: Share
    uplift: Uplift | None


@dataclass(frozen=True)
class ByItself:
    """What the scores of the tasks' customers would do without any contact, and what they did.

    `recovers_at` is the lowest score that counts as recovered; `again` are contacted customers who answered the same
    survey once more, `recovered` those at or above it.
    """

    survey: Survey
    recovers_at: int
    first: Share  # how many tasks it rests on, of all
    first_mean: float
    everybody: Population
    stability: Stability
    expected: Expected
    again: Share

    @property
    def is_told(self) -> bool:
        """Whether it rests on enough scores; with fewer, chance alone moves such shares by 20 points and more."""
        return min(self.first.k, self.everybody.n) >= THIN_BELOW

    @property
    def is_judged(self) -> bool:
        """Whether enough have answered again to say if that is more than by themselves."""
        return self.again.n >= THIN_BELOW

    @property
    def is_more(self) -> bool:
        """Whether those who answered again recovered clearly more often than by themselves."""
        return self.again.interval is not None and self.again.interval.low > self.expected.share


@dataclass(frozen=True)
class Effect:
    """What stands on the page."""

    selection: Selection
    coverage: Coverage
    tally: Tally
    contact: Curve
    solution: Curve
    before: LogRank | None  # contact against the period of equal length before
    median_before: float | None
    rows: Sequence[Row]
    hidden: int
    orders: Orders
    by_itself: ByItself | None
    fairness: Sequence[Compared]


class Person(NamedTuple):
    """The sums of the tasks that one member of the team owns."""

    staff_id: int
    tally: Tally


def effect(selection: Selection, now: datetime) -> Effect:
    """Return what following up has done in the selected period."""
    contacts = queries.contacts(selection, now)
    solutions = queries.resolutions(selection, now)
    together = list(_all(contacts))
    before = list(_all(queries.contacts(selection.before, now))) if selection.before else []
    tallies = queries.tallies(selection, now, Task.priority)
    rows, hidden = _rows(tallies, contacts, solutions)
    tally = Tally(*map(sum, zip(NO_TASKS, *tallies.values(), strict=True)))
    return Effect(
        selection=selection,
        coverage=queries.coverage(selection, now),
        tally=tally,
        contact=curve(together),
        solution=curve(_all(solutions)),
        before=log_rank(together, before),
        median_before=curve(before).quantile().time,
        rows=rows,
        hidden=hidden,
        orders=orders(queries.orders_again(selection, now)),
        by_itself=by_itself(selection, tally.n, now),
        fairness=fairness(selection, now),
    )


def parts_of(found: Effect) -> dict[str, Share]:
    """Return the shares that the page tells, by name."""
    covered, tally = found.coverage, found.tally
    return {
        "covered": Share(covered.followed, covered.unhappy),
        "reached": Share(covered.contacted, covered.unhappy),
        "in_time": Share(tally.in_time, tally.due),
        "contacted": Share(tally.contacted, tally.n),
        "resolved": Share(tally.resolved, tally.n),
        "reopened": Share(tally.reopened, tally.resolved),
        "answered": Share(tally.answered, tally.resolved),
        "recovered": Share(tally.recovered, tally.answered),
        "recovered_of_all": Share(tally.recovered, tally.n),
        "ordered": found.orders.everybody,
    }


def fairness(selection: Selection, now: datetime) -> list[Compared]:
    """Return by each dimension whether customers are contacted alike, where two groups or more may be shown."""
    found = []
    for dimension, by in queries.groupings().items():
        tallies = queries.tallies(selection, now, by).items()
        counted = {value or UNKNOWN: Counted(it.n, Share(it.in_time, it.due)) for value, it in tallies}
        watched = {value or UNKNOWN: each for value, each in queries.contacts(selection, now, by).items()}
        found.append(compare(dimension, counted, watched))
    return [each for each in found if len(each.groups) > 1]


def persons(selection: Selection, now: datetime) -> list[Person]:
    """Return the sums of everybody who owns enough tasks, those with most tasks first."""
    found = queries.tallies(selection, now, Task.assignee_id)
    enough = [
        Person(staff_id, tally)
        for staff_id, tally in found.items()
        if staff_id is not None and tally.n >= PERSON_FROM
    ]
    return sorted(enough, key=lambda one: (-one.tally.n, one.staff_id))


def orders(found: Mapping[bool, Ordered]) -> Orders:
    """Return who ordered again; the two groups are compared only where neither is so small that it names people."""
    contacted, others = (Share(*_turned(found.get(each, Ordered(0, 0)))) for each in (True, False))
    groups = (("yes", contacted), ("no", others))
    sizes: dict[tuple[str, ...], int] = {(name,): each.n for name, each in groups if each.n}
    is_shown = len(sizes) > 1 and not hidden_rows(sizes, set())
    return Orders(
        everybody=Share(contacted.k + others.k, contacted.n + others.n),
        contacted=contacted,
        others=others,
        uplift=uplift(contacted.k, contacted.n, others.k, others.n) if is_shown else None,
    )


def by_itself(selection: Selection, n: int, now: datetime) -> ByItself | None:
    """Return what low scores do by themselves, for the survey most tasks come from; None where nothing can be said."""
    first = queries.scores_of(selection)
    known = {survey.key: survey for survey in surveys_on_scales() if has_regression(SCALES[survey.kind])}
    survey = max(
        (known[key] for key in first if key in known),
        key=lambda it: sum(first[it.key].values()),
        default=None,
    )
    if survey is None:
        return None
    counts = first[survey.key]
    learnt = replace(selection, survey=survey.key, since=now - LEARNT_FROM, until=now, days=None)
    everybody = population(scores.score_counts(learnt, now))
    if everybody is None:
        return None
    lasts = stability(queries.repeated(survey.key, selection.brand, now))
    recovers_at = recovered_from(SCALES[survey.kind])
    expected = expected_of(everybody, lasts.rho, counts, recovers_at - 0.5)
    if expected is None:
        return None
    later = queries.next_scores(selection, survey.key, now)
    above = sum(count for score, count in later.items() if score >= recovers_at)
    total = sum(counts.values())
    return ByItself(
        survey=survey,
        recovers_at=recovers_at,
        first=Share(total, max(n, total)),
        first_mean=sum(score * count for score, count in counts.items()) / total,
        everybody=everybody,
        stability=lasts,
        expected=expected,
        again=Share(above, sum(later.values())),
    )


def has_regression(scale: Scale) -> bool:
    """Tell whether scores on the scale have an order with enough points, and some of them are unhappy."""
    return scale.unhappy_at_most is not None and len(scale.scores) >= LEAST_POINTS


def recovered_from(scale: Scale) -> int:
    """Return the lowest score that counts as recovered: NPS 7, CSAT 4 (methodology 2.11), else the first happy one."""
    if scale.kind in ("nps", "enps"):
        return 7
    return min(group.low for group in scale.groups if group.mood == "happy")


def _rows(
    found: Mapping[str, Tally], contacts: Mapping[str, list[Watched]], solutions: Mapping[str, list[Watched]]
) -> tuple[list[Row], int]:
    """Return the rows that may be shown, the most urgent first, and how many are hidden."""
    hidden = hidden_rows({(priority,): tally.n for priority, tally in found.items()}, set())
    shown = [priority for priority in sorted(found) if (priority,) not in hidden]
    rows = [
        Row(each, found[each], curve(contacts.get(each, [])), curve(solutions.get(each, [])))
        for each in shown
    ]
    return rows, len(hidden)


def _all(watched: Mapping[str, list[Watched]]) -> Iterable[Watched]:
    return (each for rows in watched.values() for each in rows)


def _turned(ordered: Ordered) -> tuple[int, int]:
    return ordered.again, ordered.n
