"""The forms about permission."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveys.staff.forms import StaffForm

NOT_A_DAY = _("Write the day as in 2026-11-04.")


class Day(DateField):
    """A day; what is none gets our own sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; raise ValueError, which the form shows beside the field."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NOT_A_DAY) from None


class DeclarationForm(StaffForm):
    """Where the permission of customers comes from, by which way they reach us."""

    source = SelectField(
        _("Customers who come by"),
        choices=[
            SelectChoice("any", _("every way in")),
            SelectChoice("api", _("API")),
            SelectChoice("hook", _("order hook")),
            SelectChoice("import", _("imported file")),
            SelectChoice("shopify", _("Shopify")),
            SelectChoice("woocommerce", _("WooCommerce")),
        ],
    )
    basis = SelectField(
        _("may be asked because"),
        choices=[
            SelectChoice("existing_customer", _("They bought and were told they may object")),
            SelectChoice("opt_in", _("They agreed to be asked")),
        ],
    )
    evidence = TextAreaField(_("What they are shown, word for word"), [InputRequired(), Length(max=4000)])
    since = Day(_("Shown since"), [InputRequired(NOT_A_DAY)])


class StrictForm(StaffForm):
    """The countries in which a basis must be proven."""

    strict_countries = StringField(_("Strict countries"), [Length(max=1000)])


class ConfirmForm(StaffForm):
    """Whether fresh opt-ins are asked for their confirmation by itself."""

    asks_to_confirm = BooleanField(_("Ask for the confirmation by mail, without being told to"))


class SuppressForm(StaffForm):
    """One address, or a file of them, that nobody is to write to."""

    address = StringField(_("E-mail address"), [Length(max=254)])
    file = FileField(_("or a file with one address on each line"))
    brand = SelectField(_("Holds for"), choices=[])


class ReleaseForm(StaffForm):
    """The address of an entry, typed again."""

    address = StringField(_("The whole address"), [InputRequired(), Length(max=254)])
