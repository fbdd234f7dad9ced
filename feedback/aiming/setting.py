"""Set a goal: measure where its customers stand, freeze that, and say whether the change could be seen at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from feedback.aiming.feasibility import Feasibility, expected_answers, feasibility
from feedback.aiming.models import LONGEST_REASON, Goal
from feedback.aiming.queries import first_answer_at, shown_counts
from feedback.aiming.targets import Unit, target_of
from feedback.insights.queries import calendar_zone, measured_survey
from feedback.insights.scores import THIN_BELOW, Measure, measure
from feedback.insights.selection import Days, Selection, over, read
from surveys.brand.models import Brand
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.questionnaires.models import Survey
from surveys.staff.models import StaffMember

# How long back a baseline looks: further where the last quarter has too few answers.
BASELINE_DAYS = (90, 365)
LONGEST = timedelta(days=2 * 366)


class NothingToStartFrom(Refusal):
    """Without a score of today there is no change from it."""

    phrase = N_(
        "There are no answers of the last 365 days to start from, or so few that no score is shown."
        " Choose a larger part, or wait for more."
    )


class GoalIsOver(Conflict):
    """A goal that is settled or ended stays as it is."""

    phrase = N_("This goal is over; it stays as it is. Set a new one.")


class Wish(NamedTuple):
    """What somebody wants: keys of survey and shop (None: all), values by dimension, how much, until which day."""

    survey: str
    brand: str | None
    part: Mapping[str, str]
    unit: Unit
    amount: float
    last_day: date


@dataclass(frozen=True)
class Plan:
    """What a wish comes to: the goal's days, today's score and over which days it was measured, the target."""

    survey: Survey
    brand: Brand | None
    selection: Selection
    days: Days
    baseline: Measure
    baseline_days: Days
    target: float
    feasibility: Feasibility


def plan(wish: Wish, now: datetime) -> Plan:
    """Return what a wish comes to, without storing anything.

    Raises Refusal naming `survey`, `brand`, a dimension, `unit`, `amount` or `until`.
    """
    survey = measured_survey(wish.survey)
    brand = brand_for(wish.brand) if wish.brand else None
    zone = calendar_zone(brand.key if brand else None)
    today = now.astimezone(zone).date()
    _check_day(wish.last_day, today)
    chosen = read({**wish.part, "survey": survey.key, "brand": brand.key if brand else ""}, today, zone)
    counts, days = _baseline(survey, chosen, today, now)
    found = measure(survey.kind, counts)
    if found is None:
        raise NothingToStartFrom(field="survey")
    target = target_of(survey.kind, found.score, wish.unit, wish.amount)
    watched = _watched(over(chosen, days), days, now)
    ahead = Days(today, wish.last_day)
    expected = expected_answers(found.n, watched, ahead.length)
    return Plan(
        survey=survey,
        brand=brand,
        selection=over(chosen, ahead),
        days=ahead,
        baseline=found,
        baseline_days=days,
        target=target,
        feasibility=feasibility(survey.kind, counts, target - found.score, expected),
    )


def set_goal(wish: Wish, owner: StaffMember | None, now: datetime, *, by: StaffMember | None) -> Goal:
    """Store the goal that a wish comes to, for `owner` to see to; raise what `plan` raises."""
    found = plan(wish, now)
    goal = Goal(
        survey=found.survey,
        brand=found.brand,
        part={name: value for name, value in wish.part.items() if value},
        unit=wish.unit,
        amount=wish.amount,
        target=found.target,
        baseline=found.baseline.score,
        baseline_low=found.baseline.interval.low,
        baseline_high=found.baseline.interval.high,
        baseline_n=found.baseline.n,
        baseline_first_day=found.baseline_days.first,
        baseline_last_day=found.baseline_days.last,
        expected=found.feasibility.expected,
        needed=found.feasibility.needed,
        first_day=found.days.first,
        last_day=found.days.last,
        owner=owner,
        created_at=now,
        created_by_id=by.id if by else None,
    )
    db.session.add(goal)
    db.session.flush()
    return goal


def change(goal: Goal, last_day: date, owner: StaffMember | None, now: datetime) -> None:
    """Give a running goal another day or owner; the score to reach and the baseline stay.

    Raises Refusal naming `until`, GoalIsOver.
    """
    _check_running(goal)
    if last_day != goal.last_day:
        zone = calendar_zone(goal.brand.key if goal.brand else None)
        _check_day(last_day, max(goal.first_day, now.astimezone(zone).date()))
        goal.last_day = last_day
    goal.owner = owner
    db.session.flush()


def end(goal: Goal, because: str, now: datetime, *, by: StaffMember | None) -> None:
    """End a running goal before its day; raise Refusal naming `because` without a reason, GoalIsOver."""
    _check_running(goal)
    because = " ".join(because.split())
    if not because:
        raise Refusal(N_("Say in a few words why it ends."), field="because")
    if len(because) > LONGEST_REASON:
        raise Refusal(N_("Write at most %(most)s characters."), field="because", most=LONGEST_REASON)
    goal.ended_at, goal.ended_because, goal.ended_by_id = now, because, by.id if by else None
    db.session.flush()


def _check_running(goal: Goal) -> None:
    if not goal.is_running:
        raise GoalIsOver()


def _check_day(last_day: date, today: date) -> None:
    """Refuse a goal's day that is not ahead, or too far."""
    if last_day <= today:
        raise Refusal(N_("The day has to lie ahead. Choose a later one."), field="until")
    if last_day - today > LONGEST:
        raise Refusal(N_("That is more than two years ahead. Choose an earlier day."), field="until")


def _baseline(
    survey: Survey, chosen: Selection, today: date, now: datetime
) -> tuple[Mapping[int, int], Days]:
    """Return the scores before today, of the shortest stretch that has enough; refuse where none are shown."""
    yesterday = today - timedelta(days=1)
    best: tuple[Mapping[int, int], Days] | None = None
    for length in BASELINE_DAYS:
        days = Days.until(yesterday, length)
        counts = shown_counts(survey, over(chosen, days), now)
        if counts:
            best = counts, days
            if sum(counts.values()) >= THIN_BELOW:
                break
    if best is None:
        raise NothingToStartFrom(field="survey")
    return best


def _watched(selection: Selection, days: Days, now: datetime) -> int:
    """Return over how many days the answers of a baseline came in: of a young survey, since its first one."""
    first = first_answer_at(selection, now)
    began = first.astimezone(selection.zone).date() if first else days.first
    return (days.last - max(began, days.first)).days + 1
