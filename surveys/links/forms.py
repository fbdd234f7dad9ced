"""The form of an open link."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveys.links.editing import CHANNELS, LinkValues
from surveys.links.models import MOST_PER_MINUTE
from surveys.locales import NAMES
from surveys.staff.forms import StaffForm


class LinkForm(StaffForm):
    """What can be changed of a link at any time."""

    name = StringField(_("Name"), [InputRequired(_("Give it a name.")), Length(max=100)])
    channel = SelectField(
        _("Where people find it"), choices=[SelectChoice(code, _(words)) for code, words in CHANNELS.items()]
    )
    locale = SelectField(
        _("Language, where the browser asks for none of ours"),
        choices=[
            SelectChoice("", _("That of the shop")),
            *(SelectChoice(key, name) for key, name in NAMES.items()),
        ],
    )
    origins = TextAreaField(_("Pages that may show it"), [Length(max=4000)])
    attributes = TextAreaField(_("Noted with every answer"), [Length(max=6000)])
    per_minute = IntegerField(
        _("Answers in a minute at most"),
        [InputRequired(_("Choose a whole number from %(low)s to %(high)s.", low=1, high=MOST_PER_MINUTE))],
        default=60,
    )

    def values(self) -> LinkValues:
        """Return what was typed, as the verb wants it."""
        return LinkValues(
            name=self.name.data or "",
            channel=self.channel.data,
            locale=self.locale.data or "",
            attributes=self.attributes.data or "",
            origins=self.origins.data or "",
            per_minute=self.per_minute.data or 0,
        )


class NewLinkForm(LinkForm):
    """A new link: also whose it is and what it asks, which stay."""

    brand = SelectField(_("Shop"))
    survey = SelectField(_("Survey"))
