"""What staff fill in on the inbox: a name for a filter, and a deed on many tasks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from feedback.follow_up.codes import CLOSING_OUTCOMES
from feedback.follow_up.forms import choices_of
from feedback.follow_up.inbox.saving import LONGEST_NAME
from surveys.staff.forms import StaffForm
from surveys.staff.models import StaffMember

LONGEST_REASON = 400


class SaveForm(StaffForm):
    """The name of a queue of one's own."""

    name = StringField(_("Name"), [InputRequired(), Length(max=LONGEST_NAME)], id="filter-name")
    shared = BooleanField(_("The whole team sees it"), id="filter-shared")


class BulkForm(StaffForm):
    """What is done with many tasks; which deed it is says the button."""

    assignee = SelectField(_("Give them to"), id="bulk-assignee", validate_choice=False)
    snoozed_until = DateField(_("Until"), [Optional()], id="bulk-until")
    reason = StringField(_("Why they can wait"), [Length(max=LONGEST_REASON)], id="bulk-reason")
    outcome = SelectField(_("Why nothing more is done"), id="bulk-outcome", validate_choice=False)

    def offer(self, people: Sequence[StaffMember], me: StaffMember) -> None:
        """Offer colleagues and outcomes in the reader's language."""
        others = [(each.public_id, each.name) for each in people if each is not me]
        self.assignee.choices = [(me.public_id, me.name), *others, ("", _("Nobody"))]
        self.outcome.choices = choices_of(CLOSING_OUTCOMES)

    def ask_between(self, now: datetime) -> None:
        """Offer the days from tomorrow on; each task refuses what is too late for its shop."""
        self.snoozed_until.render_kw = {"min": (now + timedelta(days=1)).date().isoformat()}
