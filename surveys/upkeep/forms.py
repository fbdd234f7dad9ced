"""The form about how fast mail leaves."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from surveys.staff.forms import CountField, StaffForm


class PaceForm(StaffForm):
    """How many mails to customers may leave in a minute; empty for no limit."""

    per_minute = CountField(_("Mails to customers in a minute, at most"), [Optional()])
