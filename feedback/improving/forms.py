"""What people fill in about an improvement."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from feedback.improving.changing import LONGEST_NOTE
from feedback.improving.filters import HOPES
from feedback.improving.models import Improvement
from feedback.improving.telling.letters import LANGUAGES
from feedback.improving.telling.writing import LONGEST_DID, LONGEST_SAID
from feedback.improving.verdicts import Hope
from surveys.staff.forms import AmountField, CountField, StaffForm


class HopeForm(StaffForm):
    """A title, who looks after it, and what should move."""

    title = StringField(_("What is to be changed"), [InputRequired(), Length(max=200)])
    owner = SelectField(_("Who looks after it"), validate_choice=False)
    hope = SelectField(_("What should happen"))
    least = AmountField(
        _("By at least (points)"), [Optional(), NumberRange(min=0.1, max=200)], places=1, use_locale=False
    )
    hypothesis = StringField(_("Why it should help"), [Length(max=500)])

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer who may look after it, and what may be hoped for."""
        self.owner.choices = [("", _("nobody")), *people]
        self.hope.choices = [(code, _(words)) for code, words in HOPES.items()]

    @property
    def hoped(self) -> Hope:
        """What the fields say is hoped for."""
        measure, _colon, direction = (self.hope.data or "").partition(":")
        return Hope(measure, direction, None if self.least.data is None else float(self.least.data))


class NoteForm(StaffForm):
    """What somebody adds to the figures."""

    note = TextAreaField(_("Note"), [Length(max=LONGEST_NOTE)])


class ChangeForm(HopeForm):
    """The same of an improvement that there is, with its days."""

    effect_on = DateField(_("In effect from"), [Optional()])
    check_on = DateField(_("Checked on"), [Optional()])

    def show(self, improvement: Improvement) -> None:
        """Show an improvement as it is."""
        self.title.data, self.hypothesis.data = improvement.title, improvement.hypothesis
        self.owner.data = improvement.owner.public_id if improvement.owner else ""
        self.hope.data = f"{improvement.measure}:{improvement.direction}"
        self.least.data = improvement.least
        self.effect_on.data, self.check_on.data = improvement.effect_on, improvement.check_on


class MoveForm(StaffForm):
    """A move with what it needs."""

    effect_on = DateField(_("In effect from"), [Optional()])
    check_on = DateField(_("Checked on"), [Optional()])
    reason = StringField(_("Why it is declined"), [Length(max=500)])


class TextsForm(StaffForm):
    """What customers are told, in both languages."""

    said_en = StringField(_("What customers said (English)"), [Length(max=LONGEST_SAID)])
    did_en = TextAreaField(_("What was done (English)"), [Length(max=LONGEST_DID)])
    said_de = StringField(_("What customers said (German)"), [Length(max=LONGEST_SAID)])
    did_de = TextAreaField(_("What was done (German)"), [Length(max=LONGEST_DID)])

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """What the fields say, by language."""
        return {each: (self[f"said_{each}"].data or "", self[f"did_{each}"].data or "") for each in LANGUAGES}


class SendForm(StaffForm):
    """The press that sends; `seen` is how many the page said are told."""

    seen = CountField(validators=[InputRequired()])
