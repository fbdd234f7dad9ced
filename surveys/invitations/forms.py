"""The form of a touchpoint."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from surveys.invitations.adjusting import LIMITS, LONGEST_NAME, UNITS, Asking
from surveys.invitations.clocks import TRIGGERS
from surveys.segments.forms import ConditionsForm, choices_of


class WholeNumber(IntegerField):
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

    def asking(self, names: Mapping[str, str]) -> Asking | None:
        """Return what was chosen, only after the form was found valid; None when conditions have no sense."""
        conditions = self.read(names)
        if conditions is None:
            return None
        given = {name: self[name].data for name in Asking.__dataclass_fields__ if name != "conditions"}
        return Asking(conditions=conditions, **given | {"name": given["name"].strip()})


class DryRunForm(Form):
    """How far back the dry run looks; a plain form, because it changes nothing."""

    days = IntegerField(_("Days back"), [NumberRange(1, 730)])
