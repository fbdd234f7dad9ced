"""What staff fill in about a conversation."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField

from feedback.follow_up.conversation.calling import CHANNELS, RESULTS
from feedback.follow_up.forms import NOT_TOO_LONG, TaskForm


class CallForm(TaskForm):
    """That somebody tried to reach the customer."""

    channel = SelectField(_("How"), id="call-channel", validate_choice=False)
    result = SelectField(_("Result"), id="call-result", validate_choice=False)
    note = TextAreaField(_("What was said"), [NOT_TOO_LONG], id="call-note")

    def offer(self) -> None:
        """Offer ways and results in the reader's language."""
        self.channel.choices = [(code, gettext(word)) for code, word in CHANNELS.items()]
        self.result.choices = [
            ("", _("Choose …")),
            *((code, gettext(word)) for code, word in RESULTS.items()),
        ]
