"""What staff fill in to work a task."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, RESOLUTIONS
from feedback.follow_up.deciding.priorities import Priority
from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.code_book.themes import Label
from surveys.staff.forms import StaffForm
from surveys.staff.models import StaffMember

LEVELS = [SelectChoice(level.value, level.value) for level in Priority]
NOT_TOO_LONG = Length(max=LONGEST_TEXT)


def choices_of(codes: Mapping[str, Label]) -> list[tuple[str, object]]:
    """Return the choices of a code list in the reader's language, with an empty one first."""
    language = str(get_locale())
    return [("", _("Choose …")), *((code, label.within(language)) for code, label in codes.items())]


class TaskForm(StaffForm):
    """The base: the last change of the task that the page showed.

    Several of these stand on one page, so every field names its own id.
    """

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class TakeForm(TaskForm):
    """Nothing but the button."""


class AssignForm(TaskForm):
    """Who owns it from now on."""

    assignee = SelectField(_("Give it to"), id="assign-assignee", validate_choice=False)

    def offer(self, people: Sequence[StaffMember], owner: StaffMember | None) -> None:
        """Offer everybody who may work tasks, and nobody."""
        self.assignee.choices = [("", _("Nobody")), *((each.public_id, each.name) for each in people)]
        if not self.is_submitted() or self.assignee.data is None:
            self.assignee.data = owner.public_id if owner else ""


class NoteForm(TaskForm):
    """Something colleagues should know."""

    note = TextAreaField(_("Note"), [InputRequired(), NOT_TOO_LONG], id="note-note")
    contacted = BooleanField(_("I reached the customer, for example by telephone"), id="note-contacted")


class WaitForm(TaskForm):
    """Until when to wait for the customer."""

    waiting_until = DateField(_("Until"), [InputRequired()], id="wait-until")
    text = TextAreaField(_("What was asked"), [NOT_TOO_LONG], id="wait-text")

    def ask_between(self, first: date, last: date) -> None:
        """Offer the days between the two."""
        self.waiting_until.render_kw = {"min": first.isoformat(), "max": last.isoformat()}


class WaitInternalForm(TaskForm):
    """For whom in the house we wait."""

    text = TextAreaField(_("Who has to do what"), [InputRequired(), NOT_TOO_LONG], id="colleague-text")


class ResolveForm(TaskForm):
    """What was done, and what the cause was."""

    resolution = SelectField(_("What was done"), id="resolve-resolution", validate_choice=False)
    cause = SelectField(_("What the cause was"), id="resolve-cause", validate_choice=False)
    text = TextAreaField(_("Note"), [NOT_TOO_LONG], id="resolve-text")

    def offer(self) -> None:
        """Offer the codes in the reader's language."""
        self.resolution.choices = choices_of(RESOLUTIONS)
        self.cause.choices = choices_of(CAUSES)


class PriorityForm(TaskForm):
    """How urgent it is, as a person sees it, and why."""

    priority = SelectField(_("How urgent"), id="priority-priority", choices=LEVELS)
    priority_reason = TextAreaField(_("Why"), [InputRequired(), NOT_TOO_LONG], id="priority-reason")


class CloseForm(TaskForm):
    """Why nothing more is done."""

    outcome = SelectField(_("Why"), id="close-outcome", validate_choice=False)
    text = TextAreaField(_("Note"), [NOT_TOO_LONG], id="close-text")

    def offer(self) -> None:
        """Offer the outcomes in the reader's language."""
        self.outcome.choices = choices_of(CLOSING_OUTCOMES)


class ReopenForm(TaskForm):
    """Why it is taken up again."""

    text = TextAreaField(_("Why"), [NOT_TOO_LONG], id="reopen-text")


class ReplyForm(TaskForm):
    """A mail to the customer."""

    subject = StringField(_("Subject"), [InputRequired(), Length(max=200)], id="reply-subject")
    body = TextAreaField(_("Text"), [InputRequired(), NOT_TOO_LONG], id="reply-body")
