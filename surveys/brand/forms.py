"""The form of the brand page."""

from flask_babel import lazy_gettext as _
from wtforms import (
    FileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from surveys.brand.corners import NAMES as CORNERS
from surveys.locales import NAMES
from surveys.staff.forms import CountField, HourField, StaffForm

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class LogoForm(StaffForm):
    """The picture above the questions."""

    logo = FileField(_("Picture"), id="logo-file")


class BrandForm(StaffForm):
    """Name, look, sender, business hours, permission."""

    name = StringField(_("Name of the shop"), [InputRequired(), Length(max=100)])
    colour = StringField(_("Colour"), [InputRequired(), Length(max=7)])
    corners = SelectField(_("Corners"), choices=[SelectChoice(key, _(name)) for key, name in CORNERS.items()])
    sender_name = StringField(_("Sender's name"), [Length(max=100)])
    sender_email = StringField(_("Sender's address"), [Length(max=254)])
    reply_to = StringField(_("Answers go to"), [Length(max=254)])
    postal_address = TextAreaField(_("Postal address"), [Length(max=500)])
    privacy_url = StringField(_("Privacy notice"), [Length(max=500)])
    imprint_url = StringField(_("Imprint"), [Length(max=500)])
    locale = SelectField(_("Language"), choices=[SelectChoice(key, name) for key, name in NAMES.items()])
    time_zone = StringField(_("Time zone"), [InputRequired(), Length(max=60)])
    opens = HourField(_("Opens"), [InputRequired()])
    closes = HourField(_("Closes"), [InputRequired()])
    business_days = SelectMultipleField(
        _("Business days"),
        choices=[SelectChoice(str(number), day) for number, day in enumerate(DAYS)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    holidays = TextAreaField(_("Holidays"), [Optional(), Length(max=4000)])
    default_basis = SelectField(
        _("Why customers may be asked, when an order does not say"),
        choices=[
            SelectChoice("none", _("Not known: nobody is mailed")),
            SelectChoice("existing_customer", _("They bought and were told they may object")),
            SelectChoice("opt_in", _("They agreed to be asked")),
        ],
    )
    check_back_after = CountField(_("Check back after days"), [NumberRange(0, 30)])
    check_back_after_replacement = CountField(
        _("Check back after a replacement arrived, days"), [NumberRange(0, 30)]
    )
    thanks_per_day = CountField(_("Thank-yous a day"), [NumberRange(0, 50)])
    active_days = CountField(_("Active: days after the last order"), [InputRequired()])
    lapsed_days = CountField(_("Lapsed: after more days than"), [InputRequired()])
