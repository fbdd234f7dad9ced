"""The effect of following up over the JSON API: the figures of the team, never of single persons."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.effect.measuring import ByItself, Effect, Orders, effect, parts_of
from feedback.follow_up.effect.recovery import Share
from feedback.follow_up.effect.survival import Curve
from feedback.insights.api import DECIMALS, PERIOD
from feedback.insights.intervals import Interval
from feedback.insights.queries import calendar_zone
from feedback.insights.scores import rounded_to
from feedback.insights.selection import Selection, read_period
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.clock import business_now

door = MachineDoor("effect_api", __name__, url_prefix="/api/v1/follow-up")

QUANTILES = {"median": 0.5, "ninety_percent": 0.9}


class EffectQuery(Query):
    """Which tasks to measure, by when they were opened; without dates those of all time."""

    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )


@door.get("/effect")
def follow_up_effect(query: EffectQuery) -> Response:
    """Return what following up has done: shares in percent with Wilson's interval, times in minutes by Kaplan and Meier.

    `by_itself` says what regression to the mean alone would give; its `rho` is assumed until 50 customers have answered
    twice without contact in between. `ordered_again` compares contacted with other customers and is no experiment; its
    groups, `fairness` (by language, country and third of spending) and `by_priority` leave out those that are so small
    that people could be told apart.
    """
    zone = calendar_zone(query.brand)
    since, until = read_period(query.since, query.until, zone)
    found = effect(Selection(brand=query.brand, since=since, until=until, zone=zone), business_now())
    return jsonify(effect_shape(found))


def effect_shape(found: Effect) -> dict[str, Any]:
    """Return the JSON form of all figures."""
    return {
        "tasks": found.tally.n,
        "shares": {name: share_shape(share) for name, share in parts_of(found).items()},
        "time_to_contact": curve_shape(found.contact),
        "time_to_solution": curve_shape(found.solution),
        "by_priority": [
            {
                "priority": row.priority,
                "tasks": row.tally.n,
                "in_time": share_shape(Share(row.tally.in_time, row.tally.due)),
                "time_to_contact": curve_shape(row.contact),
                "time_to_solution": curve_shape(row.solution),
            }
            for row in found.rows
        ],
        "fairness": {
            each.dimension: [
                {
                    "group": group.value,
                    "tasks": group.n,
                    "in_time": share_shape(group.in_time),
                    "time_to_contact": curve_shape(group.contact),
                    "p_adjusted": None if group.p is None else rounded_to(group.p, 4),
                }
                for group in each.groups
            ]
            for each in found.fairness
        },
        "ordered_again": orders_shape(found.orders),
        "by_itself": by_itself_shape(found.by_itself) if found.by_itself else None,
    }


def share_shape(share: Share) -> dict[str, Any]:
    """Return the JSON form of a share, in percent; share and interval are null where there is nobody."""
    value = share.value
    return {
        "share": None if value is None else rounded_to(100 * value, DECIMALS),
        "count": share.k,
        "n": share.n,
        "interval": None if share.interval is None else interval_shape(share.interval.in_percent()),
    }


def interval_shape(interval: Interval) -> dict[str, Any]:
    """Return the JSON form of an interval."""
    low, high = (rounded_to(end, DECIMALS) for end in (interval.low, interval.high))
    return {"low": low, "high": high, "level": interval.level, "method": interval.method}


def curve_shape(curve: Curve) -> dict[str, Any]:
    """Return the JSON form of a curve: its quantiles in minutes, null where it has not come that far."""
    quantiles = {name: curve.quantile(part)._asdict() for name, part in QUANTILES.items()}
    return {"n": curve.n, "ended": curve.events} | quantiles


def orders_shape(orders: Orders) -> dict[str, Any]:
    """Return the JSON form of who ordered again; the two groups are null where they are not to be compared."""
    shape = {"all": share_shape(orders.everybody), "contacted": None, "not_contacted": None, "uplift": None}
    found = orders.uplift
    if found is None:
        return shape
    return shape | {
        "contacted": share_shape(orders.contacted),
        "not_contacted": share_shape(orders.others),
        "uplift": {
            "points": rounded_to(100 * found.difference, DECIMALS),
            "interval": interval_shape(found.interval.in_percent()),
            "number_needed": None if found.needed is None else rounded_to(found.needed, DECIMALS),
        },
    }


def by_itself_shape(found: ByItself) -> dict[str, Any]:
    """Return the JSON form of what scores do by themselves."""
    return {
        "survey": found.survey.key,
        "recovers_at": found.recovers_at,
        "first_mean": rounded_to(found.first_mean, DECIMALS),
        "expected_mean": rounded_to(found.expected.mean, DECIMALS),
        "expected_share": rounded_to(100 * found.expected.share, DECIMALS),
        "rho": {
            "value": rounded_to(found.stability.rho, DECIMALS),
            "n": found.stability.n,
            "assumed": found.stability.is_assumed,
            "interval": None
            if found.stability.interval is None
            else interval_shape(found.stability.interval),
        },
        "answered_again": share_shape(found.again),
    }
