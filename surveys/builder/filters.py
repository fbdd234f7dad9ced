"""How the builder says things: languages, kinds, what a condition may look at, and conditions as sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import Flask
from flask_babel import get_locale, gettext

from surveys.builder.words import KIND_NAMES
from surveys.code_book.themes import DETAILS, label
from surveys.errors import N_
from surveys.filters import give_names
from surveys.questionnaires.conditions import NONE_OF, OF_THE_PURCHASE, ONE_OF, OPS, from_data
from surveys.questionnaires.definition import KEY, THANKS, languages, words_of_question
from surveys.questionnaires.groups import GROUPS
from surveys.questionnaires.placeholders import PLACES
from surveys.questionnaires.questions import CONSENT, KINDS, OTHER, REASONS, YES_NO, Question, question_from
from surveys.questionnaires.soundness import Flaw
from surveys.questionnaires.starters import NAMES
from surveys.questionnaires.texts import LABELS, Slot
from surveys.questionnaires.wording_check import Hint
from surveys.scales import SCALES
from surveys.segments.conditions import FIELDS

LONGEST_SHOWN = 60
OPS_OF_ONE = {ONE_OF: N_("is"), NONE_OF: N_("is not")}  # "is one of" a single value reads badly


class Thing(NamedTuple):
    """Something a condition may look at: its name, and its values with their words; none when there is no end of them.

    `example` is a sentence that says how a value is written.
    """

    label: str
    values: Mapping[str, str]
    example: str = ""


class ThemeOffered(NamedTuple):
    """One theme of the code book with its boxes, each with the part of its name that the theme does not say."""

    name: str
    boxes: list[tuple[Any, str]]
    chosen: int


def here() -> str:
    """Return the reader's language."""
    return str(get_locale()).partition("_")[0]


def language_name(tag: str) -> str:
    """Return a language's name in the reader's own."""
    return str(get_locale().languages.get(tag, tag))


def kind_name(kind: str) -> str:
    """Return what a survey measures, in words."""
    return str(gettext(KIND_NAMES[kind])) if kind in KIND_NAMES else kind


def cut(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"


def text_in(row: Mapping[str, Any]) -> str:
    """Return a further question in the reader's language, or what stands for it while it has no words."""
    return words_of_question(question_from(row), here()).question or gettext("Without words yet")


def values_of(question: Question) -> dict[str, str]:
    """Return every answer that can be counted, with its words."""
    if question.kind == REASONS:
        return {code: label(code, here()) for code in question.options}
    if question.kind in (YES_NO, CONSENT):
        words = {"yes": gettext("Yes"), "no": gettext("No")}
        return {option: words[option] for option in question.options}
    choices = words_of_question(question, here()).choices
    return {
        option: gettext("Other") if option == OTHER and question.has_other else choices.get(option) or option
        for option in question.options
    }


def things_to_look_at(kind: str, definition: Mapping[str, Any], until: str | None = None) -> dict[str, Thing]:
    """Return what conditions may look at: the score, the order, and the questions before the one `until`."""
    found: dict[str, Thing] = {}
    if kind in SCALES:
        groups = {group.name: gettext(GROUPS[group.name]) for group in SCALES[kind].groups}
        found["group"] = Thing(gettext("Group of the answer"), groups)
        found["score"] = Thing(gettext("Score"), {str(score): str(score) for score in SCALES[kind].scores})
    for number, row in enumerate(definition.get("questions", ()), start=1):
        if row["key"] == until:
            break
        name = gettext("Question %(number)s “%(text)s”", number=number, text=cut(text_in(row)))
        found[row["key"]] = Thing(name, values_of(question_from(row)))
    spoken = {tag: language_name(tag) for tag in languages(definition)}
    found["language"] = Thing(gettext("Language"), spoken)
    for of in OF_THE_PURCHASE:
        field = FIELDS[of]
        values = {code: gettext(word) for code, word in field.choices.items()}
        name = gettext("Order: %(field)s", field=gettext(field.label))
        found[of] = Thing(name, values, gettext(field.example) if field.example else "")
    return found


def offered(things: Mapping[str, Thing], frequent: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the values to choose from by what they are of: the words there are, else the most frequent."""
    return {of: list(thing.values.values()) or list(frequent.get(of, ())) for of, thing in things.items()}


def by_theme(boxes: Iterable[Any]) -> list[ThemeOffered]:
    """Return the boxes of a field with reasons by their themes."""
    found: dict[str, list[Any]] = {}
    for box in boxes:
        found.setdefault(box.data.partition(".")[0], []).append(box)
    return [
        ThemeOffered(
            label(theme, here()),
            [(box, DETAILS[box.data].within(here()) if box.data in DETAILS else "") for box in inside],
            sum(bool(box.checked) for box in inside),
        )
        for theme, inside in found.items()
    ]


def condition_said(row: Mapping[str, Any], things: Mapping[str, Thing]) -> str:
    """Return a condition as a sentence."""
    (condition,) = from_data([row])
    thing = things.get(condition.of, Thing(gettext("a question that was deleted"), {}))
    values = ", ".join(thing.values.get(value, value) for value in condition.values)
    op = OPS_OF_ONE.get(condition.op) if len(condition.values) == 1 else None
    return f"{thing.label} {gettext(op or OPS[condition.op])} {values}"


def when_said(rows: Sequence[Mapping[str, Any]], things: Mapping[str, Thing]) -> str:
    """Return several conditions, of which all have to be met, as one sentence."""
    return str(gettext(" and ")).join(condition_said(row, things) for row in rows)


def slot_label(slot: Slot) -> str:
    """Return what a text is."""
    of = slot.of
    if slot.field == "points":
        of = str(int(of) + 1)
    elif slot.field == "why" and of:
        of = gettext(GROUPS[of]) if of in GROUPS else of
    elif slot.field == "choices":
        of = ""
    return f"{gettext(LABELS[slot.field])}: {of}" if of else str(gettext(LABELS[slot.field]))


def flaw_said(flaw: Flaw | Hint) -> str:
    """Return a flaw or a hint as a sentence, languages and texts by their names."""
    names = {"language": language_name, "what": gettext}
    values = {
        name: names[name](str(value)) if name in names else value for name, value in flaw.values.items()
    }
    return str(gettext(flaw.phrase)) % values if values else str(gettext(flaw.phrase))


def place_said(place: str, definition: Mapping[str, Any]) -> str:
    """Return where something is, in words."""
    if place == KEY:
        return str(gettext("Key question"))
    if place.startswith(THANKS):
        number = place.partition(".")[2]
        return str(gettext("Ending %(number)s", number=int(number) + 1) if number else gettext("At the end"))
    for at, row in enumerate(definition.get("questions", ()), start=1):
        if row["key"] == place:
            return str(gettext("Question %(number)s", number=at))
    return str(gettext("The whole survey"))


def question_kind(kind: str) -> str:
    """Return the kind of a further question in words."""
    return str(gettext(KINDS[kind]))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        language_name,
        kind_name,
        by_theme,
        cut,
        offered,
        text_in,
        when_said,
        slot_label,
        flaw_said,
        place_said,
        question_kind,
    ):
        app.add_template_filter(function)
    app.jinja_env.globals["text_places"] = PLACES
    give_names(app, NAMES)
