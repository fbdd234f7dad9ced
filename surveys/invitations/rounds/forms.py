"""The forms of a one-time send: its list, and its start."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Optional

from surveys.invitations.cadence import first_instant
from surveys.invitations.forms import WholeNumber
from surveys.permission.forms import Day
from surveys.staff.forms import StaffForm


class ListForm(StaffForm):
    """Customers, one on each line."""

    text = TextAreaField(_("Addresses or customer numbers"))


class StartForm(StaffForm):
    """When a send leaves, and that somebody means it."""

    day = Day(_("Day"), [Optional()])
    hour = WholeNumber(_("From hour"), "opens", default=9)
    sure = BooleanField(_("Yes, write to these customers"), [InputRequired(_("Tick this to start."))])

    def starts_at(self, zone: ZoneInfo, now: datetime) -> datetime:
        """Return the moment that was chosen, in the shop's time zone; now without a day."""
        if self.day.data is None:
            return now
        return first_instant(datetime.combine(self.day.data, time(self.hour.data)), zone).astimezone(UTC)
