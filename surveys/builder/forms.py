"""The forms of the builder: names and ends of surveys, texts side by side, and conditions as rows of selects."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from surveys.builder.filters import Thing, language_name
from surveys.questionnaires.conditions import NUMERIC, OPS
from surveys.questionnaires.drafting import LONGEST_NAME
from surveys.questionnaires.texts import Slot
from surveys.staff.forms import HourField, StaffForm

LONGEST_TEXT = 500
WRITTEN_LONG = frozenset({"question", "why", "permission", "hint", "text"})
BETWEEN = ";"
STEP = re.compile(r"[0-9]{1,9}")
MOST_NAMED = 12  # possible answers in one sentence


class NewSurveyForm(StaffForm):
    """A name, and what to begin with."""

    name = StringField(_("Name"), [InputRequired(_("Give it a name.")), Length(max=LONGEST_NAME)])
    start = SelectField(_("Begin with"))
    is_anonymous = BooleanField(_("Anonymous: nobody learns whose an answer is"))


class SurveySettingsForm(StaffForm):
    """A survey's name and when it ends."""

    name = StringField(_("Name"), [InputRequired(_("Give it a name.")), Length(max=LONGEST_NAME)])
    closes_on = DateField(_("Close on"), [Optional()])
    closes_time = HourField(_("At"), [Optional()])
    closes_after = IntegerField(_("Close after so many answers"), [Optional(), NumberRange(min=1)])


class DraftForm(StaffForm):
    """The base of what changes a draft: it remembers which step it was made of."""

    step = HiddenField()

    @property
    def after(self) -> int:
        """The step that this form was made of."""
        return step_in(self.step.data)

    def read_again(self, step: int) -> None:
        """Let the form be sent once more, for the step that is the newest now."""
        self.step.data = str(step)

    def texts(self, slots: Sequence[Slot], tags: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return what was written, by the names of texts and languages."""
        return {
            slot.name: {tag: one_kind_of_lines(self[text_name(slot, tag)].data) for tag in tags}
            for slot in slots
        }


def step_in(text: object) -> int:
    """Return the step of a draft that a form names, 0 for what is none."""
    return int(found) if STEP.fullmatch(found := str(text or "")) else 0


def one_kind_of_lines(text: str | None) -> str:
    """Return a text without space around it and with one kind of line ends."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def text_name(slot: Slot, tag: str) -> str:
    """Return the name of the field of one text in one language."""
    return "_".join(part for part in (slot.field, slot.of, tag) if part)


def text_fields(slots: Sequence[Slot], tags: Sequence[str]) -> dict[str, Any]:
    """Return a field for each text in each language, labelled with the language."""
    found: dict[str, Any] = {}
    for slot in slots:
        kind = TextAreaField if slot.field in WRITTEN_LONG else StringField
        for tag in tags:
            found[text_name(slot, tag)] = kind(
                language_name(tag), [Length(max=LONGEST_TEXT)], default=slot.texts.get(tag, "")
            )
    return found


def condition_fields(prefix: str, rows: int, things: Mapping[str, Thing]) -> dict[str, Any]:
    """Return the fields of some rows of conditions that look at these things."""
    looks = [SelectChoice("", "–"), *(SelectChoice(of, thing.label) for of, thing in things.items())]
    ops = [SelectChoice(op, _(word)) for op, word in OPS.items()]
    found: dict[str, Any] = {}
    for row in range(rows):
        name = f"{prefix}_{row}"
        found[f"{name}_of"] = SelectField(_("Look at"), choices=looks, default="", validate_choice=False)
        found[f"{name}_op"] = SelectField(_("Comparison"), choices=ops, default="one_of")
        found[f"{name}_values"] = StringField(_("Values"), [Length(max=LONGEST_TEXT)], default="")
    return found


def fill_conditions(
    form: StaffForm,
    prefix: str,
    conditions: Sequence[Mapping[str, Any]],
    things: Mapping[str, Thing],
    keys: Sequence[str] = (),
) -> None:
    """Show conditions in the rows; what cannot be looked at is shown too, so that it can be taken out.

    `keys` are those of all questions: one that comes later is not said to be deleted.
    """
    for row, condition in enumerate(conditions):
        of, op, values = condition_row(form, prefix, row)
        if condition["of"] not in things:
            later = gettext("a question that comes later")
            words = later if condition["of"] in keys else gettext("a question that was deleted")
            of.choices = [*of.choices, SelectChoice(condition["of"], words)]
        said = things[condition["of"]].values if condition["of"] in things else {}
        of.data, op.data = condition["of"], condition["op"]
        values.data = f"{BETWEEN} ".join(said.get(value, value) for value in condition["values"])


def condition_row(form: StaffForm, prefix: str, row: int) -> tuple[Any, Any, Any]:
    """Return the three controls of one row."""
    return form[f"{prefix}_{row}_of"], form[f"{prefix}_{row}_op"], form[f"{prefix}_{row}_values"]


def rows_shown(form: StaffForm, prefix: str, rows: int) -> list[tuple[Any, Any, Any]]:
    """Return the rows that are used, and one more to fill."""
    every = [condition_row(form, prefix, row) for row in range(rows)]
    used = [at for at, (of, _op, values) in enumerate(every) if of.data or values.data]
    return every[: max(used, default=-1) + 2]


def read_conditions(
    form: StaffForm, prefix: str, rows: int, things: Mapping[str, Thing]
) -> list[dict[str, Any]]:
    """Return the conditions that were chosen; what makes no sense is said beside its field."""
    found = []
    for row in range(rows):
        of, op, values = condition_row(form, prefix, row)
        text = (values.data or "").strip()
        if not of.data and not text:
            continue
        if not of.data:
            of.errors = [*of.errors, gettext("Choose what the condition looks at.")]
        elif not text:
            values.errors = [*values.errors, gettext("Say with which values to compare.")]
        else:
            said = things[of.data].values if of.data in things else {}
            read = [text] if op.data in NUMERIC else codes_in(text, said)
            unknown = [value for value in read if said and value not in said and op.data not in NUMERIC]
            if unknown:
                words = gettext(
                    "“%(value)s” is not among the answers: %(possible)s.",
                    value=unknown[0],
                    possible=f"{BETWEEN} ".join(list(said.values())[:MOST_NAMED]),
                )
                values.errors = [*values.errors, words]
            found.append({"of": of.data, "op": op.data, "values": read})
    return found


def codes_in(text: str, said: Mapping[str, str]) -> list[str]:
    """Return the values that were typed between semicolons, or between commas where no word has one."""
    codes = {word.casefold(): code for code, word in said.items()}
    found: list[str] = []
    for part in text.split(BETWEEN):
        whole = part.strip()
        parts = [whole] if whole.casefold() in codes else [each.strip() for each in whole.split(",")]
        found += [codes.get(each.casefold(), each) for each in parts if each]
    return list(dict.fromkeys(found))
