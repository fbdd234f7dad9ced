"""What owners fill in about their team's chat."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from surveys.channels.web_hook import LONGEST_URL
from surveys.staff.forms import StaffForm


class ChatForm(StaffForm):
    """Where a team chats and what it is told there; an empty address keeps the one there is."""

    url = StringField(_("Address of the incoming webhook"), [Length(max=LONGEST_URL)])
    least = SelectField(
        _("Which tasks"),
        choices=[
            SelectChoice("P0", _("P0 only")),
            SelectChoice("P1", _("P1 and more urgent")),
            SelectChoice("P2", _("P2 and more urgent")),
            SelectChoice("P3", _("P3 and more urgent")),
            SelectChoice("P4", _("all")),
        ],
        default="P1",
        validate_choice=False,
    )
    is_on = BooleanField(_("Tell the team in its chat"))
