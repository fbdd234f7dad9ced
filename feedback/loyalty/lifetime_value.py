"""What a customer may bring in all, the simple way: revenue a period times gross margin, divided by churn.

It assumes that churn stays the same however long somebody has been a customer, and discounts nothing unless told to.
Both are seldom true (P. Fader and B. Hardie, "How to Project Customer Retention", Journal of Interactive Marketing 21,
2007), so the figure is always shown with them, as an order of magnitude. All three have to be of the same period; where
nobody was lost there is no figure, not an infinite one (methodology 2.10, simple mode).
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from surveys.errors import N_, Refusal

Period = Literal["month", "year"]
PERIODS = {"month": N_("month"), "year": N_("year")}


class MixedPeriods(Refusal):
    """Revenue of one period and churn of another say nothing together."""

    phrase = N_(
        "Revenue per %(revenue)s and churn per %(churn)s do not go together. Give both per the same period."
    )


class Revenue(NamedTuple):
    """What one customer spends in a period, in any unit of money."""

    amount: float
    per: Period


class ChurnRate(NamedTuple):
    """The part of customers lost in a period, 0 to 1."""

    rate: float
    per: Period


@dataclass(frozen=True)
class LifetimeValue:
    """Values in the unit of the revenue: without discount, and with it, including and excluding the first payment.

    The last two are None where no discount was given.
    """

    simple: float
    with_first: float | None
    without_first: float | None


def lifetime_value(
    revenue: Revenue, margin: float, churn: ChurnRate, discount: float | None = None
) -> LifetimeValue | None:
    """Return the value of one customer; None where nobody was lost, because then there is no end to it.

    `margin` and `discount` (a period) run from 0 to 1. Refuses periods that differ with MixedPeriods, and a margin, churn
    or discount outside its range with ValueError.
    """
    if revenue.per != churn.per:
        raise MixedPeriods(revenue=PERIODS[revenue.per], churn=PERIODS[churn.per])
    if not (0 <= margin <= 1 and 0 <= churn.rate <= 1 and (discount is None or 0 <= discount <= 1)):
        raise ValueError("margin, churn and discount are parts of 1")
    if churn.rate == 0:
        return None
    payment, retention = revenue.amount * margin, 1 - churn.rate
    if discount is None:
        return LifetimeValue(payment / churn.rate, None, None)
    below = 1 + discount - retention
    return LifetimeValue(payment / churn.rate, payment * (1 + discount) / below, payment * retention / below)
