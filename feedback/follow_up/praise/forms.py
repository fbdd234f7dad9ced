"""What staff fill in to thank somebody."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.staff.forms import StaffForm


class ThankForm(StaffForm):
    """The letter; several stand on one page, so the view gives the fields ids of their own."""

    subject = StringField(_("Subject"), [InputRequired(), Length(max=200)])
    body = TextAreaField(_("Text"), [InputRequired(), Length(max=LONGEST_TEXT)])
