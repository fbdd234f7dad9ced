"""The form of one further question: what it asks, how it is answered, when it is asked, and where it leads."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from surveys.builder.filters import Thing, here, language_name
from surveys.builder.forms import (
    DraftForm,
    condition_fields,
    fill_conditions,
    one_kind_of_lines,
    read_conditions,
    text_fields,
)
from surveys.code_book.themes import DETAILS, THEMES, label
from surveys.questionnaires.edits import keyed_choices
from surveys.questionnaires.questions import END, MOST_CHOICES, NUMBER, REASONS, SCALE, WITH_CHOICES
from surveys.questionnaires.texts import Slot, slots_of_question

MOST_CONDITIONS, MOST_JUMPS, MOST_JUMP_CONDITIONS = 3, 3, 2
LONGEST_LIST = 4_000
# Every point of a scale is a choice on a page, so there must be an end of them before anything is drawn.
FURTHEST = {SCALE: 100, NUMBER: 10**12 - 1}


class QuestionForm(DraftForm):
    """What every kind of question has; the rest is added for the question at hand by `form_for`."""

    starts_page = BooleanField(_("Begins a new page"))


class Shape:
    """What the form of one question is made of: its row, its languages, what it may look at, where it may lead.

    `before` is what its own conditions may look at, `after` what its jumps may, which know its
    answer too; `targets` are the later questions by their keys, `keys` those of all questions.
    """

    def __init__(
        self,
        row: Mapping[str, Any],
        tags: Sequence[str],
        before: Mapping[str, Thing],
        after: Mapping[str, Thing],
        targets: Mapping[str, str],
        groups: Mapping[str, str],
        keys: Sequence[str] = (),
    ):
        self.row, self.tags, self.before, self.after = row, tags, before, after
        self.targets, self.groups, self.keys = targets, groups, keys

    @property
    def kind(self) -> str:
        """The kind of the question."""
        return str(self.row["kind"])

    @property
    def slots(self) -> list[Slot]:
        """The texts that have a field of their own; choices are written one on each line."""
        return [slot for slot in slots_of_question(self.row) if slot.field != "choices"]

    @property
    def choices_before(self) -> dict[str, dict[str, str]]:
        """The choices by their keys, each with its words by language."""
        texts = self.row["texts"]
        return {
            key: {tag: texts.get(tag, {}).get("choices", {}).get(key, "") for tag in self.tags}
            for key in self.row.get("choices", ())
        }


def form_for(shape: Shape) -> QuestionForm:
    """Return the form of one question; shown for the first time, it is filled with what the question is now."""
    fields = text_fields(shape.slots, shape.tags) | kind_fields(shape)
    fields |= condition_fields("show", MOST_CONDITIONS, shape.before)
    ends = [SelectChoice("", "–"), *(SelectChoice(key, text) for key, text in shape.targets.items())]
    ends.append(SelectChoice(END, gettext("The end of the survey")))
    for number in range(MOST_JUMPS):
        fields |= condition_fields(f"jump_{number}", MOST_JUMP_CONDITIONS, shape.after)
        fields[f"jump_{number}_to"] = SelectField(
            _("Go on with"), choices=ends, default="", validate_choice=False
        )
    made = type("QuestionFormOfAKind", (QuestionForm,), fields)
    form = cast(QuestionForm, made(data={"starts_page": shape.row.get("starts_page", False)}))
    if not form.is_submitted():
        fill(form, shape)
    return form


def kind_fields(shape: Shape) -> dict[str, Any]:
    """Return the fields that only some kinds of question have."""
    row, found = shape.row, dict[str, Any]()
    if shape.kind in WITH_CHOICES:
        for tag in shape.tags:
            words = "\n".join(said[tag] for said in shape.choices_before.values())
            found[f"choices_{tag}"] = TextAreaField(
                language_name(tag), [Length(max=LONGEST_LIST)], default=words
            )
        found["other"] = BooleanField(
            _("Also “Other”, with a field to write in"), default=row.get("other", False)
        )
    if shape.kind in (SCALE, NUMBER):
        low, high = (
            (_("Lowest"), _("Highest")) if shape.kind == NUMBER else (_("First point"), _("Last point"))
        )
        bounds = [Optional(), NumberRange(-FURTHEST[shape.kind], FURTHEST[shape.kind])]
        found["lowest"] = IntegerField(low, bounds, default=row.get("low"))
        found["highest"] = IntegerField(high, bounds, default=row.get("high"))
    if shape.kind == REASONS:
        book = [SelectChoice(code, label(code, here())) for code in in_the_book()]
        for group, name in shape.groups.items():
            found[reasons_name(group)] = SelectMultipleField(
                name,
                choices=book,
                default=list(row.get("reasons", {}).get(group, ())),
                widget=ListWidget(prefix_label=False),
                option_widget=CheckboxInput(),
            )
    return found


def in_the_book() -> list[str]:
    """Return every code of the code book, details behind their theme."""
    return [
        code
        for theme in THEMES
        for code in (theme, *(each for each in DETAILS if each.startswith(f"{theme}.")))
    ]


def reasons_name(group: str) -> str:
    """Return the name of the field with a group's reasons."""
    return f"reasons_{group or 'all'}"


def fill(form: QuestionForm, shape: Shape) -> None:
    """Show the conditions and jumps that the question has."""
    fill_conditions(form, "show", shape.row.get("show_if", ())[:MOST_CONDITIONS], shape.before, shape.keys)
    for number, jump in enumerate(shape.row.get("jumps", ())[:MOST_JUMPS]):
        fill_conditions(form, f"jump_{number}", jump["when"][:MOST_JUMP_CONDITIONS], shape.after, shape.keys)
        to = form[f"jump_{number}_to"]
        if jump["to"] != END and jump["to"] not in shape.targets:
            to.choices = [*to.choices, SelectChoice(jump["to"], missing_said(jump["to"], shape.keys))]
        to.data = jump["to"]


def missing_said(key: str, keys: Sequence[str]) -> str:
    """Return what is said of a jump's target that is no later question."""
    return gettext("a question that comes earlier") if key in keys else gettext("a question that was deleted")


def row_from(form: QuestionForm, shape: Shape, taken: set[str]) -> dict[str, Any] | None:
    """Return the question as it was written, or None when something has no sense: its field says why.

    `taken` are the keys of choices that mean something already.
    """
    row: dict[str, Any] = {"key": shape.row["key"], "kind": shape.kind, "texts": {}}
    told = form.texts(shape.slots, shape.tags)
    for tag in shape.tags:
        block = {slot.field: told[slot.name][tag] for slot in shape.slots}
        row["texts"][tag] = {name: text for name, text in block.items() if text or name == "question"}
    if shape.kind in WITH_CHOICES:
        read_choices(form, shape, taken, row)
    if shape.kind in (SCALE, NUMBER):
        bounds = {"low": form["lowest"].data, "high": form["highest"].data}
        row |= {name: number for name, number in bounds.items() if number is not None}
    if shape.kind == REASONS:
        chosen = {group: form[reasons_name(group)].data or [] for group in shape.groups}
        row["reasons"] = {group: codes for group, codes in chosen.items() if codes}
    if show_if := read_conditions(form, "show", MOST_CONDITIONS, shape.before):
        row["show_if"] = show_if
    if jumps := read_jumps(form, shape):
        row["jumps"] = jumps
    if form.starts_page.data:
        row["starts_page"] = True
    return None if form.errors else row


def read_choices(form: QuestionForm, shape: Shape, taken: set[str], row: dict[str, Any]) -> None:
    """Put the choices into the row; says beside the field where languages do not fit together."""
    lines = {
        tag: [
            line.strip()
            for line in one_kind_of_lines(form[f"choices_{tag}"].data).split("\n")
            if line.strip()
        ]
        for tag in shape.tags
    }
    most = max(map(len, lines.values()))
    if most > MOST_CHOICES:
        field = form[f"choices_{shape.tags[0]}"]
        field.errors = [*field.errors, gettext("At most %(most)s choices fit.", most=MOST_CHOICES)]
        return
    for tag, said in lines.items():
        if said and len(said) != most:
            words = gettext(
                "Here are %(here)s choices, in another language %(there)s.", here=len(said), there=most
            )
            form[f"choices_{tag}"].errors = [*form[f"choices_{tag}"].errors, words]
            return
    whole = {tag: said or [""] * most for tag, said in lines.items()}
    keyed = keyed_choices(whole, shape.choices_before, taken)
    row["choices"] = list(keyed)
    for tag in shape.tags:
        row["texts"][tag]["choices"] = {key: said[tag] for key, said in keyed.items()}
    if form["other"].data:
        row["other"] = True


def read_jumps(form: QuestionForm, shape: Shape) -> list[dict[str, Any]]:
    """Return the jumps that were chosen; one with conditions but without a target is said beside its field."""
    found = []
    for number in range(MOST_JUMPS):
        when = read_conditions(form, f"jump_{number}", MOST_JUMP_CONDITIONS, shape.after)
        to = form[f"jump_{number}_to"]
        if to.data:
            found.append({"when": when, "to": to.data})
        elif when:
            to.errors = [*to.errors, gettext("Choose where to go on.")]
    return found
