"""What people fill in about a view."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from feedback.reports.keeping import LONGEST_NAME
from surveys.staff.forms import StaffForm

MOVES, STAYS = "moves", "stays"


class ViewForm(StaffForm):
    """The name of a view, and who sees it."""

    name = StringField(_("Name"), [InputRequired(), Length(max=LONGEST_NAME)], id="view-name")
    shared = BooleanField(_("The whole team sees this view"), id="view-shared")


class KeepForm(ViewForm):
    """A new view: also whether its days move with time."""

    days = RadioField(
        _("Days"),
        choices=[
            SelectChoice(MOVES, _("always as many days up to today")),
            SelectChoice(STAYS, _("always these days")),
        ],
        default=MOVES,
        id="view-days",
    )
