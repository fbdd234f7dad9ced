"""How it reads who ordered again."""

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.insights.filters import with_sign
from feedback.insights.intervals import Interval
from feedback.loyalty.measuring import Repeat
from feedback.loyalty.queries import ORDERS_WITHIN
from surveys.filters import number, percent


def again_head(found: Repeat) -> str:
    """Return how many ordered again; empty where nobody could have."""
    if found.everybody.value is None:
        return ""
    share = percent(100 * found.everybody.value)
    return str(
        gettext("%(share)s ordered again within %(within)s days", share=share, within=ORDERS_WITHIN.days)
    )


def again_more(found: Repeat) -> str:
    """Return the interval of that and of how many, and whether the happy order again more often than the unhappy."""
    if found.everybody.interval is None:
        return ""
    spread = between(found.everybody.interval)
    n = found.everybody.n
    customers = ngettext("%(n)s customer", "%(n)s customers", n, n=number(n))
    said = f"({spread}, {customers})."
    if found.difference is None:
        return said
    points, interval = found.difference
    values = {
        "points": number(abs(100 * points)),
        "low": with_sign(100 * interval.low, "nps"),
        "high": with_sign(100 * interval.high, "nps"),
    }
    if interval.low > 0:
        phrase = gettext(
            "A happy answer goes together with more orders: %(points)s points more than after an unhappy one"
            " (%(low)s to %(high)s).",
            **values,
        )
    elif interval.high < 0:
        phrase = gettext(
            "A happy answer goes together with fewer orders: %(points)s points fewer than after an unhappy one"
            " (%(low)s to %(high)s).",
            **values,
        )
    else:
        phrase = gettext(
            "No clear difference between happy and unhappy answers (%(low)s to %(high)s points).", **values
        )
    return f"{said} {phrase}"


def between(interval: Interval) -> str:
    """Return an interval of shares in percent."""
    low, high = percent(100 * interval.low), percent(100 * interval.high)
    return str(gettext("%(low)s to %(high)s", low=low, high=high))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    app.add_template_filter(again_head)
    app.add_template_filter(again_more)
