"""The form of a touchpoint's own words in one language."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField

from surveys.invitations.own_words.rewriting import Words
from surveys.staff.forms import StaffForm


class WordsForm(StaffForm):
    """Subject, a second subject to compare it with, and the introduction; empty ones leave the words of the house."""

    subject = StringField(_("Subject"))
    second_subject = StringField(_("Second subject, to compare"))
    introduction = TextAreaField(_("Introduction"))

    def words(self) -> Words:
        """Return what was written, without space around it and with one kind of line ends."""
        texts = (self.subject.data, self.second_subject.data, self.introduction.data)
        return Words(*((text or "").replace("\r\n", "\n").replace("\r", "\n").strip() for text in texts))
