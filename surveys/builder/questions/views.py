"""Write the key question's texts, and add, change, move and delete further questions."""

from collections.abc import Mapping
from typing import Any, cast

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.builder.door import back_to, builder_door, keep, keep_at_once
from surveys.builder.filters import cut, text_in, things_to_look_at
from surveys.builder.forms import DraftForm, rows_shown, text_fields
from surveys.builder.queries import Work, work_on
from surveys.builder.questions.forms import (
    MOST_CONDITIONS,
    MOST_JUMP_CONDITIONS,
    MOST_JUMPS,
    QuestionForm,
    Shape,
    form_for,
    row_from,
)
from surveys.clock import business_now
from surveys.errors import Missing
from surveys.questionnaires.definition import KEY, languages
from surveys.questionnaires.drafting import refuse_unless_editable
from surveys.questionnaires.edits import moved_question, next_key, with_question, without_question
from surveys.questionnaires.groups import GROUPS
from surveys.questionnaires.questions import KINDS, SCALE
from surveys.questionnaires.texts import slots_of_key, with_texts
from surveys.scales import SCALES
from surveys.segments.frequent.queries import frequent_in

door = builder_door("builder_questions", __name__)
FIRST_POINTS = {"low": 1, "high": 5}


@door.route("/<public_id>/key", methods=["GET", "POST"])
def key_question(public_id: str) -> ResponseReturnValue:
    """Write the texts of the key question, its reasons and its permission, in every language."""
    work = work_on(public_id)
    refuse_unless_editable(work.survey, business_now())
    slots, tags = list(slots_of_key(work.definition["texts"])), languages(work.definition)
    made = type("KeyForm", (DraftForm,), text_fields(slots, tags))
    form = cast(DraftForm, made(data={"step": work.step}))
    if form.validate_on_submit():
        written = with_texts(work.definition, form.texts(slots, tags))
        if (done := keep(work, written, form, KEY)) is not None:
            return done
    page = render_template("builder/key.html", work=work, form=form, slots=slots, tags=tags)
    return page, 422 if form.is_submitted() else 200


@door.get("/<public_id>/questions/new")
def choose_kind(public_id: str) -> ResponseReturnValue:
    """Go on to the form of a new question of the kind that was chosen."""
    kind = request.args.get("kind", "")
    return new_question(public_id, kind) if kind in KINDS else back_to(work_on(public_id), "questions")


@door.post("/<public_id>/questions/new")
def add(public_id: str) -> ResponseReturnValue:
    """Add a further question."""
    return new_question(public_id, request.args.get("kind", ""))


def new_question(public_id: str, kind: str) -> ResponseReturnValue:
    """Show the form of a new question of a kind, or keep it."""
    if kind not in KINDS:
        raise Missing()
    work = work_on(public_id)
    row: dict[str, Any] = {"key": next_key("q", work.taken_keys()), "kind": kind, "texts": {}}
    return question_page(work, row | (FIRST_POINTS if kind == SCALE else {}), is_new=True)


@door.route("/<public_id>/questions/<key>", methods=["GET", "POST"])
def question(public_id: str, key: str) -> ResponseReturnValue:
    """Change a further question."""
    work = work_on(public_id)
    return question_page(work, work.question_or_missing(key), is_new=False)


def question_page(work: Work, row: Mapping[str, Any], *, is_new: bool) -> ResponseReturnValue:
    """Show the form of one question, or keep what it says."""
    refuse_unless_editable(work.survey, business_now())
    shape = shape_of(work, row)
    form = form_for(shape)
    if not form.is_submitted():
        form.read_again(work.step)
    elif form.validate():
        written = row_from(form, shape, work.taken_choices(row["key"]))
        if written is not None:
            done = keep(work, with_question(work.definition, written), form, row["key"])
            if done is not None:
                return done
    page = render_template(
        "builder/question.html",
        work=work,
        form=form,
        shape=shape,
        is_new=is_new,
        frequent=frequent_in(),
        **rows(form),
    )
    return page, 422 if form.is_submitted() else 200


def rows(form: QuestionForm) -> dict[str, Any]:
    """Return the rows of conditions and jumps that the page shows: those that are used, and one more."""
    jumps = [
        (rows_shown(form, f"jump_{number}", MOST_JUMP_CONDITIONS), form[f"jump_{number}_to"])
        for number in range(MOST_JUMPS)
    ]
    used = [at for at, (_rows, to) in enumerate(jumps) if to.data or to.errors]
    return {"show": rows_shown(form, "show", MOST_CONDITIONS), "jumps": jumps[: max(used, default=-1) + 2]}


def shape_of(work: Work, row: Mapping[str, Any]) -> Shape:
    """Return what the form of this question is made of."""
    kind, definition = work.survey.kind, work.definition
    keys = [each["key"] for each in work.questions]
    at = keys.index(row["key"]) if row["key"] in keys else len(keys)
    before = things_to_look_at(kind, definition, row["key"])
    until = keys[at + 1] if at + 1 < len(keys) else None
    after = things_to_look_at(kind, definition, until)
    targets = {
        each["key"]: _("Question %(number)s “%(text)s”", number=number, text=cut(text_in(each)))
        for number, each in enumerate(work.questions, start=1)
        if number > at + 1
    }
    groups = {"": _("For everybody")} | {
        group.name: _("Instead for: %(group)s", group=_(GROUPS[group.name]))
        for group in (SCALES[kind].groups if kind in SCALES else ())
    }
    return Shape(row, languages(definition), before, after, targets, groups, keys)


@door.post("/<public_id>/questions/<key>/move")
def move(public_id: str, key: str) -> ResponseReturnValue:
    """Move a further question one place up or down."""
    work = work_on(public_id)
    work.question_or_missing(key)
    by = -1 if request.form.get("way") == "up" else 1
    return keep_at_once(work, moved_question(work.definition, key, by), key)


@door.post("/<public_id>/questions/<key>/delete")
def delete(public_id: str, key: str) -> ResponseReturnValue:
    """Delete a further question from the draft; versions that asked it keep it."""
    work = work_on(public_id)
    work.question_or_missing(key)
    return keep_at_once(work, without_question(work.definition, key), "questions")
