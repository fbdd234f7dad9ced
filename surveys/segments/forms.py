"""The form of conditions, and that of a segment."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveys.doors import spoken
from surveys.errors import N_, Refusal
from surveys.questionnaires.conditions import OPS
from surveys.segments.conditions import FIELDS, MOST_CONDITIONS, BadCondition, Condition, checked
from surveys.segments.editing import LONGEST_NAME
from surveys.staff.forms import StaffForm

ROWS = range(MOST_CONDITIONS)


def choices_of(words: Mapping[str, str], first: str | None = None) -> list[SelectChoice]:
    """Return codes with their translated words to choose from, `first` an empty one with its word."""
    none = [] if first is None else [SelectChoice("", first)]
    return none + [SelectChoice(code, _(word)) for code, word in words.items()]


def said_of(choices: Mapping[str, str], value: str) -> str:
    """Return a code in the reader's words, anything else as it is."""
    return gettext(choices[value]) if value in choices else value


def in_codes(field: str, text: str) -> str:
    """Return what was typed with the reader's own words for choices as codes; the rest is left to be checked."""
    choices = FIELDS[field].choices if field in FIELDS else {}
    if not choices:
        return text
    codes = {gettext(word).casefold(): code for code, word in choices.items()}
    return ",".join(codes.get(part.strip().casefold(), part) for part in text.split(","))


class ConditionsForm(StaffForm):
    """Up to MOST_CONDITIONS rows of field, comparison and values; a row without a field counts for nothing.

    Segments are typed and shown by name; `names` maps their public ids to them.
    """

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield the controls of each row."""
        for row in ROWS:
            yield self[f"field_{row}"], self[f"op_{row}"], self[f"values_{row}"]

    def leave_out(self, fields: Collection[str]) -> None:
        """Offer everything but these fields to look at."""
        words = {key: word for key, word in FIELD_WORDS.items() if key not in fields}
        for field, _op, _values in self.rows():
            field.choices = choices_of(words, "–")

    def words_to_choose(self) -> list[tuple[str, list[str]]]:
        """Return what conditions with a fixed choice look at, each with the words there are for it."""
        return [
            (gettext(known.label), [gettext(word) for word in known.choices.values()])
            for known in FIELDS.values()
            if known.choices
        ]

    def labels(self) -> dict[str, str]:
        """Return the names of what conditions look at."""
        return {key: gettext(known.label) for key, known in FIELDS.items()}

    def examples(self) -> dict[str, str]:
        """Return a sentence for each field whose values are typed, which says how."""
        return {key: gettext(known.example) for key, known in FIELDS.items() if known.example}

    def shown(self) -> list[tuple[Any, Any, Any]]:
        """Return the rows that are used, and one more to fill."""
        rows = list(self.rows())
        used = [at for at, (field, _op, values) in enumerate(rows) if field.data or values.data]
        return rows[: min(max(used, default=-1) + 2, len(rows))]

    def fill(self, conditions: Sequence[Condition], names: Mapping[str, str]) -> None:
        """Show conditions that are stored."""
        for condition, (field, op, values) in zip(conditions, self.rows(), strict=False):
            field.data, op.data = condition.field, condition.op
            choices = FIELDS[condition.field].choices
            shown = [said_of(choices, names.get(value, value)) for value in condition.values]
            start = f"{condition.name} = " if condition.name is not None else ""
            values.data = start + ", ".join(shown)

    def read(self, names: Mapping[str, str]) -> tuple[Condition, ...] | None:
        """Return the conditions that were typed, or None when some have no sense: their fields say why."""
        found, is_fine = [], True
        for field, op, values in self.rows():
            if not field.data and not (values.data or "").strip():
                continue
            try:
                text = in_codes(field.data or "", values.data or "")
                found.append(self.by_id(checked(field.data or "", op.data or "", text), names))
            except Refusal as refusal:
                values.errors = [*values.errors, spoken(refusal)]
                is_fine = False
        return tuple(found) if is_fine else None

    @staticmethod
    def by_id(condition: Condition, names: Mapping[str, str]) -> Condition:
        """Return the condition with segments named by their ids; refuses unknown names."""
        if condition.field != "segment":
            return condition
        ids = {name.casefold(): key for key, name in names.items()}
        unknown = [name for name in condition.values if name.casefold() not in ids]
        if unknown:
            words = N_("There is no segment “%(name)s”; there are: %(names)s.")
            raise BadCondition(words, name=unknown[0][:60], names=", ".join(names.values()) or "–")
        return Condition("segment", condition.op, tuple(ids[name.casefold()] for name in condition.values))


FIELD_WORDS = {key: known.label for key, known in FIELDS.items()}
for row in ROWS:
    setattr(
        ConditionsForm,
        f"field_{row}",
        SelectField(_("Look at"), choices=choices_of(FIELD_WORDS, "–"), default="", validate_choice=False),
    )
    setattr(
        ConditionsForm,
        f"op_{row}",
        SelectField(_("Comparison"), choices=choices_of(OPS), default="one_of", validate_choice=False),
    )
    setattr(ConditionsForm, f"values_{row}", StringField(_("Values"), [Length(max=4000)]))


class SegmentForm(ConditionsForm):
    """A name and the conditions of a segment."""

    name = StringField(_("Name"), [InputRequired(_("Give it a name.")), Length(max=LONGEST_NAME)])

    def without_segments(self) -> "SegmentForm":
        """Return the form; a segment is not made of segments."""
        self.leave_out({"segment"})
        return self
