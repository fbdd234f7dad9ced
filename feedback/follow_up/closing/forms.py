"""What an admin fills in about causes and goodwill."""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from feedback.follow_up.closing.causes import LONGEST
from feedback.follow_up.closing.goodwill import MOST_UNITS
from feedback.follow_up.codes import CAUSES
from surveys.staff.forms import CountField, StaffForm


class WordsForm(StaffForm):
    """Words for a second-level cause."""

    en = StringField(_("In English"), [Length(max=LONGEST)])
    de = StringField(_("In German"), [Length(max=LONGEST)])


class DetailForm(WordsForm):
    """A new second-level cause."""

    cause = SelectField(_("Part of"), validate_choice=False)

    def offer(self) -> None:
        """Offer the first-level causes in the reader's language."""
        language = str(get_locale())
        self.cause.choices = [(code, words.within(language)) for code, words in CAUSES.items()]


class LimitsForm(StaffForm):
    """How much each role may give with one task."""

    agent = CountField(_("An agent may give up to"), [InputRequired(), NumberRange(0, MOST_UNITS)])
    admin = CountField(_("An admin may give up to"), [InputRequired(), NumberRange(0, MOST_UNITS)])
