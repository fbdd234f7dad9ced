"""What is known when an answer is judged: it, how it was read, and of the customer's past what rules may need."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from feedback.analysis.intents.finds import Find
from feedback.analysis.models import INTENT, Analysis
from feedback.follow_up.deciding.book import Book, might_match
from feedback.follow_up.deciding.queries import (
    answers_before,
    brand_reports_deliveries,
    current_weights,
    has_case_since,
    scale_of,
    spent,
    was_settled_before,
)
from feedback.follow_up.deciding.signs import (
    AGAIN_WITHIN,
    CONTACT_WITHIN,
    NOTHING,
    Past,
    Reading,
    Submission,
)
from feedback.follow_up.deciding.worth import YEAR, rank
from surveys.customers.models import Customer, Purchase
from surveys.responses.models import Response
from surveys.scales import mood_of
from surveys.segments.conditions import Condition, first_unmet
from surveys.segments.queries import facts_for, facts_for_customer, latest_orders, segments_named_by
from surveys.segments.starters import VIP


def submission_of(response: Response) -> Submission:
    """Return what the rules look at in a response."""
    return Submission(
        kind=response.survey.kind,
        score=response.score,
        has_comment=bool(response.comment),
        contact_permission=response.contact_permission,
        has_customer=response.customer_id is not None,
        submitted_at=response.submitted_at or response.saved_at,
        imported=response.channel == "import",
        wrote_back=response.answers.get("by") == "mail",
        is_anonymous=response.is_anonymous,
        survey=response.survey.key,
        brand=response.brand.key,
    )


def as_read(analysis: Analysis | None) -> Reading | None:
    """Return what the rules look at in the reading of a comment; None while there is none."""
    if analysis is None:
        return None
    finds = (Find(it.start, it.end, it.code) for it in analysis.mentions if it.kind == INTENT)
    return Reading(analysis.label, analysis.polarity, analysis.confidence, tuple(finds))


def past_of(response: Response, submission: Submission, reading: Reading | None, book: Book) -> Past:
    """Return what is known of the customer before this answer; nothing where no rule can match it anyhow."""
    customer = response.customer
    if customer is None or not any(
        rule.is_on and might_match(rule, submission, reading) for rule in book.rules
    ):
        return NOTHING
    at = submission.submitted_at
    order = response.purchase or latest_orders([customer.id]).get(customer.id)
    before = answers_before(response, at - AGAIN_WITHIN)
    return Past(
        is_vip=is_vip(customer, order, book, at),
        segments=segments_with(customer, order, book, at),
        unhappy_lately=any(mood_of(each.group) == "unhappy" for each in before),
        unhappy_before=bool(before) and mood_of(before[0].group) == "unhappy",
        case_lately=has_case_since(response, at - CONTACT_WITHIN),
        same_order=was_settled_before(response),
        undelivered=is_undelivered(order, at),
        value=value_of(customer, order, at),
    )


def past_for_rules(response: Response, book: Book) -> Past:
    """Return the part of the past that rules look at, without what only priority and points need."""
    customer = response.customer
    if customer is None:
        return NOTHING
    at = response.submitted_at or response.saved_at
    order = response.purchase or latest_orders([customer.id]).get(customer.id)
    before = answers_before(response, at - AGAIN_WITHIN)
    return Past(
        is_vip=is_vip(customer, order, book, at),
        segments=segments_with(customer, order, book, at),
        unhappy_lately=any(mood_of(each.group) == "unhappy" for each in before),
    )


def is_vip(customer: Customer, order: Purchase | None, book: Book, at: datetime) -> bool:
    """Tell whether the customer is a VIP: in the segment of the first VIP rule that has one, else in the usual one."""
    named = next(
        (
            rule.segment
            for rule in book.rules
            if rule.kind == "vip" and rule.segment and rule.brand in (None, customer.brand.key)
        ),
        None,
    )
    if named is None:
        return _meets(customer, order, list(VIP.conditions), at)
    return named in _inside(customer, order, frozenset({named}), at)


def is_undelivered(order: Purchase | None, at: datetime) -> bool:
    """Tell whether nothing of an order had arrived longer after it was placed than the weights wait for it.

    Not so before the day that was promised, for an order that was called off, and where the shop reports no deliveries:
    then nobody knows. Most orders have arrived, so the weights are asked for last.
    """
    if order is None or (order.promised_at is not None and order.promised_at > at):
        return False
    ended = (order.delivered_at, order.cancelled_at, order.returned_at, order.refunded_at)
    if any(moment is not None and moment <= at for moment in ended):
        return False
    if order.placed_at > at - timedelta(days=current_weights().undelivered_after):
        return False
    return brand_reports_deliveries(order.brand_id)


def segments_with(customer: Customer, order: Purchase | None, book: Book, at: datetime) -> frozenset[str]:
    """Return those of the segments that rules name which the customer is in."""
    named = frozenset(rule.segment for rule in book.rules if rule.is_on and rule.segment)
    return _inside(customer, order, named, at)


def value_of(customer: Customer, order: Purchase | None, at: datetime) -> float:
    """Return which share of the shop's customers spends less in twelve months, 0 to 1.

    A customer without orders in that time is judged by the order that the answer is about.
    """
    if order is None or order.currency is None:
        return 0.0
    scale = scale_of(customer.brand_id)
    limits = scale.limits.get(order.currency, []) if scale else []
    return rank(spent(customer.id, order.currency, at - YEAR, at) or order.total_amount, limits)


def _inside(
    customer: Customer, order: Purchase | None, named: frozenset[str], at: datetime
) -> frozenset[str]:
    """Return those of the named segments that the customer is in; one that is gone contains nobody."""
    if not named:
        return frozenset()
    known = segments_named_by([Condition("segment", "one_of", tuple(sorted(named)))])
    return frozenset(key for key, conditions in known.items() if _meets(customer, order, conditions, at))


def _meets(customer: Customer, order: Purchase | None, conditions: Sequence[Condition], at: datetime) -> bool:
    """Tell whether the customer, with the order in question, meets all conditions."""
    if order is not None:
        facts = facts_for(order, conditions, {}, at)
    else:
        facts = facts_for_customer(customer, None, conditions, {}, at)
    return first_unmet(conditions, facts, {}) is None
