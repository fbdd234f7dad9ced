"""What staff fill in to work a task."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from feedback.follow_up.closing.goodwill import Money, read_amount
from feedback.follow_up.closing.suggesting import Suggestion
from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, RESOLUTIONS
from feedback.follow_up.deciding.priorities import Priority
from feedback.follow_up.models import TaskPromise
from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.code_book.themes import DETAILS, THEMES, Label, label
from surveys.staff.forms import StaffForm
from surveys.staff.models import StaffMember

LEVELS = [SelectChoice(level.value, level.value) for level in Priority]
NOT_TOO_LONG = Length(max=LONGEST_TEXT)


def choices_of(codes: Mapping[str, Label]) -> list[tuple[str, object]]:
    """Return the choices of a code list in the reader's language, with an empty one first."""
    language = str(get_locale())
    return [("", _("Choose …")), *((code, label.within(language)) for code, label in codes.items())]


def causes_of(cause: str, details: Mapping[str, Label], language: str) -> list[tuple[str, str]]:
    """Return the choices of one cause: itself, then the finer ones it offers."""
    words = CAUSES[cause].within(language)
    return [(cause, words), *((key, f"{words}: {each.within(language)}") for key, each in details.items())]


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

    names_owner = False

    def offer(
        self, people: Sequence[StaffMember], owner: StaffMember | None, named: Collection[int] = ()
    ) -> None:
        """Offer everybody who may work tasks, and nobody; `named` are the ids of those whom the comment names."""
        self.names_owner = owner is not None and owner.id in named
        marked = [
            (
                each.public_id,
                _("%(name)s (named in the comment)", name=each.name) if each.id in named else each.name,
            )
            for each in people
        ]
        self.assignee.choices = [("", _("Nobody")), *marked]
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
    """For whom in the house we wait, and until when."""

    note = TextAreaField(_("Who has to do what"), [InputRequired(), NOT_TOO_LONG], id="colleague-note")
    waiting_until = DateField(_("Until"), [InputRequired()], id="colleague-until")

    def ask_between(self, first: date, last: date, likely: date) -> None:
        """Offer the days between the two, and preselect the likely one unless somebody has chosen."""
        self.waiting_until.render_kw = {"min": first.isoformat(), "max": last.isoformat()}
        if self.waiting_until.raw_data is None:
            self.waiting_until.data = min(likely, last)


class ResolveForm(TaskForm):
    """What was done, and what the cause was."""

    resolution = SelectField(_("What was done"), id="resolve-resolution", validate_choice=False)
    cause = SelectField(_("What the cause was"), id="resolve-cause", validate_choice=False)
    reason = SelectField(_("What it was about"), id="resolve-reason", validate_choice=False)
    goodwill = StringField(_("Goodwill"), [Length(max=20)], id="resolve-goodwill")
    note = TextAreaField(_("Note"), [NOT_TOO_LONG], id="resolve-note")

    def offer(self, details: Mapping[str, Mapping[str, Label]]) -> None:
        """Offer the codes in the reader's language; `details` are the finer causes of each cause."""
        language = str(get_locale())
        self.resolution.choices = choices_of(RESOLUTIONS)
        self.cause.choices = {
            "": [("", _("Choose …"))],
            **{
                words.within(language): causes_of(cause, details.get(cause, {}), language)
                for cause, words in CAUSES.items()
            },
        }
        themes = [(code, label(code, language)) for code in (*THEMES, *DETAILS)]
        self.reason.choices = [("", _("Nothing named")), *sorted(themes, key=lambda each: each[1])]

    def begin(self, suggestion: Suggestion, reason: str | None) -> None:
        """Preselect what is likely, unless somebody has chosen already."""
        if self.resolution.data is None:
            self.resolution.data = suggestion.resolution or ""
            self.cause.data = suggestion.detail or suggestion.cause or ""
            self.reason.data = reason or ""

    @property
    def causes(self) -> tuple[str, str | None]:
        """The cause that was chosen, and the finer one or None."""
        chosen = self.cause.data or ""
        return chosen.partition(".")[0], chosen if "." in chosen else None

    def money(self, currency: str) -> Money | None:
        """Return what was written as goodwill; None when nothing was. Refuses with NoAmount."""
        written = (self.goodwill.data or "").strip()
        return read_amount(written, currency, str(get_locale())) if written else None


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


class SnoozeForm(TaskForm):
    """Until when it is out of sight; left empty, until the customer does something."""

    snoozed_until = DateField(_("Until"), [Optional()], id="snooze-until")
    reason = StringField(_("Why it can wait"), [InputRequired(), Length(max=400)], id="snooze-reason")

    def ask_between(self, first: date, last: date) -> None:
        """Offer the days between the two."""
        self.snoozed_until.render_kw = {"min": first.isoformat(), "max": last.isoformat()}


class PromiseForm(TaskForm):
    """What the customer was promised, and by which day."""

    what = StringField(_("What was promised"), [InputRequired(), Length(max=200)], id="promise-what")
    until = DateField(_("By the end of"), [InputRequired()], id="promise-until")

    def ask_from(self, first: date) -> None:
        """Offer no day before the first."""
        self.until.render_kw = {"min": first.isoformat()}


class KeptForm(TaskForm):
    """Which promise was kept."""

    promise = StringField(widget=HiddenInput())


class WithdrawForm(TaskForm):
    """Which promise is taken back, and why."""

    promise = SelectField(_("Promise"), id="withdraw-promise", validate_choice=False)
    reason = StringField(_("Why"), [InputRequired(), Length(max=400)], id="withdraw-reason")

    def offer(self, promises: Sequence[TaskPromise]) -> None:
        """Offer the promises that are neither kept nor taken back."""
        self.promise.choices = [(each.public_id, each.what) for each in promises]


class MergeForm(TaskForm):
    """Which other task of the customer this one is a duplicate of."""

    into = SelectField(_("The other task"), id="merge-into", validate_choice=False)


class SplitForm(TaskForm):
    """Which later answer becomes a task of its own."""

    answer = StringField(widget=HiddenInput())


class ReopenForm(TaskForm):
    """Why it is taken up again."""

    text = TextAreaField(_("Why"), [NOT_TOO_LONG], id="reopen-text")


class ReplyForm(TaskForm):
    """A mail to the customer."""

    subject = StringField(_("Subject"), [InputRequired(), Length(max=200)], id="reply-subject")
    body = TextAreaField(_("Text"), [InputRequired(), NOT_TOO_LONG], id="reply-body")
