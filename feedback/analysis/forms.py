"""The form of a theme's phrases."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from feedback.analysis.themes.own_phrases import LONGEST, MOST
from surveys.staff.forms import StaffForm

LONGEST_BOX = (LONGEST + 2) * MOST


class PhrasesForm(StaffForm):
    """A box for phrases to add and one for shipped ones to take away, for each language; a phrase on each line.

    `tried` says which content was last tried on past comments.
    """

    added_en = TextAreaField(_("Your own phrases, English"), [Length(max=LONGEST_BOX)])
    removed_en = TextAreaField(_("Shipped phrases taken away, English"), [Length(max=LONGEST_BOX)])
    added_de = TextAreaField(_("Your own phrases, German"), [Length(max=LONGEST_BOX)])
    removed_de = TextAreaField(_("Shipped phrases taken away, German"), [Length(max=LONGEST_BOX)])
    tried = HiddenField()
