"""Add, change, copy, switch and remove touchpoints; what is planned keeps its time, the rest follows the new rule."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import insert, literal, select

from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal, SeveralRefusals, Words
from surveys.invitations.clocks import PROGRAMMES, TRIGGERS
from surveys.invitations.models import ListedCustomer, Touchpoint
from surveys.invitations.queries import has_decided, name_is_taken
from surveys.questionnaires.queries import survey_by_key
from surveys.segments.conditions import FIELDS, OF_ONE_ORDER, Condition, from_data
from surveys.segments.queries import all_fields_of, segments_named_by
from surveys.staff.models import StaffMember

LONGEST_NAME = 100
LIMITS: dict[str, tuple[int, int]] = {
    "every_days": (30, 730),
    "delay": (0, 365),
    "shipped_margin_days": (0, 60),
    "placed_margin_days": (0, 120),
    "opens": (0, 23),
    "closes": (1, 24),
    "spread_hours": (0, 12),
    "share": (1, 100),
    "rank": (1, 9),
    "rest_days": (0, 365),
    "answer_rest_days": (0, 365),
    "yearly": (0, 52),
    "latest_hours": (1, 720),
    "reminders": (0, 2),
    "remind_after_days": (1, 30),
}
UNITS: dict[str, str] = {"days": N_("calendar days"), "hours": N_("hours")}


@dataclass(frozen=True)
class Asking:
    """What can be set at a touchpoint; `opens` and `closes` are hours of the customer's day.

    `delay` counts in `delay_unit`; in a rolling programme, where each customer has a turn every `every_days`,
    it is how long somebody must be a customer. `share` is a percentage; a `yearly` of 0 is no limit.
    """

    name: str
    survey: str  # its key
    trigger: str
    is_on: bool
    only_team: bool
    conditions: tuple[Condition, ...]
    every_days: int
    delay: int
    delay_unit: str
    shipped_margin_days: int
    placed_margin_days: int
    opens: int
    closes: int
    skip_sundays: bool
    skip_holidays: bool
    spread_hours: int
    share: int
    rank: int
    rest_days: int
    answer_rest_days: int
    yearly: int
    latest_hours: int
    reminders: int
    remind_after_days: int


class OutOfLimits(Refusal):
    """A number is too small or too large."""

    phrase = N_("Choose a whole number from %(low)s to %(high)s.")


class ClosedAllDay(Refusal):
    """The hours leave no time to ask."""

    phrase = N_("The last hour must come after the first; with these two nobody would ever be asked.")


class NameTaken(Refusal):
    """The brand has another touchpoint of this name."""

    phrase = N_(
        "This shop has a touchpoint of this name. Choose another one, so that people can tell them apart."
    )


class OtherKind(Refusal):
    """What waits for orders and what asks without one are not made of each other."""

    phrase = N_("What this touchpoint waits for cannot become another kind. Add a new touchpoint instead.")


class AboutOneOrder(Refusal):
    """Who is asked without an order cannot be judged by one."""

    phrase = N_(
        "Customers are asked here without an order, so this cannot look at: %(fields)s."
        " Look at the customer instead, or choose a segment that does."
    )


class HasDecided(Conflict):
    """The touchpoint's decisions must stay to be read."""

    phrase = N_(
        "This touchpoint has decided whom to ask, and those decisions stay to be read."
        " Switch it off instead; it then asks nobody."
    )


def add_touchpoint(brand: Brand, asking: Asking, by: StaffMember, now: datetime) -> Touchpoint:
    """Let the brand ask at a new moment; refuses as `adjust` does.

    Orders that were considered before are not looked at again.
    """
    touchpoint = Touchpoint(brand=brand, brand_id=brand.id, created_at=now, changed_at=now)
    adjust(touchpoint, asking, by, now)
    db.session.add(touchpoint)
    db.session.flush()
    return touchpoint


def adjust(touchpoint: Touchpoint, asking: Asking, by: StaffMember, now: datetime) -> None:
    """Set the touchpoint; refuses what is out of LIMITS or makes no sense, each with its field."""
    check(touchpoint, asking)
    touchpoint.name = asking.name
    touchpoint.survey = survey_by_key(asking.survey)
    touchpoint.conditions = [condition.as_data() for condition in asking.conditions]
    is_hours = asking.delay_unit == "hours"
    touchpoint.delay = timedelta(hours=asking.delay) if is_hours else timedelta(days=asking.delay)
    touchpoint.shipped_margin = timedelta(days=asking.shipped_margin_days)
    touchpoint.placed_margin = timedelta(days=asking.placed_margin_days)
    touchpoint.rest = timedelta(days=asking.rest_days)
    touchpoint.latest = timedelta(hours=asking.latest_hours)
    for field in SAME:
        setattr(touchpoint, field, getattr(asking, field))
    touchpoint.changed_at = now
    touchpoint.changed_by_id = by.id
    db.session.flush()


# What is stored as it is chosen.
SAME = (
    "trigger",
    "is_on",
    "only_team",
    "every_days",
    "delay_unit",
    "opens",
    "closes",
    "skip_sundays",
    "skip_holidays",
    "spread_hours",
    "share",
    "rank",
    "answer_rest_days",
    "yearly",
    "reminders",
    "remind_after_days",
)


def check(touchpoint: Touchpoint, asking: Asking) -> None:
    """Refuse what cannot be set, everything at once."""
    refusals: list[Refusal] = []
    if not asking.name.strip() or len(asking.name) > LONGEST_NAME:
        words = N_("Give it a name of at most %(most)s characters.")
        refusals.append(Refusal(words, field="name", most=LONGEST_NAME))
    elif name_is_taken(touchpoint.brand_id, asking.name, touchpoint.id):
        refusals.append(NameTaken(field="name"))
    if asking.trigger not in TRIGGERS and asking.trigger not in PROGRAMMES:
        refusals.append(Refusal(N_("Choose the moment that is waited for."), field="trigger"))
    elif touchpoint.id is not None and kind_of(touchpoint.trigger) != kind_of(asking.trigger):
        refusals.append(OtherKind(field="trigger"))
    if asking.delay_unit not in UNITS:
        refusals.append(Refusal(N_("Choose days or hours."), field="delay_unit"))
    for field, (low, high) in LIMITS.items():
        if not low <= getattr(asking, field) <= high:
            refusals.append(OutOfLimits(field=field, low=low, high=high))
    refusals += about_one_order(asking)
    if not refusals and asking.opens >= asking.closes:
        refusals.append(ClosedAllDay(field="closes"))
    if refusals:
        raise refusals[0] if len(refusals) == 1 else SeveralRefusals(refusals)


def about_one_order(asking: Asking) -> Iterator[Refusal]:
    """Yield a refusal for each condition of a programme that looks at one order, itself or by a segment."""
    segments = segments_named_by(asking.conditions) if asking.trigger in PROGRAMMES else {}
    for number, condition in enumerate(asking.conditions if asking.trigger in PROGRAMMES else ()):
        named = {key: segments[key] for key in condition.values if key in segments}
        if fields := all_fields_of([condition], named) & OF_ONE_ORDER:
            words = Words({field: known.label for field, known in FIELDS.items() if field in fields})
            yield AboutOneOrder(field=f"values_{number}", fields=words)


def kind_of(trigger: str) -> str:
    """Return the programme's own name, or one word for all that wait for something to happen to an order."""
    return trigger if trigger in PROGRAMMES else "event"


def asking_of(touchpoint: Touchpoint) -> Asking:
    """Return what is set at the touchpoint; parts of days and hours are left out."""
    is_hours = touchpoint.delay_unit == "hours"
    hours = int(touchpoint.delay.total_seconds() // 3600)
    return Asking(
        name=touchpoint.name,
        survey=touchpoint.survey.key,
        conditions=tuple(from_data(touchpoint.conditions)),
        delay=hours if is_hours else touchpoint.delay.days,
        shipped_margin_days=touchpoint.shipped_margin.days,
        placed_margin_days=touchpoint.placed_margin.days,
        rest_days=touchpoint.rest.days,
        latest_hours=int(touchpoint.latest.total_seconds() // 3600),
        **{field: getattr(touchpoint, field) for field in SAME},
    )


def copy_touchpoint(touchpoint: Touchpoint, name: str, by: StaffMember, now: datetime) -> Touchpoint:
    """Make another one like it, with its list, switched off, under the name or the first free one behind it."""
    free, number = name[:LONGEST_NAME], 2
    while name_is_taken(touchpoint.brand_id, free, None):
        free, number = f"{name[: LONGEST_NAME - 5]} {number}", number + 1
    like_it = replace(asking_of(touchpoint), name=free, is_on=False)
    twin = add_touchpoint(touchpoint.brand, like_it, by, now)
    twin.by_list = touchpoint.by_list  # Else the copy of a send to a few would go to everybody.
    columns = (literal(twin.id), ListedCustomer.customer_id, ListedCustomer.listed_at)
    listed = select(*columns).where(ListedCustomer.touchpoint_id == touchpoint.id)
    names = ["touchpoint_id", "customer_id", "listed_at"]
    db.session.execute(insert(ListedCustomer).from_select(names, listed))
    return twin


def switch(touchpoint: Touchpoint, by: StaffMember, now: datetime, *, on: bool) -> None:
    """Let the touchpoint ask, or ask nobody; what was planned is then refused when it comes due."""
    touchpoint.is_on = on
    touchpoint.changed_at, touchpoint.changed_by_id = now, by.id
    db.session.flush()


def remove_touchpoint(touchpoint: Touchpoint) -> None:
    """Delete a touchpoint that has decided nothing yet; refuses with HasDecided else."""
    locked = select(Touchpoint.id).where(Touchpoint.id == touchpoint.id).with_for_update()
    db.session.execute(locked)
    if has_decided(touchpoint):
        raise HasDecided()
    db.session.delete(touchpoint)
    db.session.flush()
