"""The form that issues a key."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from surveys.staff.forms import StaffForm


class IssueKeyForm(StaffForm):
    """A name for a new key."""

    name = StringField(_("Which system will use it?"), [InputRequired(), Length(max=200)])
