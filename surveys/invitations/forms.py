"""The form of a touchpoint."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from surveys.invitations.adjusting import LIMITS, Timing
from surveys.staff.forms import StaffForm


def whole_number(label: str, name: str) -> IntegerField:
    """Return a field for a whole number within the limits of `name`."""
    low, high = LIMITS[name]
    said = _("Choose a whole number from %(low)s to %(high)s.", low=low, high=high)
    return IntegerField(label, [InputRequired(said), NumberRange(low, high, said)])


class TouchpointForm(StaffForm):
    """When a touchpoint asks."""

    is_on = BooleanField(_("Ask at this touchpoint"))
    delay_days = whole_number(_("Days after delivery"), "delay_days")
    shipped_margin_days = whole_number(_("Days from shipping to delivery"), "shipped_margin_days")
    placed_margin_days = whole_number(_("Days from order to delivery"), "placed_margin_days")
    opens = whole_number(_("From hour"), "opens")
    closes = whole_number(_("Until hour"), "closes")
    rest_days = whole_number(_("Rest period in days"), "rest_days")
    latest_hours = whole_number(_("At the latest, hours after it was due"), "latest_hours")

    def timing(self) -> Timing:
        """Return what was chosen; only after the form was found valid."""
        return Timing(**{name: self[name].data for name in Timing.__dataclass_fields__})
