"""What is filled in to hand tasks over."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from feedback.follow_up.assigning.giving import LONGEST_NOTE
from surveys.staff.forms import StaffForm


class HandOverForm(StaffForm):
    """What colleagues must know who take over."""

    note = TextAreaField(_("Note for whoever takes over"), [InputRequired(), Length(max=LONGEST_NOTE)])
