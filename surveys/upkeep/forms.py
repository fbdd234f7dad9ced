"""The form about how fast mail leaves."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import Optional

from surveys.staff.forms import StaffForm


class PaceForm(StaffForm):
    """How many mails to customers may leave in a minute; empty for no limit."""

    per_minute = IntegerField(_("Mails to customers in a minute, at most"), [Optional()])
