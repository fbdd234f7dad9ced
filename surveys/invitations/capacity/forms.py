"""The form about what a team can take on."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from surveys.staff.forms import CountField, StaffForm


class CapacityForm(StaffForm):
    """How many new cases a business day the team can answer; empty for no limit."""

    cases_per_day = CountField(_("New tasks in a business day, at most"), [Optional()])
