"""What people fill in to watch a series, to mark an event, and to say what an alert was."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from feedback.insights.selection import FIRST_YEAR, LAST_YEAR
from feedback.insights.watching.filters import KINDS, METRICS
from feedback.insights.watching.keeping import LONGEST_NOTE
from feedback.insights.watching.marking import LONGEST
from surveys.staff.forms import StaffForm


class WatchForm(StaffForm):
    """Which figure of which answers; every part left open means all."""

    metric = SelectField(
        _("Figure"),
        choices=[SelectChoice(name, _(METRICS[name])) for name in ("score", "unhappy")],
        default="score",
        validate_choice=False,
    )
    survey = SelectField(_("Survey"), validate_choice=False)
    brand = SelectField(_("Shop"), validate_choice=False)
    country = SelectField(_("Country"), validate_choice=False)
    carrier = SelectField(_("Carrier"), validate_choice=False)
    language = SelectField(_("Language"), validate_choice=False)


class EventForm(StaffForm):
    """What happens on which day."""

    day = DateField(_("Day"), [InputRequired()])
    text = StringField(_("What happens"), [InputRequired(), Length(max=LONGEST)])
    kind = SelectField(
        _("Kind"),
        choices=[SelectChoice(name, _(said)) for name, said in KINDS.items()],
        default="other",
        validate_choice=False,
    )
    brand = SelectField(_("Shop"), validate_choice=False)


class SettleForm(StaffForm):
    """What an alert was."""

    verdict = RadioField(
        _("What was it?"),
        choices=[
            SelectChoice("incident", _("An incident that passes: leave these days out of the usual level")),
            SelectChoice("accepted", _("The new level: judge from here on by it")),
            SelectChoice("nothing", _("Nothing to act on")),
        ],
        validate_choice=False,
    )
    note = StringField(_("In a few words"), [Optional(), Length(max=LONGEST_NOTE)])


class LevelForm(StaffForm):
    """From which day on the level is taken anew, and why."""

    since = DateField(_("From"), [InputRequired()])
    note = StringField(_("Why, in a few words"), [InputRequired(), Length(max=LONGEST_NOTE)])

    def validate_since(self, field: DateField) -> None:
        """Refuse a day at the ends of the calendar, where midnight of a zone lies beyond it."""
        if field.data is not None and not FIRST_YEAR < field.data.year < LAST_YEAR:
            raise ValidationError(_("Choose a day nearer to today."))
