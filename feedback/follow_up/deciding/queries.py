"""What deciding asks: the rule book, the customer's past, the open task of an order, and what others spend."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from feedback.analysis.models import Analysis
from feedback.follow_up.deciding.book import STANDARD, Book, Rule, from_data
from feedback.follow_up.deciding.models import RuleBook, SpendingScale, WeightsVersion
from feedback.follow_up.deciding.weights import STANDARD as STANDARD_WEIGHTS
from feedback.follow_up.deciding.weights import Weights
from feedback.follow_up.deciding.worth import CROWDS
from feedback.follow_up.models import Signal, Task
from feedback.follow_up.queries import CHECK_BACK, IS_OPEN
from feedback.follow_up.states import REOPENABLE_STATES
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import is_included
from surveys.segments.models import Segment
from surveys.work import not_set_aside

IN_ONE_LOOK = 500


class Before(NamedTuple):
    """An earlier answer of the customer with a score: its group and when it came."""

    group: str
    at: datetime


def current_book() -> Book:
    """Return the rules that hold; the shipped ones until somebody changed them."""
    newest = newest_version()
    return STANDARD if newest is None else Book(newest.version, from_data(newest.rules))


def newest_version() -> RuleBook | None:
    """Return the newest stored version, with whoever made it; None while the shipped book holds."""
    query = select(RuleBook).options(joinedload(RuleBook.changed_by))
    return db.session.scalar(query.order_by(RuleBook.version.desc()).limit(1))


def versions(limit: int) -> Sequence[RuleBook]:
    """Return the newest versions, the last one first."""
    query = select(RuleBook).options(joinedload(RuleBook.changed_by))
    return db.session.scalars(query.order_by(RuleBook.version.desc()).limit(limit)).all()


def book_of(version: int) -> Book:
    """Return one version of the book; the shipped one where there is none of that number any more."""
    stored = db.session.scalar(select(RuleBook).where(RuleBook.version == version))
    return STANDARD if stored is None else Book(stored.version, from_data(stored.rules))


def current_weights() -> Weights:
    """Return the weights that hold; the shipped ones until somebody changed them."""
    newest = newest_weights()
    return STANDARD_WEIGHTS if newest is None else _weights_of(newest)


def newest_weights() -> WeightsVersion | None:
    """Return the newest stored version of the weights, with whoever made it; None while the shipped ones hold."""
    query = select(WeightsVersion).options(joinedload(WeightsVersion.changed_by))
    return db.session.scalar(query.order_by(WeightsVersion.version.desc()).limit(1))


def weights_of(version: int) -> Weights:
    """Return one version of the weights; the shipped ones where there is none of that number."""
    stored = db.session.scalar(select(WeightsVersion).where(WeightsVersion.version == version))
    return STANDARD_WEIGHTS if stored is None else _weights_of(stored)


def _weights_of(row: WeightsVersion) -> Weights:
    """Return stored weights."""
    return Weights(row.version, row.parts, row.undelivered_after)


def lock_customer(response_id: int) -> None:
    """Let nobody else open or join a task of this response's customer until the commit.

    Others may still refer to the customer. SQLite has one writer at a time and needs no lock.
    """
    theirs = select(Response.customer_id).where(Response.id == response_id).scalar_subquery()
    wanted = select(Customer.id).where(Customer.id == theirs).with_for_update(key_share=True)
    db.session.execute(wanted)


def signal_of(response_id: int) -> Signal | None:
    """Return the place of a response in a task, or None."""
    return db.session.scalar(select(Signal).where(Signal.response_id == response_id))


def open_task_for(response: Response) -> Task | None:
    """Return the open task that a response belongs to, locked: of its order, or without one the customer's newest."""
    if response.customer_id is None:
        return None
    wanted = select(Task).join(Task.response).where(Task.customer_id == response.customer_id, IS_OPEN)
    if response.purchase_id is not None:
        wanted = wanted.where(Response.purchase_id == response.purchase_id)
    return db.session.scalar(wanted.order_by(Task.id.desc()).limit(1).with_for_update(of=Task))


def task_before(response: Response) -> Task | None:
    """Return the task about the earlier answer that a mail follows, as the mail's answer says; None for any other."""
    earlier = response.answers.get("follows")
    if response.answers.get("by") != "mail" or not isinstance(earlier, str):
        return None
    its = (Response.public_id == earlier, Task.customer_id == response.customer_id)
    return db.session.scalar(select(Task).join(Task.response).where(*its))


def answers_before(response: Response, since: datetime) -> list[Before]:
    """Return the customer's answers with a score since then and before this one, the last first."""
    at = response.submitted_at or response.saved_at
    given = func.coalesce(Response.submitted_at, Response.saved_at)
    earlier = or_(given < at, (given == at) & (Response.id < response.id))
    wanted = select(Response.group, given).where(
        Response.customer_id == response.customer_id,
        Response.id != response.id,
        Response.group.is_not(None),
        given >= since,
        earlier,
        is_included(),
    )
    rows = db.session.execute(wanted.order_by(given.desc()).limit(20)).tuples()
    return [Before(group or "", at) for group, at in rows]


def has_case_since(response: Response, since: datetime) -> bool:
    """Return whether the customer has a task opened since then that this response has not opened or joined."""
    its = select(Signal.task_id).where(Signal.response_id == response.id)
    others = (Task.customer_id == response.customer_id, Task.response_id != response.id, Task.id.not_in(its))
    return db.session.scalar(select(Task.id).where(*others, Task.opened_at >= since).limit(1)) is not None


def was_settled_before(response: Response) -> bool:
    """Return whether an earlier task on the same order was thought to be done."""
    if response.purchase_id is None:
        return False
    done = (
        Task.customer_id == response.customer_id,
        Task.response_id != response.id,
        Task.state.in_(sorted(REOPENABLE_STATES)),
        Response.purchase_id == response.purchase_id,
    )
    return db.session.scalar(select(Task.id).join(Task.response).where(*done).limit(1)) is not None


def spent(customer_id: int, currency: str, since: datetime, until: datetime) -> int:
    """Return what a customer spent from `since` until `until` in one currency, in minor units."""
    theirs = (Purchase.customer_id == customer_id, Purchase.currency == currency)
    query = select(func.sum(Purchase.total_amount)).where(*theirs, *stands(since, until))
    return db.session.scalar(query) or 0


def crowds_of(brand_id: int, since: datetime, until: datetime) -> dict[str, list[int]]:
    """Return what a brand's customers spent, cut into at most a hundred equal crowds: the most of each, by currency."""
    total = func.sum(Purchase.total_amount)
    sums = (
        select(Purchase.currency, total.label("total"))
        .where(Purchase.brand_id == brand_id, Purchase.total_amount.is_not(None), *stands(since, until))
        .group_by(Purchase.customer_id, Purchase.currency)
        .having(total > 0)
        .subquery()
    )
    crowd = func.ntile(CROWDS).over(partition_by=sums.c.currency, order_by=sums.c.total)
    cut = select(sums.c.currency, sums.c.total, crowd.label("crowd")).subquery()
    most = func.max(cut.c.total)
    rows = db.session.execute(
        select(cut.c.currency, most).group_by(cut.c.currency, cut.c.crowd).order_by(most)
    )
    found: dict[str, list[int]] = {}
    for currency, limit in rows.tuples():
        found.setdefault(currency, []).append(int(limit))
    return found


def stands(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an order was placed then and was neither cancelled nor refunded."""
    placed = (Purchase.placed_at >= since, Purchase.placed_at <= until)
    return (*placed, Purchase.cancelled_at.is_(None), Purchase.refunded_at.is_(None))


def scale_of(brand_id: int) -> SpendingScale | None:
    """Return what a brand's customers spend, None before it was reckoned."""
    return db.session.scalar(select(SpendingScale).where(SpendingScale.brand_id == brand_id))


def old_scales(job: str, before: datetime) -> list[int]:
    """Return the brands whose scale is missing or was reckoned before then."""
    wanted = select(Brand.id).outerjoin(SpendingScale, SpendingScale.brand_id == Brand.id)
    old = or_(SpendingScale.id.is_(None), SpendingScale.reckoned_at < before)
    return list(db.session.scalars(wanted.where(old, not_set_aside(job, Brand.id)).order_by(Brand.id)))


def ripe_tasks(job: str, now: datetime, limit: int) -> list[int]:
    """Return the tasks whose place in the queue waiting has changed, the longest waiting first."""
    ripe = (Task.ages_at.is_not(None), Task.ages_at <= now, not_set_aside(job, Task.id))
    return list(db.session.scalars(select(Task.id).where(*ripe).order_by(Task.ages_at).limit(limit)))


def ripe_count(now: datetime) -> int:
    """Count the tasks whose place in the queue waiting has changed; the loop's page shows it."""
    ripe = (Task.ages_at.is_not(None), Task.ages_at <= now)
    return db.session.scalar(select(func.count()).select_from(Task).where(*ripe)) or 0


def tasks_opened_since(since: datetime, most: int) -> Sequence[Task]:
    """Return the newest tasks opened since then with their answers and customers, at most so many."""
    wanted = select(Task).where(Task.opened_at >= since).order_by(Task.id.desc()).limit(most)
    return db.session.scalars(wanted.options(selectinload(Task.signals), joinedload(Task.customer))).all()


def unweighed(job: str, brand_ids: Sequence[int]) -> list[int]:
    """Return the open tasks of these brands that hold no answer with its points: those from before there were any."""
    has_one = select(Signal.id).where(Signal.task_id == Task.id).exists()
    wanted = (Task.brand_id.in_(brand_ids), Task.standing.is_not(None), ~has_one, not_set_aside(job, Task.id))
    return list(db.session.scalars(select(Task.id).where(*wanted).order_by(Task.id))) if brand_ids else []


def brand_reports_deliveries(brand_id: int) -> bool:
    """Return whether a delivery was reported of any of the brand's newest orders."""
    newest = select(Purchase.delivered_at).where(Purchase.brand_id == brand_id)
    some = newest.order_by(Purchase.id.desc()).limit(IN_ONE_LOOK).subquery()
    return db.session.scalar(select(func.count(some.c.delivered_at))) != 0


def unknown_limits(rules: Sequence[Rule]) -> dict[str, str]:
    """Return what rules are limited to and does not exist: the first of each kind, by the name of its field."""
    unknown = {}
    for field, column in (("brand", Brand.key), ("survey", Survey.key), ("segment", Segment.public_id)):
        named = {getattr(rule, field) for rule in rules} - {None}
        known = set(db.session.scalars(select(column).where(column.in_(named)))) if named else set()
        if named - known:
            unknown[field] = min(named - known)
    return unknown


def past_answers(since: datetime, until: datetime, rule: Rule, most: int) -> list[Response]:
    """Return the answers of that time which the limits of a rule let through, newest first, at most so many.

    Asked in two questions, because either has an index in this order and both together have none.
    """
    wanted = (
        select(Response)
        .join(Response.survey)
        .join(Response.brand)
        .where(is_included(), Survey.kind != CHECK_BACK)
        .options(
            contains_eager(Response.survey),
            contains_eager(Response.brand),
            joinedload(Response.customer).joinedload(Customer.brand),
            joinedload(Response.purchase).selectinload(Purchase.items),
        )
    )
    if rule.brand is not None:
        wanted = wanted.where(Brand.key == rule.brand)
    if rule.survey is not None:
        wanted = wanted.where(Survey.key == rule.survey)
    found: list[Response] = []
    is_submitted = Response.submitted_at.is_not(None)
    for given, which in ((Response.submitted_at, is_submitted), (Response.saved_at, ~is_submitted)):
        some = wanted.where(which, given >= since, given <= until)
        found += db.session.scalars(some.order_by(given.desc(), Response.id.desc()).limit(most))
    return sorted(found, key=lambda it: (it.submitted_at or it.saved_at, it.id), reverse=True)[:most]


def readings_of(responses: Sequence[Response]) -> dict[int, Analysis]:
    """Return the readings of these answers with what was found in them, by the answer's id."""
    found: dict[int, Analysis] = {}
    ids = [response.id for response in responses if response.comment]
    for start in range(0, len(ids), IN_ONE_LOOK):
        some = ids[start : start + IN_ONE_LOOK]
        wanted = select(Analysis).where(Analysis.response_id.in_(some))
        rows = db.session.scalars(wanted.options(selectinload(Analysis.mentions)))
        found |= {row.response_id: row for row in rows}
    return found


def segments_to_name() -> list[tuple[str, str, str]]:
    """Return all segments as (public id, name, name of the shop), by shop and name."""
    wanted = select(Segment.public_id, Segment.name, Brand.name).join(Segment.brand)
    return list(db.session.execute(wanted.order_by(Brand.name, Segment.name)).tuples())
