"""Counts of answers for everything that measures.

What counts: a survey on a scale (never a check-back), and an answer with a score that nobody has
excluded. One that was left half-way counts 30 minutes after its last save. Its time is when it was submitted, else
when it was last saved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from feedback.insights.breakdowns import Count
from feedback.insights.dimensions.belonging import along, holds
from feedback.insights.dimensions.queries import ANSWERED, ASKED, COUNTRY, Anchor
from feedback.insights.response_rates import Dispositions
from feedback.insights.rollups import queries as rollups
from feedback.insights.selection import DIMENSIONS, UNKNOWN, Selection, Stretches
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import brand_for
from surveys.database import db, no_way_in
from surveys.errors import N_, Refusal
from surveys.invitations.models import Invitation, Touchpoint
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.models import TEST, Response
from surveys.responses.queries import is_included, is_settled
from surveys.scales import SCALES, groups_in

AT = func.coalesce(Response.submitted_at, Response.saved_at)
# Where an answer comes from: country, carrier, language.
PLACE = (func.coalesce(COUNTRY, UNKNOWN), func.coalesce(Purchase.carrier, UNKNOWN), Response.locale)
ASKED_AT = func.coalesce(Invitation.sent_at, Invitation.planned_at)
# What became of an invitation: which answer it was nobody knows of an anonymous one; that there was one it says itself.
BECAME = case(
    (and_(Survey.is_anonymous, Invitation.answered_at.is_not(None)), "complete"),
    (and_(Response.id.is_not(None), ~Response.is_partial, is_included()), "complete"),
    (and_(Response.score.is_not(None), is_included()), "partial"),
    (Invitation.state == "sent", "silent"),
    else_="unknown",
).label("became")

P = ParamSpec("P")
Found = TypeVar("Found")


def instead_of_rows(shortcut: Callable[..., Found]) -> Callable[[Callable[P, Found]], Callable[P, Found]]:
    """Return what lets `shortcut` answer a question about rows; it is given the function that counts them."""

    def decorate(rows: Callable[P, Found]) -> Callable[P, Found]:
        @wraps(rows)
        def counted(*args: P.args, **named: P.kwargs) -> Found:
            return shortcut(*args, **named, rows=rows)

        return counted

    return decorate


class NotMeasured(Refusal):
    """The survey has no score, so there is nothing to measure."""

    phrase = N_("The survey %(key)s is not on a scale, so it has no score. Choose one of: %(keys)s.")


def measured_survey(key: str) -> Survey:
    """Return one survey that has a score; refuse others with NotMeasured, which names those there are."""
    surveys = {survey.key: survey for survey in surveys_on_scales()}
    if key not in surveys:
        raise NotMeasured(field="survey", key=repr(key[:60]), keys=", ".join(surveys))
    return surveys[key]


def calendar_zone(brand: str | None) -> ZoneInfo:
    """Return the zone whose days count: that of the brand with this key, without one of the oldest, else UTC.

    Refuses an unknown key.
    """
    chosen = brand_for(brand) if brand is not None else min(all_brands(), key=by_age, default=None)
    return ZoneInfo(chosen.time_zone if chosen else "UTC")


def by_age(brand: Brand) -> int:
    """Return what sorts brands from the oldest to the newest."""
    return brand.id


@instead_of_rows(rollups.score_counts)
def score_counts(selection: Selection, now: datetime) -> Mapping[int, int]:
    """Return how often each score was given; of one survey, since scales are never mixed."""
    counted = answers(select(Response.score, func.count()), selection).where(counts_at(now))
    return dict(db.session.execute(counted.group_by(Response.score)).tuples().all())


@instead_of_rows(rollups.cell_counts)
def cell_counts(selection: Selection, now: datetime) -> Sequence[Count]:
    """Return the counts of every survey by country, carrier, language and score, wherever they came from.

    These three of the selection are not applied: what may be shown of a part depends on all the others.
    """
    by = (Survey.key, *PLACE, Response.score)
    selection = selection.where(**dict.fromkeys(DIMENSIONS))
    counted = answers(select(*by, func.count()), selection, joined=True).where(counts_at(now))
    return [Count(*row) for row in db.session.execute(counted.group_by(*by)).tuples()]


def counts_along(
    selection: Selection, names: Sequence[str], now: datetime
) -> dict[str, dict[tuple[str, ...], dict[int, int]]]:
    """Return how often each score was given by survey and by the values along `names`, in one statement.

    What the selection restricts along these dimensions is not applied. Where values overlap an answer counts in each.
    """
    values, joins = ways_along(names)
    read = select(Survey.key, Response.score, func.count(), *values)
    counted = joins(answers(read, selection.where(**dict.fromkeys(names)), joined=True)).where(counts_at(now))
    found: dict[str, dict[tuple[str, ...], dict[int, int]]] = {}
    for key, score, n, *cell in db.session.execute(counted.group_by(Survey.key, Response.score, *values)):
        found.setdefault(key, {}).setdefault(tuple(cell), {})[score] = n
    return found


def ways_along(names: Sequence[str]) -> tuple[list[Any], Callable[[Select[Any]], Select[Any]]]:
    """Return the values to group answers by along `names`, and what joins to a question what these need."""
    ways = [along(name, place) for place, name in enumerate(names)]

    def joined(read: Select[Any]) -> Select[Any]:
        for table, on in (each for way in ways for each in way.joins):
            read = read.outerjoin(table, on)
        return read

    return [way.value.label(f"value_{place}") for place, way in enumerate(ways)], joined


@instead_of_rows(rollups.bucket_counts)
def bucket_counts(selection: Selection, edges: Sequence[datetime], now: datetime) -> list[dict[int, int]]:
    """Return the score counts of the stretches between neighbouring `edges` (ascending), in one statement.

    The edges are put into the question itself, because grouping by local days needs other words on every database.
    """
    found: list[dict[int, int]] = [{} for _ in edges[1:]]
    if not found:
        return found
    place = value_at(AT, edges[1:-1], [literal(at) for at in range(len(found))]).label("place")
    bounded = selection if selection.within else replace(selection, since=edges[0], until=edges[-1])
    counted = answers(select(place, Response.score, func.count()), bounded).where(counts_at(now))
    for at, score, n in db.session.execute(counted.group_by(place, Response.score)).tuples():
        found[at][score] = n
    return found


@instead_of_rows(rollups.not_followed_up)
def not_followed_up(selection: Selection, now: datetime) -> int:
    """Return how many unhappy answers nobody follows up because the customer does not want to be contacted."""
    refused = (Response.group.in_(groups_in("unhappy")), Response.contact_permission.is_(False))
    counted = answers(select(func.count()), selection).where(counts_at(now), *refused)
    return db.session.scalar(counted) or 0


@instead_of_rows(rollups.dispositions)
def dispositions(selection: Selection) -> Dispositions:
    """Return what became of the invitations of the period: answered, half answered, silent, or not known to arrive.

    An opt-out counts as silent here: it is part of everybody who was asked either way. So does whoever gave an
    answer that is excluded. Tests are left out: questions to the team that nobody answered, and excluded tests.
    """
    counted = asked(select(BECAME, func.count()), selection)
    return Dispositions(**dict(db.session.execute(counted.group_by(BECAME)).tuples().all()))


def asked(read: Select[Any], selection: Selection, *, joined: bool = False) -> Select[Any]:
    """Return `read` from the invitations of a selection that left or may have left, with the answers to them.

    Purchase and customer are joined where a dimension asks for them, or always with `joined`.
    """
    read = (
        read.select_from(Invitation)
        .join(Touchpoint, Invitation.touchpoint_id == Touchpoint.id)
        .join(Survey, Touchpoint.survey_id == Survey.id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .where(func.coalesce(Response.excluded_reason, "") != TEST)
        .where(or_(~Invitation.is_test, Response.id.is_not(None)))
        .where(Invitation.purpose == "survey", Invitation.state.in_(("sent", "failed", "uncertain")))
    )
    if joined or not selection.is_whole:
        read = read.outerjoin(Purchase, Invitation.purchase_id == Purchase.id)
        read = read.join(Customer, Invitation.customer_id == Customer.id)
    if selection.stretches:
        read = read.where(_asked_within(selection.stretches))
    return read.where(*_chosen(selection, ASKED))


def answers(read: Select[Any], selection: Selection, *, joined: bool = False) -> Select[Any]:
    """Return `read` from responses of the selection; those of surveys on a scale, whether counted or not.

    Purchase and customer are joined where a dimension asks for them, or always with `joined`.
    """
    read = (
        read.select_from(Response)
        .join(Survey, no_way_in(Response.survey_id) == Survey.id)
        .where(Survey.kind.in_(SCALES))
    )
    if joined or not selection.is_whole:
        read = read.outerjoin(Purchase, Response.purchase_id == Purchase.id)
        read = read.outerjoin(Customer, Response.customer_id == Customer.id)
    if selection.stretches:
        read = read.where(_within(selection.stretches))
    return read.where(*_chosen(selection, ANSWERED))


def counts_at(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an answer is part of the numbers at `now`."""
    return and_(Response.score.is_not(None), is_settled(now), is_included())


def value_at(
    at: ColumnElement[Any], edges: Sequence[datetime], values: Sequence[ColumnElement[Found]]
) -> ColumnElement[Found]:
    """Return the value of the stretch that `at` lies in, by halving: nine comparisons for five years of weeks.

    The first value is that of what lies before the first edge, and so on: there is one more of them.
    """
    if not edges:
        return values[0]
    middle = len(edges) // 2
    before = value_at(at, edges[:middle], values[: middle + 1])
    return case((at < edges[middle], before), else_=value_at(at, edges[middle + 1 :], values[middle + 1 :]))


def _within(stretches: Stretches) -> ColumnElement[bool]:
    """Return the condition that a response's time lies in one of the stretches; either end may be None."""
    left_half_way = and_(Response.submitted_at.is_(None), _in_any(Response.saved_at, stretches))
    return or_(_in_any(Response.submitted_at, stretches), left_half_way)


def _asked_within(stretches: Stretches) -> ColumnElement[bool]:
    """Return the condition that an invitation's time lies in one of them: when it left, else when it was to leave."""
    lost = Invitation.state.in_(("failed", "uncertain"))
    never_left = and_(Invitation.sent_at.is_(None), lost, _in_any(Invitation.planned_at, stretches))
    return or_(_in_any(Invitation.sent_at, stretches), never_left)


def _in_any(at: InstrumentedAttribute[Any], stretches: Stretches) -> ColumnElement[bool]:
    return or_(
        *(
            and_(*([at >= since] if since is not None else []), *([at < until] if until is not None else []))
            for since, until in stretches
        )
    )


def _chosen(selection: Selection, anchor: Anchor) -> list[ColumnElement[bool]]:
    """Return the conditions of a selection, its period apart."""
    found: list[ColumnElement[bool]] = []
    if selection.survey is not None:
        found.append(Survey.key == selection.survey)
    if selection.brand is not None:
        brand = select(Brand.id).where(Brand.key == selection.brand).scalar_subquery()
        # SQLite would take all answers of a brand instead of those of a day.
        found.append(no_way_in(anchor.brand_id) == brand)
    return found + [holds(name, value, anchor) for name, value in selection.restricted.items()]
