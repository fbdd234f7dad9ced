"""What people fill in about goals."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from feedback.aiming.models import LONGEST_REASON
from feedback.aiming.targets import UNIT_WORDS
from surveys.staff.forms import AmountField, StaffForm

MOST = 1000
# The parts of the customers that a form can choose, by the names of the filters.
PARTS = ("country", "carrier", "language")


class GoalForm(StaffForm):
    """A new goal. The names of `survey`, `brand` and the dimensions are those of the filters."""

    survey = SelectField(_("Survey"), [InputRequired()])
    brand = SelectField(_("Shop"), [Optional()])
    country = SelectField(_("Country"), [Optional()])
    carrier = SelectField(_("Carrier"), [Optional()])
    language = SelectField(_("Language"), [Optional()])
    amount = AmountField(_("How much"), [InputRequired(), NumberRange(min=-MOST, max=MOST)])
    unit = SelectField(
        _("Meant as"),
        [InputRequired()],
        choices=[SelectChoice(key, _(words)) for key, words in UNIT_WORDS.items()],
    )
    until = DateField(_("Reached by"), [InputRequired()])
    owner = SelectField(_("Who sees to it"), [Optional()])


class ChangeForm(StaffForm):
    """What may change while a goal runs."""

    until = DateField(_("Reached by"), [InputRequired()])
    owner = SelectField(_("Who sees to it"), [Optional()])


class EndForm(StaffForm):
    """Why a goal ends before its day."""

    because = StringField(_("Why it ends"), [InputRequired(), Length(max=LONGEST_REASON)])
