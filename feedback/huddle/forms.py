"""What people fill in on the page of the huddle."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from feedback.huddle.noting import LONGEST
from surveys.staff.forms import HourField, StaffForm


class DecisionForm(StaffForm):
    """What was decided."""

    text = StringField(_("What was decided"), [InputRequired(), Length(max=LONGEST)])


class MailForm(StaffForm):
    """When the page comes by mail; empty for never."""

    at = HourField(_("Mail me this page on business days at"), [Optional()])
