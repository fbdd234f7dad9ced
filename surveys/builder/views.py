"""The list of surveys, and the editor: what is asked, what is being written, and what to do with it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from surveys.audit.queries import calendar_zone
from surveys.brand.queries import all_brands
from surveys.builder import filters
from surveys.builder.door import back_to, builder_door, seen_step
from surveys.builder.forms import NewSurveyForm, SurveySettingsForm
from surveys.builder.preview.door import choice_for, order_shown
from surveys.builder.preview.queries import orders_found
from surveys.builder.queries import Work, touchpoints_asking, work_on
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import N_, Refusal
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.questionnaires import closing, drafting
from surveys.questionnaires.definition import languages
from surveys.questionnaires.metric_wordings import WORDINGS
from surveys.questionnaires.models import Survey
from surveys.questionnaires.patterns import PATTERNS
from surveys.questionnaires.publishing import Unsound, every_flaw, publish_draft
from surveys.questionnaires.queries import (
    all_surveys,
    answers_by_survey,
    drafted,
    has_left,
    is_answered,
    survey_or_missing,
)
from surveys.questionnaires.questions import KINDS, MOST_QUESTIONS
from surveys.questionnaires.states import STATES, State
from surveys.questionnaires.texts import completeness, slots_of
from surveys.questionnaires.wording_check import hints_of, seconds_of
from surveys.scales import SCALES
from surveys.staff.door import allowed, current_staff

door = builder_door("builder", __name__)
ORDERS_SHOWN, MOST_WORDS = 8, 254


class Row(NamedTuple):
    """One survey of the list."""

    survey: Survey
    state: State
    is_written: bool
    answers: int
    languages: tuple[str, ...]


@door.get("")
def surveys() -> ResponseReturnValue:
    """List every survey with its state, version, answers and languages."""
    now, every, answers = business_now(), all_surveys(), answers_by_survey()
    drafts = drafted(every)
    rows = []
    for survey in every:
        draft = drafts.get(survey.id)
        definition = draft.definition if draft else survey.current.definition
        is_written = bool(survey.versions) and definition != survey.current.definition
        state, count = survey.state_at(now), answers.get(survey.id, 0)
        rows.append(Row(survey, state, is_written, count, languages(definition)))
    return render_template("builder/surveys.html", rows=rows, states=STATES)


@door.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a survey from a key question alone or from one that is there; it begins as a draft."""
    form = NewSurveyForm()
    begin = beginnings()
    groups = {
        "pattern": _("A whole survey"),
        "kind": _("A question alone"),
        "survey": _("Like one of your surveys"),
    }
    form.start.choices = {
        name: [SelectChoice(code, each[0]) for code, each in begin.items() if code.startswith(f"{group}:")]
        for group, name in groups.items()
    }
    if form.validate_on_submit():
        _label, kind, definition = begin[form.start.data]
        try:
            made = drafting.begin_survey(
                form.name.data,
                kind,
                definition,
                current_staff(),
                business_now(),
                is_anonymous=form.is_anonymous.data,
            )
            db.session.commit()
            return redirect(url_for("builder.survey", public_id=made.public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return render_template("builder/new.html", form=form), 422 if form.is_submitted() else 200


def beginnings() -> dict[str, tuple[str, str, Mapping[str, Any]]]:
    """Return what a survey can begin with: its words, its kind, its document."""
    found: dict[str, tuple[str, str, Mapping[str, Any]]] = {
        f"pattern:{key}": (_(pattern.name), pattern.kind, pattern.definition)
        for key, pattern in PATTERNS.items()
    }
    for kind, document in WORDINGS.items():
        found[f"kind:{kind}"] = (filters.kind_name(kind), kind, document)
    for survey in all_surveys():
        if survey.versions and survey.kind in SCALES:
            found[f"survey:{survey.public_id}"] = (_(survey.name), survey.kind, survey.current.definition)
    return found


@door.get("/<public_id>")
def survey(public_id: str) -> ResponseReturnValue:
    """Show the editor with a preview beside it."""
    return editor(work_on(public_id))


def editor(work: Work, *, is_refused: bool = False) -> ResponseReturnValue:
    """Return the editor's page with what stands in the way of publishing; `is_refused` says that it was just tried."""
    now, found = business_now(), work.survey
    is_editable = found.kind != drafting.OWN_WAY and found.archived_at is None
    tags, slots = languages(work.definition), slots_of(work.definition)
    order = order_shown(work)
    choice = choice_for(work, order)
    preview: dict[str, Any] = {"public_id": found.public_id} | choice.as_query()
    page = render_template(
        "builder/survey.html",
        work=work,
        survey=found,
        state=found.state_at(now),
        states=STATES,
        is_editable=is_editable,
        flaws=every_flaw(found, work.definition) if is_editable and work.is_changed else [],
        is_refused=is_refused,
        slots=slots,
        tags=tags,
        other_tags=[tag for tag in CUSTOMER_LANGUAGES if tag not in tags],
        completeness={tag: completeness(slots, tag) for tag in tags},
        things=filters.things_to_look_at(found.kind, work.definition),
        kinds=KINDS,
        most_questions=MOST_QUESTIONS,
        hints=hints_of(work.definition),
        seconds=seconds_of(work.definition),
        answers=answers_by_survey().get(found.id, 0),
        is_settled=is_answered(found) or (found.is_anonymous and has_left(found)),
        asked_by=touchpoints_asking(found),
        choice=choice,
        preview_url=url_for("builder_preview.page", **preview),
        order=order,
        **orders_to_choose(),
        brands=all_brands(),
        zone=calendar_zone(),
        now=now,
    )
    return page, 422 if is_refused else 200


def orders_to_choose() -> dict[str, Any]:
    """Return the orders that were looked for, to see the preview with one of them; None where nobody looked."""
    words = request.args.get("who", "").strip()[:MOST_WORDS]
    looks = "who" in request.args and allowed("customers")
    return {"who": words, "orders": orders_found(words, ORDERS_SHOWN) if looks else None}


@door.post("/<public_id>/publish")
def publish(public_id: str) -> ResponseReturnValue:
    """Make the draft what is asked, or say everything that stands in the way."""
    work = work_on(public_id)
    try:
        version = publish_draft(work.survey, seen_step(), business_now())
        db.session.commit()
        said = _("Published as version %(number)s. From now on it is what is asked.", number=version.number)
        if not touchpoints_asking(work.survey, only_on=True):
            said = _(
                "Published as version %(number)s. No touchpoint asks it yet: choose it under Asking.",
                number=version.number,
            )
        flash(said)
    except Unsound:
        db.session.rollback()
        return editor(work_on(public_id), is_refused=True)
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return back_to(work)


@door.post("/<public_id>/undo")
def undo(public_id: str) -> ResponseReturnValue:
    """Take the newest step of the draft back."""
    work = work_on(public_id)
    try:
        drafting.undo(work.survey, seen_step(), business_now())
        db.session.commit()
        flash(_("Undone."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return back_to(work)


@door.post("/<public_id>/discard")
def discard(public_id: str) -> ResponseReturnValue:
    """Throw the draft away; a survey that was never published goes with it."""
    work = work_on(public_id)
    try:
        is_left = drafting.discard(work.survey, seen_step())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
        return back_to(work)
    flash(_("The draft is gone."))
    return back_to(work) if is_left else redirect(url_for("builder.surveys"), 303)


@door.post("/<public_id>/copy")
def copy(public_id: str) -> ResponseReturnValue:
    """Make a new draft that asks the same, and open it."""
    found = survey_or_missing(public_id)
    try:
        name = _("%(name)s (copy)", name=_(found.name))[: drafting.LONGEST_NAME]
        twin = closing.copy_survey(found, name, current_staff(), business_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
        return redirect(url_for("builder.survey", public_id=public_id), 303)
    flash(_("Copied. The copy is a draft until you publish it."))
    return redirect(url_for("builder.survey", public_id=twin.public_id), 303)


@door.post("/<public_id>/archive")
def archive(public_id: str) -> ResponseReturnValue:
    """Put a survey into the archive, or take it out."""
    found = survey_or_missing(public_id)
    try:
        if request.form.get("archived") == "no":
            closing.take_out(found)
            said = _("Taken out of the archive.")
        else:
            names = [_(each.name) for each in touchpoints_asking(found, only_on=True)]
            closing.archive(found, names, business_now())
            said = _("Archived. Nobody is asked it any more; its answers stay.")
        db.session.commit()
        flash(said)
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("builder.survey", public_id=public_id), 303)


@door.route("/<public_id>/settings", methods=["GET", "POST"])
def settings(public_id: str) -> ResponseReturnValue:
    """Rename a survey, and say when it ends."""
    found = survey_or_missing(public_id)
    at = found.closes_at.astimezone(ZoneInfo(calendar_zone())) if found.closes_at else None
    shown = {
        "closes_on": at and at.date(),
        "closes_time": at and at.time(),
        "closes_after": found.closes_after,
    }
    form = SurveySettingsForm(data=shown | {"name": _(found.name)})
    if form.validate_on_submit():
        try:
            if form.name.data != _(found.name):
                drafting.rename(found, form.name.data)
            closing.close_when(found, closing_time(form), form.closes_after.data, business_now())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("builder.survey", public_id=public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template("builder/settings.html", survey=found, form=form, zone=calendar_zone())
    return page, 422 if form.is_submitted() else 200


def closing_time(form: SurveySettingsForm) -> datetime | None:
    """Return when the survey closes: on the day at the hour, or when the day begins."""
    if form.closes_on.data is None:
        return None
    local = datetime.combine(form.closes_on.data, form.closes_time.data or time(0), ZoneInfo(calendar_zone()))
    try:
        return local.astimezone(UTC)
    except OverflowError:
        raise Refusal(
            N_("This is not a day of the calendar. Write it like 2026-12-31."), field="closes_on"
        ) from None
