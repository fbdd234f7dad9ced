"""The forms of privacy: confirm an erasure, note a request."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveys.staff.forms import StaffForm


class EraseForm(StaffForm):
    """Who is to be erased, typed once more."""

    typed = StringField(_("Type it here"), [InputRequired(), Length(max=254)])


class RequestForm(StaffForm):
    """Who wants what."""

    who = StringField(_("E-mail address or customer number"), [InputRequired(), Length(max=200)])
    kind = SelectField(
        _("What they ask for"),
        choices=[
            SelectChoice("disclosure", _("See their data")),
            SelectChoice("erasure", _("Have it erased")),
        ],
    )
    brand = SelectField(_("Shop"))
    note = TextAreaField(_("Note"), [Length(max=1000)])
