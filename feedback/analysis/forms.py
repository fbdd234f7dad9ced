"""The form of a theme's phrases."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import Length

from feedback.analysis.themes.own_phrases import LONGEST, MOST
from surveys.staff.forms import StaffForm

LONGEST_BOX = (LONGEST + 2) * MOST


class PhrasesForm(StaffForm):
    """For each language a box for phrases to add, one on each line, and the shipped ones, to be ticked when they go.

    `tried` says which content was last tried on past comments.
    """

    added_en = TextAreaField(_("Your own phrases, English"), [Length(max=LONGEST_BOX)])
    removed_en = SelectMultipleField(_("Shipped phrases, English"), validate_choice=False)
    added_de = TextAreaField(_("Your own phrases, German"), [Length(max=LONGEST_BOX)])
    removed_de = SelectMultipleField(_("Shipped phrases, German"), validate_choice=False)
    tried = HiddenField()
