"""What goals ask: which there are, what their customers said, and which are to be settled."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from feedback.aiming.models import Goal, GoalMail
from feedback.aiming.standings import Standing
from feedback.insights.clusters import Sums
from feedback.insights.queries import AT, answers, calendar_zone, counts_at, score_counts
from feedback.insights.reporting import is_shown
from feedback.insights.scores import HEADLINES
from feedback.insights.selection import Days, Selection, over
from feedback.insights.suppression import is_uniform
from feedback.notices.queries import told_lately
from surveys.database import db
from surveys.errors import Missing
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import held_back
from surveys.scales import SCALES, groups_in
from surveys.work import not_set_aside

MOST_PAST = 50
# Whoever answers in the last minute may still be writing; what is left half-way counts half an hour later.
GRACE = timedelta(hours=1)
MEASURED_EVERY = timedelta(hours=1)
# Days end at other moments around the world; this is more than the widest zone is away from UTC.
A_DAY_ANYWHERE = timedelta(days=1)


def running_goals() -> Sequence[Goal]:
    """Return the goals that are neither settled nor ended, the next to be settled first."""
    wanted = (Goal.settled_at.is_(None), Goal.ended_at.is_(None))
    return db.session.scalars(_goals().where(*wanted).order_by(Goal.last_day, Goal.id)).all()


def past_goals() -> Sequence[Goal]:
    """Return the goals that are settled or ended, the last one first; at most 50."""
    over_at = func.coalesce(Goal.settled_at, Goal.ended_at)
    wanted = _goals().where(over_at.is_not(None)).order_by(over_at.desc(), Goal.id.desc())
    return db.session.scalars(wanted.limit(MOST_PAST)).all()


def goals_of(days: Days, brand: str | None) -> Sequence[Goal]:
    """Return the goals of one shop, or of all, whose days lie in a period at least in part; none that was ended early."""
    within = (Goal.ended_at.is_(None), Goal.first_day <= days.last, Goal.last_day >= days.first)
    found = db.session.scalars(_goals().where(*within).order_by(Goal.last_day, Goal.id)).all()
    return [goal for goal in found if brand is None or goal.brand is None or goal.brand.key == brand]


def goal_or_missing(public_id: str, *, locked: bool = False) -> Goal:
    """Return one goal, `locked` until the commit if it is to be changed; refuse as missing."""
    wanted = select(Goal).where(Goal.public_id == public_id)
    found = db.session.scalar(wanted.with_for_update(of=Goal) if locked else wanted)
    if found is None:
        raise Missing()
    return found


def selection_of(goal: Goal) -> Selection:
    """Return the answers that a goal is about, over all of its days."""
    brand = goal.brand.key if goal.brand else None
    whole = Selection(survey=goal.survey.key, brand=brand, zone=calendar_zone(brand), **goal.part)
    return over(whole, Days(goal.first_day, goal.last_day))


def shown_counts(survey: Survey, selection: Selection, now: datetime) -> Mapping[int, int] | None:
    """Return how often each score was given in a selection; None where so few answered that it is not shown."""
    if _is_held_back(survey) or not is_shown(selection, now):
        return None
    counts = score_counts(selection, now)
    is_part_of_one_mind = not selection.is_whole and is_uniform(SCALES[survey.kind].tally(counts).values())
    return None if is_part_of_one_mind else counts


def shown_so_far(goal: Goal) -> Standing | None:
    """Return where a running goal stood when it was measured last; None where nothing is shown, or not yet."""
    return None if _is_held_back(goal.survey) else goal.standing_so_far


def first_answer_at(selection: Selection, now: datetime) -> datetime | None:
    """Return when the first counted answer of a selection was given, None without any."""
    found: datetime | None = db.session.scalar(answers(select(func.min(AT)), selection).where(counts_at(now)))
    return found


def sums_by_person(survey: Survey, selection: Selection, now: datetime) -> Sums:
    """Return the sums over persons of the answers of a selection, each as its headline counts it.

    Of a net score an answer is -1, 0 or 1, of a share 0 or 1, of a mean its score. Who is not known is a person each.
    """
    person = func.coalesce(Response.customer_id, -Response.id)
    theirs = answers(
        select(
            func.count().label("n"),
            func.sum(_value(survey)).label("s"),
            func.sum(_value(survey) * _value(survey)).label("q"),
        ),
        selection,
    )
    one = theirs.where(counts_at(now)).group_by(person).subquery()
    n, s, q = one.c.n, one.c.s, one.c.q
    sums = (
        func.count(),
        func.sum(n),
        func.sum(s),
        func.sum(q),
        func.sum(n * n),
        func.sum(s * n),
        func.sum(s * s),
    )
    row = db.session.execute(select(*sums).select_from(one)).one()
    return Sums(*(int(number or 0) for number in row))


def _is_held_back(survey: Survey) -> bool:
    return survey.is_anonymous and survey in held_back()


def _value(survey: Survey) -> Any:
    """Return what an answer counts in the headline of its survey."""
    headline = HEADLINES[survey.kind]
    if headline == "mean":
        return Response.score
    below = literal(-1) if headline == "net" else literal(0)
    happy, unhappy = (Response.group.in_(groups_in(mood)) for mood in ("happy", "unhappy"))
    return case((happy, 1), (unhappy, below), else_=0)


def goals_to_measure(job: str, now: datetime, limit: int) -> list[int]:
    """Return running goals that were not measured for an hour, and those whose last day is over, these first.

    It is over an hour after midnight where their shop is; the longest ago comes first.
    """
    latest = (now + A_DAY_ANYWHERE).astimezone(UTC).date()
    is_old = or_(Goal.so_far_at.is_(None), Goal.so_far_at <= now - MEASURED_EVERY)
    wanted = (Goal.settled_at.is_(None), Goal.ended_at.is_(None), or_(Goal.last_day <= latest, is_old))
    found = db.session.scalars(_goals().where(*wanted, not_set_aside(job, Goal.id)).order_by(Goal.last_day))
    due = [
        goal.id
        for goal in found
        if goal.so_far_at is None or goal.so_far_at <= now - MEASURED_EVERY or is_over(goal, now)
    ]
    return due[:limit]


def is_over(goal: Goal, now: datetime) -> bool:
    """Return whether the last day of a goal is over and everybody who answered on it is done."""
    until = selection_of(goal).until
    return until is not None and until + GRACE <= now


def due_mails(now: datetime) -> int:
    """Count mails about goals that should have left by now."""
    return db.session.scalar(select(func.count()).select_from(GoalMail).where(GoalMail.due_at <= now)) or 0


def goal_news(staff_id: int, now: datetime) -> Sequence[GoalMail]:
    """Return what somebody was told of goals lately, the newest first."""
    goal = joinedload(GoalMail.goal)
    return told_lately(GoalMail, staff_id, now, (goal.joinedload(Goal.survey), goal.joinedload(Goal.brand)))


def of_all(selection: Selection) -> Selection:
    """Return the answers of all surveys, shops and places over the same days, to choose a part from."""
    return replace(selection.whole, survey=None, brand=None)


def _goals() -> Any:
    everything = (joinedload(Goal.survey), joinedload(Goal.brand), joinedload(Goal.owner))
    return select(Goal).options(*everything)
