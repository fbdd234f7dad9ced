"""The page that says who orders again, who stays away, and what that may be worth."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from feedback.insights.queries import calendar_zone
from feedback.insights.selection import Days, Selection, over, read
from feedback.loyalty import measuring
from feedback.loyalty.queries import ORDERS_WITHIN
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.errors import N_, Refusal
from surveys.masking import quoted
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import anybody_answered
from surveys.staff.door import StaffDoor, allowed

door = StaffDoor("worth", __name__, permission="insights", url_prefix="/insights/worth")

YEAR = 365
PRESETS = (180, YEAR, 2 * YEAR)
LONGEST_NUMBER = 8
NO_PERCENTAGE = N_("“%(given)s” is no percentage. Go back and write a number from 0 to 100, such as 40.")


@door.get("")
def worth() -> ResponseReturnValue:
    """Show repeat purchases by group, lapsed customers, what one may be worth, and what open tasks are about."""
    now = business_now()
    selection = selected(now)
    margin, discount = part_of_100("margin"), part_of_100("discount")
    brands = all_brands()
    today = now.astimezone(selection.zone).date()
    return render_template(
        "loyalty/worth.html",
        answered=anybody_answered(),
        selection=selection,
        brands=brands,
        surveys=[survey for survey in surveys_on_scales() if not survey.is_anonymous],
        presets=[(days, over(selection, Days.until(today, days))) for days in PRESETS],
        repeat=measuring.repeat(selection, now),
        within=ORDERS_WITHIN.days,
        stayings=[
            measuring.staying(brand, now, margin, discount)
            for brand in brands
            if selection.brand in (None, brand.key)
        ],
        stake=measuring.at_stake(selection.brand, now, sees_everything=allowed("tasks")),
        margin=margin,
        discount=discount,
        given={name: request.args.get(name, "") for name in ("margin", "discount")},
    )


def selected(now: datetime) -> Selection:
    """Return what the address selects; the last year unless it says otherwise, because orders need 90 days."""
    zone = calendar_zone(request.args.get("brand", "").strip() or None)
    today = now.astimezone(zone).date()
    names = ("survey", "brand", "since", "until")
    chosen = {name: value for name, value in request.args.items() if name in names and value.strip()}
    return read({"since": Days.until(today, YEAR).first.isoformat()} | chosen, today, zone)


def part_of_100(name: str) -> float | None:
    """Return a percentage of the address as a part of 1, None where it is not given; refuse what is none."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        number = float(text.replace(",", ".")) if len(text) <= LONGEST_NUMBER else -1.0
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100:
        raise Refusal(NO_PERCENTAGE, field=name, given=quoted(text))
    return number / 100
