"""What is filled in about absences and work."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from surveys.locales import CUSTOMER_LANGUAGES, NAMES
from surveys.staff.forms import BoxesField, CountField, StaffForm


class AbsenceForm(StaffForm):
    """From when to when somebody is not there."""

    first_day = DateField(_("First day"), [InputRequired()])
    last_day = DateField(_("Last day"), [InputRequired()])
    time_zone = StringField(_("Time zone"), [InputRequired(), Length(max=60)])


class WorkForm(StaffForm):
    """How much of which work somebody is given."""

    capacity = CountField(_("Capacity in points"), [Optional()])
    languages = BoxesField(
        _("Languages"), choices=[SelectChoice(tag, NAMES[tag]) for tag in CUSTOMER_LANGUAGES]
    )
