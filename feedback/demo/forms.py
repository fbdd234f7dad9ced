"""The form by which a visitor of the demo places a purchase."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from feedback.demo.catalogue import CARRIERS, COUNTRIES


class PurchaseForm(Form):
    """Who buys, and how it arrives; the demo's door has checked where the form came from."""

    email = EmailField(_("E-mail address"), [Optional(), Length(max=254)])
    language = SelectField(
        _("Language"), choices=[SelectChoice("en", "English"), SelectChoice("de", "Deutsch")]
    )
    country = SelectField(_("Country"), choices=[SelectChoice(each.code, each.code) for each in COUNTRIES])
    carrier = SelectField(_("Carrier"), choices=[SelectChoice(each, each) for each in CARRIERS])
    late = BooleanField(_("It came later than promised"))
