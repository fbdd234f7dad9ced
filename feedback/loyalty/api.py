"""Repeat purchases, lapsed customers and what they may be worth over the JSON API."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.effect.api import interval_shape, share_shape
from feedback.insights.api import DECIMALS, PERIOD
from feedback.insights.queries import calendar_zone
from feedback.insights.scores import rounded_to
from feedback.insights.selection import Selection, read_period
from feedback.loyalty.churn import Churn
from feedback.loyalty.measuring import AtStake, Repeat, Staying, Worth, at_stake, repeat, staying
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.customers.queries import brand_for

door = MachineDoor("worth_api", __name__, url_prefix="/api/v1/insights/worth")


class WorthQuery(Query):
    """Whose answers to look at, by when they were given; without dates those of all time."""

    survey: str | None = Field(
        None, max_length=60, description="Without it the first whose answers lead to customers."
    )
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )
    margin: float | None = Field(None, ge=0, le=100, description="Gross margin in percent, for `value`.")
    discount: float | None = Field(None, ge=0, le=100, description="Discount in percent a month.")


@door.get("")
def customer_worth(query: WorthQuery) -> Response:
    """Return who ordered again within 90 days by group, lapsed customers, simple lifetime values, and open tasks' money.

    Shares are percent with Wilson's interval; groups that are too small to show are left out. `lapsed` counts customers
    who were active three months ago and are not now; `days` without an order is the 95th percentile of the gaps between
    orders. `value` assumes that churn stays the same; it is null without a margin and where nobody lapsed. Money is in
    minor units, per currency, and never added up over currencies.
    """
    now, zone = business_now(), calendar_zone(query.brand)
    since, until = read_period(query.since, query.until, zone)
    brands = [brand_for(query.brand)] if query.brand is not None else all_brands()
    found = repeat(
        Selection(survey=query.survey, brand=query.brand, since=since, until=until, zone=zone), now
    )
    margin, discount = (None if each is None else each / 100 for each in (query.margin, query.discount))
    return jsonify(
        {
            "ordered_again": repeat_shape(found) if found else None,
            "shops": [staying_shape(staying(brand, now, margin, discount)) for brand in brands],
            "open_tasks": stake_shape(at_stake(query.brand, now, sees_everything=True)),
        }
    )


def repeat_shape(found: Repeat) -> dict[str, Any]:
    """Return the JSON form of who ordered again."""
    difference = None
    if found.difference is not None:
        points, interval = found.difference
        difference = {
            "points": rounded_to(100 * points, DECIMALS),
            "interval": interval_shape(interval.in_percent()),
        }
    return {
        "survey": found.survey.key,
        "all": share_shape(found.everybody),
        "groups": {group: share_shape(share) for group, share in found.groups.items()},
        "hidden_groups": found.hidden,
        "happy_minus_unhappy": difference,
    }


def staying_shape(found: Staying) -> dict[str, Any]:
    """Return the JSON form of the lapsed customers of one shop."""
    return {
        "brand": found.brand.key,
        "days": found.lapse.days if found.lapse else None,
        "gaps": found.lapse.gaps if found.lapse else None,
        "lapsed": churn_shape(found.churn) if found.churn else None,
        "currencies": [worth_shape(each) for each in found.worths],
    }


def churn_shape(churn: Churn) -> dict[str, Any]:
    """Return the JSON form of a churn: over its months, and a month."""
    monthly, doubt = churn.monthly, churn.monthly_interval
    return {
        "at_start": churn.at_start,
        "lost": churn.lost,
        "months": churn.months,
        "per_month": None if monthly is None else rounded_to(100 * monthly, DECIMALS),
        "interval": None if doubt is None else interval_shape(doubt.in_percent()),
    }


def worth_shape(found: Worth) -> dict[str, Any]:
    """Return the JSON form of what a customer may be worth, in minor units."""
    value = found.value
    return {
        "currency": found.currency,
        "lapsed": churn_shape(found.churn),
        "revenue_per_month": round(found.revenue),
        "value": None
        if value is None
        else {
            "simple": round(value.simple),
            "low": None if found.least is None else round(found.least),
            "high": None if found.most is None else round(found.most),
            "discounted_with_first": None if value.with_first is None else round(value.with_first),
            "discounted_without_first": None if value.without_first is None else round(value.without_first),
        },
    }


def stake_shape(found: AtStake) -> dict[str, Any]:
    """Return the JSON form of what open tasks are about."""
    return {
        "tasks": found.tasks,
        "currencies": [
            {
                "currency": currency,
                "customers": one.customers,
                "spent_in_twelve_months": one.spent,
                "orders_in_question": one.orders,
                "amount_in_question": one.in_question,
            }
            for currency, one in found.stakes.items()
        ],
    }
