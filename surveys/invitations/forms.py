"""The form of a touchpoint."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from surveys.invitations.adjusting import LIMITS, Timing
from surveys.staff.forms import StaffForm


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


class TouchpointForm(StaffForm):
    """When a touchpoint asks."""

    is_on = BooleanField(_("Ask at this touchpoint"))
    delay_days = WholeNumber(_("Days after delivery"), "delay_days")
    shipped_margin_days = WholeNumber(_("Days from shipping to delivery"), "shipped_margin_days")
    placed_margin_days = WholeNumber(_("Days from order to delivery"), "placed_margin_days")
    opens = WholeNumber(_("From hour"), "opens")
    closes = WholeNumber(_("Until hour"), "closes")
    rest_days = WholeNumber(_("Rest period in days"), "rest_days")
    latest_hours = WholeNumber(_("At the latest, hours after it was due"), "latest_hours")

    def timing(self) -> Timing:
        """Return what was chosen; only after the form was found valid."""
        return Timing(**{name: self[name].data for name in Timing.__dataclass_fields__})
