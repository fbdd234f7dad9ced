"""What the page about the effect of following up asks: sums over the tasks opened in a period, never single rows.

A task is *eligible* unless it turned out that nobody was to be helped: no permission, invalid, a duplicate. The base
are the tasks opened in the period, not those closed in it.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from feedback.follow_up.effect.models import PersonFigures
from feedback.follow_up.effect.regression_to_the_mean import Pairs
from feedback.follow_up.effect.survival import Watched
from feedback.follow_up.models import Signal, Task, TaskEvent
from feedback.follow_up.states import State
from feedback.insights.queries import answers, counts_at
from feedback.insights.selection import Selection
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import db, minutes_between
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import is_included
from surveys.scales import groups_in

NOT_ELIGIBLE = ("no_permission", "invalid", "duplicate")
ORDERS_WITHIN = timedelta(days=90)
CONTACTED_WITHIN = timedelta(days=14)
DAY = 24 * 60
LATEST = 20_000


class Tally(NamedTuple):
    """Sums over eligible tasks. `due` are those whose first contact was made or is late, `in_time` of them were.

    `resolved` counts tasks that ever were, `answered` those whose customer said whether it was solved: `recovered`
    and `partly` by their last word.
    """

    n: int
    due: int
    in_time: int
    contacted: int
    resolved: int
    reopened: int
    answered: int
    recovered: int
    partly: int


class Coverage(NamedTuple):
    """Unhappy answers of the period: all, with a task, contacted, and without a task because contact was refused."""

    unhappy: int
    followed: int
    contacted: int
    refused: int


class Ordered(NamedTuple):
    """Customers by whether they were contacted: how many, and how many of them ordered again."""

    n: int
    again: int


def cohort(read: Select[Any], selection: Selection) -> Select[Any]:
    """Return `read` from the eligible tasks that were opened in the selected period, of the brand where one is chosen."""
    read = read.select_from(Task).join(Response, Task.response_id == Response.id).where(is_included())
    read = read.where(or_(Task.outcome.is_(None), Task.outcome.not_in(NOT_ELIGIBLE)))
    if selection.since is not None:
        read = read.where(Task.opened_at >= selection.since)
    if selection.until is not None:
        read = read.where(Task.opened_at < selection.until)
    if selection.brand is not None:
        brand = select(Brand.id).where(Brand.key == selection.brand).scalar_subquery()
        read = read.where(Response.brand_id == brand)
    return read


def tallies(
    selection: Selection, now: datetime, by: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> dict[Any, Tally]:
    """Return the sums by the values of a column of the task, or of what `groupings` offers."""
    last_word = (
        select(TaskEvent.after)
        .where(TaskEvent.task_id == Task.id, TaskEvent.kind == "answered")
        .order_by(TaskEvent.id.desc())
        .limit(1)
    )
    found = exists().where(TaskEvent.task_id == Task.id, TaskEvent.kind == "found")
    is_due = or_(Task.contacted_at.is_not(None), Task.contact_due_at <= now, Task.state == State.CLOSED)
    one = cohort(
        select(
            by.label("key"),
            and_(Task.contact_due_at.is_not(None), is_due).label("due"),
            and_(Task.contact_due_at.is_not(None), Task.contacted_at <= Task.contact_due_at).label("in_time"),
            Task.contacted_at.is_not(None).label("contacted"),
            found.label("resolved"),
            (Task.reopened > 0).label("reopened"),
            last_word.scalar_subquery().label("said"),
        ),
        selection,
    ).subquery()
    sums = [
        _number_of(condition)
        for condition in (
            one.c.due,
            one.c.in_time,
            one.c.contacted,
            one.c.resolved,
            and_(one.c.resolved, one.c.reopened),
            one.c.said.is_not(None),
            one.c.said == "yes",
            one.c.said == "partly",
        )
    ]
    rows = db.session.execute(select(one.c.key, func.count(), *sums).group_by(one.c.key))
    return {key: Tally(*numbers) for key, *numbers in rows.tuples()}


def coverage(selection: Selection, now: datetime) -> Coverage:
    """Return what became of the unhappy answers of the period; one that joined an open task is covered by it."""
    joined = aliased(Task)
    covered_by = func.coalesce(Task.id, joined.id)
    numbers = (
        func.count(),
        func.count(covered_by),
        func.count(func.coalesce(Task.contacted_at, joined.contacted_at)),
        _number_of(and_(covered_by.is_(None), Response.contact_permission.is_(False))),
    )
    read = answers(select(*numbers), selection).outerjoin(Task, Task.response_id == Response.id)
    read = read.outerjoin(Signal, Signal.response_id == Response.id).outerjoin(
        joined, joined.id == Signal.task_id
    )
    row = db.session.execute(read.where(counts_at(now), Response.group.in_(groups_in("unhappy")))).one()
    return Coverage(*row)


def groupings() -> dict[str, ColumnElement[Any]]:
    """Return what tells customers apart who should be served alike: language, country, and how much they spend.

    The value is null where nobody knows it; of the spending it is the third of the shop's customers: low, middle, high.
    """
    country = select(Customer.country).where(Customer.id == Task.customer_id).scalar_subquery()
    spends = Signal.parts["value"].as_float()
    band = case((spends < 1 / 3, "low"), (spends < 2 / 3, "middle"), else_="high")
    first = (Signal.response_id == Task.response_id, Task.id == Signal.task_id)
    return {
        "language": func.lower(func.substr(Response.locale, 1, 2)),
        "country": country,
        "value": select(band).where(*first, spends.is_not(None)).correlate(Task).scalar_subquery(),
    }


def contacts(
    selection: Selection, now: datetime, by: ColumnElement[Any] | InstrumentedAttribute[Any] = Task.priority
) -> dict[Any, list[Watched]]:
    """Return by priority, or by what else is asked for, how many minutes it took until the first contact.

    Who still waits is watched until now.
    """
    return _watched(selection, now, Task.contacted_at, by)


def resolutions(selection: Selection, now: datetime) -> dict[str, list[Watched]]:
    """Return the same until the solution that holds; a task that was taken up again waits on."""
    return _watched(selection, now, Task.resolved_at, Task.priority)


def scores_of(selection: Selection) -> dict[str, dict[int, int]]:
    """Return the first scores of the tasks by the key of their survey: score to number of tasks."""
    read = cohort(select(Survey.key, Response.score, func.count()), selection)
    read = read.join(Survey, Response.survey_id == Survey.id).where(Response.score.is_not(None))
    found: dict[str, dict[int, int]] = {}
    for key, score, n in db.session.execute(read.group_by(Survey.key, Response.score)).tuples():
        found.setdefault(key, {})[score] = n
    return found


def next_scores(selection: Selection, survey: str, now: datetime) -> dict[int, int]:
    """Return what contacted customers said when they answered the same survey the next time: score to number."""
    later = aliased(Response)
    following = (
        select(later.score)
        .where(
            later.customer_id == Task.customer_id,
            later.survey_id == Response.survey_id,
            later.submitted_at > Task.contacted_at,
            later.submitted_at <= now,
            later.score.is_not(None),
            later.excluded_at.is_(None),
        )
        # By number, as the index of a customer's answers has them: by time SQLite would read those of everybody.
        .order_by(later.id)
        .limit(1)
    )
    inner = cohort(select(following.scalar_subquery().label("score")), selection)
    inner = inner.join(Survey, Response.survey_id == Survey.id)
    one = inner.where(Survey.key == survey, Task.contacted_at.is_not(None)).subquery()
    read = select(one.c.score, func.count()).where(one.c.score.is_not(None)).group_by(one.c.score)
    return dict(db.session.execute(read).tuples().all())


def repeated(survey: str, brand: str | None, now: datetime) -> Pairs:
    """Return each of the latest answers with the one before it of the same customer, summed up.

    Left out are customers who were written to in between. The latest 20,000 answers say enough.
    """
    given = (Response.customer_id.is_not(None), Response.submitted_at.is_not(None))
    latest = answers(select(Response.id), Selection(survey=survey, brand=brand, until=now))
    latest = latest.where(counts_at(now), *given).order_by(Response.submitted_at.desc()).limit(LATEST)
    second, first, other = aliased(Response), aliased(Response), aliased(Response)
    before = (
        select(func.max(other.id))
        .where(
            other.customer_id == second.customer_id,
            other.id < second.id,
            other.survey_id == second.survey_id,
            other.score.is_not(None),
            other.excluded_at.is_(None),
        )
        .scalar_subquery()
    )
    x, y = first.score, second.score
    sums = (func.sum(each) for each in (x, y, x * x, y * y, x * y))
    read = (
        select(func.count(), *sums)
        .select_from(second)
        .join(first, first.id == before)
        .outerjoin(Task, Task.response_id == first.id)
        .where(second.id.in_(latest), Task.contacted_at.is_(None))
    )
    return Pairs(*(int(number or 0) for number in db.session.execute(read).one()))


def orders_again(selection: Selection, now: datetime) -> dict[bool, Ordered]:
    """Return by whether customers were contacted how many ordered again within 90 days of their first task.

    Each customer counts once, and only if those days are over. Contacted is who was within 14 days.
    """
    until = now - ORDERS_WITHIN if selection.until is None else min(selection.until, now - ORDERS_WITHIN)
    old = Selection(brand=selection.brand, since=selection.since, until=until)
    first = cohort(select(func.min(Task.id)), old).group_by(Task.customer_id)
    took = minutes_between(Task.opened_at, Purchase.placed_at)
    again = exists().where(
        Purchase.customer_id == Task.customer_id,
        Purchase.placed_at > Task.opened_at,
        Purchase.cancelled_at.is_(None),
        took < ORDERS_WITHIN.days * DAY,
    )
    is_contacted = and_(
        Task.contacted_at.is_not(None),
        minutes_between(Task.opened_at, Task.contacted_at) < CONTACTED_WITHIN.days * DAY,
    )
    one = select(is_contacted.label("contacted"), again.label("again")).where(Task.id.in_(first)).subquery()
    read = select(one.c.contacted, func.count(), _number_of(one.c.again)).group_by(one.c.contacted)
    return {bool(contacted): Ordered(n, again) for contacted, n, again in db.session.execute(read).tuples()}


def _watched(
    selection: Selection,
    now: datetime,
    ended_at: InstrumentedAttribute[datetime | None],
    by: ColumnElement[Any] | InstrumentedAttribute[Any],
) -> dict[Any, list[Watched]]:
    """Return how long tasks were watched by `by`; one that was closed without it was watched until then."""
    until = func.coalesce(ended_at, Task.closed_at, literal(now, Task.closed_at.type))
    minutes = minutes_between(Task.opened_at, until).label("minutes")
    one = cohort(select(by.label("key"), minutes, ended_at.is_not(None).label("ended")), selection).subquery()
    keys = (one.c.key, one.c.minutes, one.c.ended)
    found: dict[Any, list[Watched]] = {}
    for key, time, is_end, n in db.session.execute(select(*keys, func.count()).group_by(*keys)).tuples():
        found.setdefault(key, []).append(Watched(max(0, time), bool(is_end), n))
    return found


def _number_of(condition: ColumnElement[Any]) -> ColumnElement[int]:
    """Return how many rows meet a condition; 0 where there are none."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def persons_are_shown() -> bool:
    """Return whether an owner has decided that figures of single persons are shown."""
    return bool(db.session.scalar(select(PersonFigures.is_shown)))
