"""The monthly report: two pages that can be printed, and whether it comes by mail."""

from datetime import date, datetime, timedelta
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from feedback.follow_up.effect.measuring import parts_of
from feedback.insights import charts
from feedback.insights.filters import bucket_label
from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import FIRST_YEAR, LAST_YEAR, Selection
from feedback.insights.words import UNITS
from feedback.reports.digest.periods import MONTHLY
from feedback.reports.digest.subscribing import subscribe
from feedback.reports.monthly.assembling import Month, days_of, month
from feedback.reports.monthly.composing import figure_sentence, month_name, share_text
from feedback.reports.queries import reader_of
from feedback.reports.saying import goal_line, improvement_line
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Missing
from surveys.responses.queries import anybody_answered
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("monthly", __name__, permission="insights", url_prefix="/insights/monthly")


@door.get("")
def latest() -> ResponseReturnValue:
    """Show the report of the last month that is over."""
    now = business_now()
    today = now.astimezone(calendar_zone(chosen_brand())).date()
    return page((today.replace(day=1) - timedelta(days=1)).replace(day=1), now)


@door.get("/<int(fixed_digits=4):year>-<int(fixed_digits=2):month>")
def one(year: int, month: int) -> ResponseReturnValue:
    """Show the report of one month; one that has not begun is missing."""
    if not (FIRST_YEAR < year < LAST_YEAR and 1 <= month <= 12):
        raise Missing()
    return page(date(year, month, 1), business_now())


@door.post("/mail")
def by_mail() -> ResponseReturnValue:
    """Let the report come by mail on the first of each month, or no more."""
    wanted = MONTHLY if request.form.get("wanted") == "yes" else None
    subscribe(current_staff(), None, wanted, business_now())
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for("monthly.latest"), 303)


def chosen_brand() -> str | None:
    """Return the key of the brand that the address names; refuse one that there is not."""
    key = request.args.get("brand", "").strip()
    return brand_or_missing(key).key if key else None


def page(first: date, now: datetime) -> str:
    """Return the report of the month that begins with `first`; refuse one that has not begun."""
    brand = chosen_brand()
    zone, days = calendar_zone(brand), days_of(first)
    today = now.astimezone(zone).date()
    if first > today:
        raise Missing()
    found = month(Selection(brand=brand, zone=zone), days, now)
    after = days.last + timedelta(days=1)
    return render_template(
        "reports/monthly.html",
        month=found,
        name=month_name(days),
        selection=found.selection,
        brand=brand_or_missing(brand) if brand else None,
        brands=all_brands(),
        earlier=(first - timedelta(days=1)).replace(day=1),
        later=after if after <= today else None,
        parts=parts_of(found.effect),
        half=found.effect.contact.quantile().time,
        pictures=pictures(found),
        figure_sentence=figure_sentence,
        share_text=share_text,
        goal_line=goal_line,
        improvement_line=improvement_line,
        answered=anybody_answered(),
        by_mail=reader_of(current_staff(), None) is not None,
        scales=SCALES,
        now=now,
    )


def pictures(found: Month) -> dict[str, Any]:
    """Return the trend of the first figure in both sizes; empty where fewer than two months have answers."""
    told = [period for period in found.trend if period.measure]
    if found.focus is None or len(told) < 2:
        return {}
    kind = found.focus.survey.kind
    readings = [
        charts.Reading.of(
            bucket_label(period.bucket, "month"),
            period.measure,
            gettext("Version %(number)s", number=period.versions[-1].number) if period.versions else "",
            extent=period.extent,
        )
        for period in found.trend
    ]
    unit, mark = gettext(UNITS[kind]), get_decimal_symbol(get_locale())
    return {
        "unit": unit,
        "trend": [charts.trend(readings, kind, unit, size, mark) for size in (WIDE, NARROW)],
    }
