"""Forms of the import pages: the file, and how it is written."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from surveys.staff.forms import StaffForm

KINDS = {
    "purchases": _("Purchases"),
    "customers": _("Customers"),
    "suppressions": _("Addresses not to write to"),
    "responses": _("Answers gathered elsewhere"),
}
DATES = {
    "ymd": _("2026-03-31 (year first)"),
    "dmy": _("31.03.2026 (day first)"),
    "mdy": _("03/31/2026 (month first)"),
}
AMOUNTS = {
    "comma": _("1.234,50 (decimal comma)"),
    "point": _("1,234.50 (decimal point)"),
    "minor": _("123450 (cents, without a mark)"),
}


def choices(words: dict[str, object]) -> list[SelectChoice]:
    """Return codes and their words as choices."""
    return [SelectChoice(code, word) for code, word in words.items()]


class UploadForm(StaffForm):
    """A file, what is in it, and whose it is."""

    kind = SelectField(_("What is in the file"), choices=choices(KINDS))
    brand = SelectField(_("Shop"))
    file = FileField(_("File"))


class SettingsForm(StaffForm):
    """How a file is written; fields that its kind does not need are taken out."""

    dates = SelectField(_("Dates look like"), choices=choices(DATES))
    amounts = SelectField(_("Amounts look like"), choices=choices(AMOUNTS))
    currency = StringField(_("Currency of rows that name none"), [Length(max=3)])
    survey = SelectField(_("Survey of rows that name none"))
