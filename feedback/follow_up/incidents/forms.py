"""What is written to everybody of an incident."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from feedback.follow_up.incidents.letter.texts import DRAFTS, LANGUAGES
from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.locales import NAMES
from surveys.staff.forms import CountField, StaffForm

NOTHING: Mapping[str, str] = MappingProxyType({})


class LetterForm(StaffForm):
    """A text in each language of the customers (`text_en` …).

    `letters` is how many letters there were when the page was shown, `tried` names what was previewed, `without` are the
    tasks whose customers are left out.
    """

    letters = CountField(_("Letters so far"), [InputRequired()])
    tried = HiddenField()
    without = SelectMultipleField(_("Gets no letter"), validate_choice=False)

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {code: self[f"text_{code}"].data or "" for code in LANGUAGES if f"text_{code}" in self}

    def offer(self, languages: Collection[str], begun: Mapping[str, str] = NOTHING) -> None:
        """Ask for these languages alone, in their order; begin each with what was `begun` in it, else with the draft."""
        for code in LANGUAGES:
            if code not in languages:
                del self[f"text_{code}"]
        for code in languages:
            name = f"text_{code}"
            # Errors are listed in the order of the fields, which is to be that in which the page asks.
            self._fields[name] = self._fields.pop(name)
            if not self.is_submitted():
                self[name].data = begun.get(code) or DRAFTS[code]


for _code in LANGUAGES:
    setattr(LetterForm, f"text_{_code}", TextAreaField(NAMES[_code], [Length(max=LONGEST_TEXT)]))
