"""The forms that connect a shop and change its secret."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveys.shops.connecting import KINDS
from surveys.staff.forms import StaffForm


class ConnectForm(StaffForm):
    """Which shop is connected, and for which brand."""

    brand = SelectField(_("Brand"))
    kind = SelectField(_("Shop system"), choices=[SelectChoice(*item) for item in KINDS.items()])
    address = StringField(_("Address of the shop"), [InputRequired(), Length(max=200)])
    secret = StringField(_("Secret"), [Length(max=200)])
    prefix = StringField(_("Before order numbers"), [Length(max=20)])


class SecretForm(StaffForm):
    """A new secret; left empty, WooCommerce gets one of ours."""

    secret = StringField(_("New secret"), [Length(max=200)])
