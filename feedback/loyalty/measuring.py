"""Everything the page of repeat purchases says, put together once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.follow_up.effect.recovery import Share
from feedback.insights.differences import share_difference
from feedback.insights.intervals import Interval
from feedback.insights.queries import measured_survey
from feedback.insights.scores import THIN_BELOW
from feedback.insights.selection import Selection
from feedback.insights.suppression import K, hidden_rows, is_uniform
from feedback.loyalty import queries
from feedback.loyalty.churn import DAYS_OF_A_MONTH, MONTHS, Churn, Lapse
from feedback.loyalty.lifetime_value import ChurnRate, LifetimeValue, Revenue, lifetime_value
from feedback.loyalty.queries import Ordered, Stake
from surveys.brand.models import Brand
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back
from surveys.scales import GROUPS, mood_of


@dataclass(frozen=True)
class Repeat:
    """Who ordered again within 90 days of an answer, by its group; `hidden` groups are too small to show.

    `difference` is the share of the happy less that of the unhappy, with its interval; None where one of them is hidden,
    or fewer than 30 are on one side.
    """

    survey: Survey
    groups: Mapping[str, Share]
    hidden: int
    everybody: Share
    difference: tuple[float, Interval] | None


@dataclass(frozen=True)
class Worth:
    """What customers who pay in one currency bring: revenue of a month each (minor units), churn, value of one.

    `value` is None without a margin, and where nobody was lost; `least` and `most` are what the doubt of churn leaves
    of it, `most` None where churn could be nothing.
    """

    currency: str
    churn: Churn
    revenue: float
    value: LifetimeValue | None
    least: float | None
    most: float | None


@dataclass(frozen=True)
class Staying:
    """One shop: when its customers count as lapsed, how many did in the last three months, and what that is worth.

    `lapse` is None where too few orders are known, `churn` where nobody was active.
    """

    brand: Brand
    lapse: Lapse | None
    churn: Churn | None
    worths: Sequence[Worth]


@dataclass(frozen=True)
class AtStake:
    """Money of the customers of open tasks by currency; `hidden` currencies have too few customers to show."""

    tasks: int
    stakes: Mapping[str, Stake]
    hidden: int


def repeat(selection: Selection, now: datetime) -> Repeat | None:
    """Return who ordered again, by what they had said in the selected period; None where no survey leads to customers."""
    survey = _survey(selection)
    if survey is None or survey.is_anonymous:
        return None
    found = queries.ordered_again(selection.of(survey.key), now)
    sizes: dict[tuple[str, ...], int] = {(group,): one.n for group, one in found.items() if one.n}
    alike = {(group,) for group, one in found.items() if is_uniform([one.again, one.n - one.again])}
    hidden = {group for (group,) in hidden_rows(sizes, alike)}
    shares = {
        group: Share(found[group].again, found[group].n)
        for group in GROUPS[survey.kind]
        if group in found and group not in hidden
    }
    together = Ordered(*map(sum, zip((0, 0), *found.values(), strict=True)))
    everybody = Share(together.again, together.n)
    return Repeat(survey, shares, len(hidden), everybody, _difference(shares))


def staying(brand: Brand, now: datetime, margin: float | None, discount: float | None) -> Staying:
    """Return how many customers of a shop lapsed in the last three months, and what one may be worth."""
    lapse = queries.lapse_of(brand, now)
    if lapse is None:
        return Staying(brand, None, None, ())
    start = now - timedelta(days=MONTHS * DAYS_OF_A_MONTH)
    found = queries.cohort(brand, lapse, start, now)
    by_currency = queries.cohorts_by_currency(brand, lapse, start, now)
    worths = [
        _worth(currency, Churn(one.at_start, one.lost, MONTHS), one.spent, margin, discount)
        for currency, one in by_currency.items()
        if one.at_start >= K
    ]
    return Staying(
        brand, lapse, Churn(found.at_start, found.lost, MONTHS) if found.at_start else None, worths
    )


def at_stake(brand_key: str | None, now: datetime, *, sees_everything: bool) -> AtStake:
    """Return what open tasks are about in money; sums of few customers only for people who work on tasks."""
    found = queries.at_stake(brand_key, now)
    shown = {currency: one for currency, one in found.items() if sees_everything or one.customers >= K}
    return AtStake(queries.open_tasks_count(brand_key), shown, len(found) - len(shown))


def _worth(currency: str, churn: Churn, spent: int, margin: float | None, discount: float | None) -> Worth:
    """Return what a customer who pays in a currency may be worth."""
    revenue = spent / churn.at_start / churn.months
    rate, doubt = churn.monthly, churn.monthly_interval
    if margin is None or rate is None or doubt is None:
        return Worth(currency, churn, revenue, None, None, None)

    def value_at(monthly: float) -> LifetimeValue | None:
        return lifetime_value(Revenue(revenue, "month"), margin, ChurnRate(monthly, "month"), discount)

    value, least, most = (value_at(each) for each in (rate, doubt.high, doubt.low))
    return Worth(
        currency, churn, revenue, value, least.simple if least else None, most.simple if most else None
    )


def _survey(selection: Selection) -> Survey | None:
    """Return the chosen survey, else the first on a scale whose answers lead to customers."""
    if selection.survey is not None:
        return measured_survey(selection.survey)
    held = held_back()
    return next((each for each in surveys_on_scales() if not each.is_anonymous and each not in held), None)


def _difference(shares: Mapping[str, Share]) -> tuple[float, Interval] | None:
    """Return how much more often the happy ordered again than the unhappy; None where too few are on one side."""
    happy, unhappy = (
        Share(
            sum(share.k for group, share in shares.items() if mood_of(group) == mood),
            sum(share.n for group, share in shares.items() if mood_of(group) == mood),
        )
        for mood in ("happy", "unhappy")
    )
    if min(happy.n, unhappy.n) < THIN_BELOW:
        return None
    difference = happy.k / happy.n - unhappy.k / unhappy.n
    return difference, share_difference(happy.k, happy.n, unhappy.k, unhappy.n)
