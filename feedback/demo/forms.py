"""The form by which a visitor of the demo places a purchase."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from feedback.demo.catalogue import COUNTRIES


class PurchaseForm(Form):
    """Who buys, and how it arrives; the demo's door has checked where the form came from."""

    email = EmailField(_("E-mail address"), [Optional(), Length(max=254)])
    language = SelectField(
        _("Language"), choices=[SelectChoice("en", "English"), SelectChoice("de", "Deutsch")]
    )
    # Only carriers of the country: a single answer about another would be hidden in Insights, and to hide it the
    # country's other carriers as well, the one that the demo tells of among them.
    delivery = SelectField(
        _("Country and carrier"),
        choices=[
            SelectChoice(f"{country.code}:{carrier}", carrier)
            for country in COUNTRIES
            for carrier, _share in country.carriers
        ],
    )
    late = BooleanField(_("It came later than promised"))
