"""Forms of staff pages; every one of them carries a token against forgery."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    DecimalField,
    EmailField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from surveys.doors import spoken
from surveys.errors import Refusal, SeveralRefusals

LONGEST_NUMBER = 9
NOT_A_TIME = _("Write the time as in 09:30.")


class StaffForm(FlaskForm):
    """The base of every form behind the staff door.

    The door has checked the token before the view runs; the form only writes it into the page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: set[str] = set()  # what the domain has said beside fields

    def hidden_tag(self) -> Markup:
        """Return the hidden fields; without ids, which several forms of one page would have in common."""
        return Markup("").join(field(id=False) for field in self if isinstance(field.widget, HiddenInput))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check the form; that a field could not be read is said only where nothing says what would be right."""
        is_fine = super().validate(*args, **kwargs)
        for field in self:
            if field.process_errors and len(field.errors) > len(field.process_errors):
                field.errors = field.errors[len(field.process_errors) :]
        return is_fine

    def blame(self, refusal: Refusal) -> None:
        """Put a refusal of the domain beside the field it names, else above the form; of several, each.

        The domain knows better what to do than the form, whose general sentences for that field go.
        """
        if isinstance(refusal, SeveralRefusals):
            for each in refusal.refusals:
                self.blame(each)
            return
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(spoken(refusal))
        else:
            told = [each for each in field.errors if each in self._told]
            field.errors = list(dict.fromkeys([*told, spoken(refusal)]))
            self._told.add(spoken(refusal))


class HourField(TimeField):
    """A time of the day; what is none gets our own sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time; raise ValueError, which the form shows beside the field."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NOT_A_TIME) from None


class CountField(IntegerField):
    """A whole number of at most nine digits: a column can keep it, and days can be counted with it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a longer one is none, and told beside the field."""
        super().process_formdata([text if len(text.strip()) <= LONGEST_NUMBER else "" for text in valuelist])


class AmountField(DecimalField):
    """A number with decimals; what is no finite number (NaN, Infinity) is none, and told beside the field."""

    data: Any  # a Decimal, None without

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        super().process_formdata(valuelist)
        if self.data is not None and not self.data.is_finite():
            self.data = None
            raise ValueError(self.gettext("Not a valid decimal value."))


class BoxesField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


ROLE_CHOICES = [
    SelectChoice("agent", _("Agent: works tasks, sees responses and customers")),
    SelectChoice("analyst", _("Analyst: insights and responses, no personal data")),
    SelectChoice("admin", _("Admin: also surveys, settings, keys and staff")),
    SelectChoice("owner", _("Owner: everything, also other owners")),
]


class SignInForm(StaffForm):
    """Address and password."""

    email = EmailField(_("E-mail address"), [InputRequired(), Length(max=254)])
    password = PasswordField(_("Password"), [InputRequired(), Length(max=256)])


class AskForLinkForm(StaffForm):
    """The address a new password link goes to."""

    email = EmailField(_("E-mail address"), [InputRequired(), Length(max=254)])


class NewPasswordForm(StaffForm):
    """A password one has chosen."""

    password = PasswordField(_("New password"), [InputRequired(), Length(max=256)])


class FirstOwnerForm(NewPasswordForm):
    """The first account of an installation."""

    name = StringField(_("Your name"), [InputRequired(), Length(max=200)])
    email = EmailField(_("Your e-mail address"), [InputRequired(), Length(max=254)])


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = PasswordField(_("Old password"), [InputRequired(), Length(max=256)])


class AddStaffForm(StaffForm):
    """A new colleague."""

    name = StringField(_("Name"), [InputRequired(), Length(max=200)])
    email = EmailField(_("E-mail address"), [InputRequired(), Length(max=254)])
    role = SelectField(_("Role"), choices=ROLE_CHOICES, default="agent")


class RoleForm(StaffForm):
    """Another role for somebody."""

    role = SelectField(_("Role"), choices=ROLE_CHOICES)
