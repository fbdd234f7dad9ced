"""What owners and admins fill in to make a rule."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from feedback.analysis.intents.words import INTENT_NAMES
from feedback.analysis.mismatch import MISMATCHES
from feedback.follow_up.deciding.book import Rule
from feedback.follow_up.deciding.weights import SHIPPED
from feedback.follow_up.deciding.words import MOOD_NAMES
from surveys.staff.forms import BoxesField, CountField, StaffForm


class VersionForm(StaffForm):
    """A button that changes the rules; `version` is the one that the page showed."""

    version = CountField(validators=[InputRequired()])


class RuleForm(VersionForm):
    """One rule; only what its kind looks at is shown. `tried` says which content was last tried on past answers."""

    mood = SelectField(_("Whose score"), validate_choice=False)
    at_most = CountField(_("Highest score that counts"), [Optional()])
    intents = BoxesField(_("What the customer wants or threatens"), validate_choice=False)
    flags = BoxesField(_("How score and words disagree"), validate_choice=False)
    brand = SelectField(_("Only this shop"), validate_choice=False)
    survey = SelectField(_("Only this survey"), validate_choice=False)
    segment = SelectField(_("Only customers of this segment"), validate_choice=False)
    tried = HiddenField()

    def offer(
        self,
        brands: Sequence[tuple[str, str]],
        surveys: Sequence[tuple[str, str]],
        segments: Sequence[tuple[str, str]],
    ) -> None:
        """Offer what there is to choose, in the reader's language."""
        self.mood.choices = [(code, _(words)) for code, words in MOOD_NAMES.items()]
        self.intents.choices = [(code, _(words)) for code, words in INTENT_NAMES.items()]
        self.flags.choices = [(code, _(words)) for code, words in MISMATCHES.items()]
        for field, offered in ((self.brand, brands), (self.survey, surveys), (self.segment, segments)):
            field.choices = [("", _("any")), *offered]

    def show(self, rule: Rule, version: int) -> None:
        """Show a rule as it is."""
        self.version.data = version
        self.mood.data, self.at_most.data = rule.mood or "unhappy", rule.at_most
        self.intents.data, self.flags.data = list(rule.intents), list(rule.flags)
        self.brand.data, self.survey.data = rule.brand or "", rule.survey or ""
        self.segment.data = rule.segment or ""

    def rule(self, key: str, kind: str, is_on: bool) -> Rule:
        """Return the rule that the fields describe."""
        return Rule(
            key,
            kind,
            is_on,
            brand=self.brand.data or None,
            survey=self.survey.data or None,
            segment=self.segment.data or None,
            mood=self.mood.data or None,
            at_most=self.at_most.data,
            intents=tuple(self.intents.data or ()),
            flags=tuple(self.flags.data or ()),
        )


class WeightsForm(VersionForm):
    """How much each part of the points counts, and how long an order may stay away."""

    severity = CountField(_("How low the score is"))
    emotion = CountField(_("How strong and how sure the unhappy words are"))
    value = CountField(_("How much the customer spends"))
    intent = CountField(_("What the customer wants or threatens"))
    repetition = CountField(_("Whether it happens again"))
    undelivered_after = CountField(_("Days after which an order should have arrived"))

    @property
    def parts(self) -> dict[str, int | None]:
        """The points of each part; None where no number was given."""
        return {name: self[name].data for name in SHIPPED}
