"""The form of a touchpoint."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from surveys.invitations.adjusting import LIMITS, LONGEST_NAME, UNITS, Asking
from surveys.invitations.clocks import TRIGGERS
from surveys.segments.conditions import OF_ONE_ORDER
from surveys.segments.forms import ConditionsForm, choices_of
from surveys.staff.forms import CountField

ABOUT_ORDERS = ("trigger", "delay_unit", "shipped_margin_days", "placed_margin_days")
# What means nothing where no order is waited for, and where one is.
LEFT_OUT = {
    "rolling": (*ABOUT_ORDERS, "spread_hours", "only_team"),
    "once": (*ABOUT_ORDERS, "delay", "every_days", "is_on"),
}


class WholeNumber(CountField):
    """A whole number within the limits of a part of the timing; every other input gets the same sentence."""

    def __init__(self, label: str, limits: str, **options: Any):
        low, high = LIMITS[limits]
        self.said = _("Choose a whole number from %(low)s to %(high)s.", low=low, high=high)
        super().__init__(label, [InputRequired(self.said), NumberRange(low, high, self.said)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raise ValueError, which the form shows beside the field."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.said) from None


class TouchpointForm(ConditionsForm):
    """When a touchpoint asks, whom, and what."""

    is_on = BooleanField(_("Ask at this touchpoint"))
    only_team = BooleanField(_("Test: ask only our own team"))
    name = StringField(_("Name"), [InputRequired(_("Give it a name.")), Length(max=LONGEST_NAME)])
    survey = SelectField(_("Survey"))
    trigger = SelectField(_("After"), choices=choices_of(TRIGGERS))
    every_days = WholeNumber(_("Days between two questions to a customer"), "every_days")
    delay = WholeNumber(_("Delay"), "delay")
    delay_unit = SelectField(_("Counted in"), choices=choices_of(UNITS))
    shipped_margin_days = WholeNumber(_("Days from shipping to delivery"), "shipped_margin_days")
    placed_margin_days = WholeNumber(_("Days from order to delivery"), "placed_margin_days")
    opens = WholeNumber(_("From hour"), "opens")
    closes = WholeNumber(_("Until hour"), "closes")
    skip_sundays = BooleanField(_("Not on Sundays"))
    skip_holidays = BooleanField(_("Not on the shop's holidays"))
    spread_hours = WholeNumber(_("Spread over hours"), "spread_hours")
    share = WholeNumber(_("Orders to ask about, in percent"), "share")
    rank = WholeNumber(_("Precedence"), "rank")
    rest_days = WholeNumber(_("Rest period in days"), "rest_days")
    answer_rest_days = WholeNumber(_("Rest after an answer in days"), "answer_rest_days")
    yearly = WholeNumber(_("Questions a year at most"), "yearly")
    latest_hours = WholeNumber(_("At the latest, hours after it was due"), "latest_hours")
    reminders = WholeNumber(_("Reminders"), "reminders")
    remind_after_days = WholeNumber(_("Days before a reminder"), "remind_after_days")

    def without_strange(self, trigger: str) -> "TouchpointForm":
        """Return the form without the fields that mean nothing to a touchpoint of this trigger."""
        for name in LEFT_OUT.get(trigger, ("every_days",)):
            del self[name]
        if trigger in LEFT_OUT:
            self.leave_out(OF_ONE_ORDER)
            self.share.label.text = _("Customers to ask, in percent")
        if trigger == "rolling":
            self.delay.label.text = _("Days since the first order")
        return self

    def asking(self, names: Mapping[str, str], before: Asking) -> Asking | None:
        """Return what was chosen, only after the form was found valid; None when conditions have no sense.

        What the form does not show stays as `before`.
        """
        conditions = self.read(names)
        if conditions is None:
            return None
        shown = (name for name in Asking.__dataclass_fields__ if name in self)
        given = {name: self[name].data for name in shown}
        return replace(before, conditions=conditions, **given | {"name": given["name"].strip()})


class DryRunForm(Form):
    """How far back the dry run looks; a plain form, because it changes nothing."""

    days = CountField(_("Days back"), [NumberRange(1, 730)])
