"""The pages of improvements: all of them by where they stand, starting one, and one with its before and after."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.improving import queries
from feedback.improving.changing import Given, change
from feedback.improving.filters import checked_text, subject_words
from feedback.improving.forms import ChangeForm, HopeForm, MoveForm, NoteForm
from feedback.improving.measuring import comparison, evidence_days, selection_of, zone_of
from feedback.improving.models import Improvement, ImprovementReminder
from feedback.improving.pictures import pictures
from feedback.improving.starting import Draft, evidence, start
from feedback.improving.states import STILL_HOPED, TOLD, State
from feedback.improving.subjects import CAUSE, THEME, Subject
from feedback.insights.queries import measured_survey
from feedback.insights.reporting import TooFewToShow, is_shown
from feedback.insights.scores import measure
from feedback.insights.selection import DIMENSIONS, Selection
from feedback.insights.views import selected
from feedback.notices.queries import Kind
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import anybody_answered, check_not_held_back, held_back
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.models import StaffMember
from surveys.staff.permissions import sees_personal_data
from surveys.staff.queries import staff_or_missing, team

door = StaffDoor("improving", __name__, permission="insights", url_prefix="/insights/improvements")
deeds_door = StaffDoor("improving_steps", __name__, permission="decide", url_prefix="/insights/improvements")

NEWS = Kind(
    "improvement",
    ImprovementReminder,
    queries.improvement_news,
    lambda told: checked_text(told.improvement),
    lambda told: url_for("improving.improvement", public_id=told.improvement.public_id),
)
SHOWN_FIRST = (State.IN_EFFECT, State.PLANNED, State.IDEA, State.CHECKED, State.DECLINED)
USUAL_WINDOW = timedelta(days=28)
OFFERED = 40
# What the address of a new improvement may say. Other names (endpoint, _method) would give orders to `url_for`.
SAID = frozenset({"survey", "brand", "since", "until", *DIMENSIONS, THEME, CAUSE, "subject"})


class NothingToStartFrom(Refusal):
    """There is no survey on a scale, so that nothing was raised that could become an improvement."""

    phrase = N_(
        "No survey on a scale is published yet. An improvement starts from its answers: publish one first."
    )


@door.get("")
def improvements() -> ResponseReturnValue:
    """List all improvements by where they stand."""
    found = queries.every_improvement()
    parts = [(state, [each for each in found if each.state == state]) for state in SHOWN_FIRST]
    return render_template(
        "improving/improvements.html",
        parts=parts,
        any=bool(found),
        answered=anybody_answered(),
        selection=None,
    )


@deeds_door.get("/new")
def new() -> ResponseReturnValue:
    """Show what was raised, and ask for a title; without a subject, what there is to choose."""
    return new_page(None)


@deeds_door.post("/new")
def begin() -> ResponseReturnValue:
    """Start an improvement from what the address says was raised."""
    form, now = hope_form(HopeForm()), business_now()
    if not form.validate():
        return new_page(form), 422
    try:
        about, code = wanted_subject() or ("", "")
        draft = Draft(
            form.title.data or "", about, code, form.hoped, form.hypothesis.data or "", chosen_owner(form)
        )
        made = start(draft, with_survey(selected(now).basic), now, actor=current_staff())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return new_page(form), refusal.status
    flash(gettext("Started as an idea."))
    return redirect(url_for("improving.improvement", public_id=made.public_id), 303)


@door.get("/<public_id>")
def improvement(public_id: str) -> ResponseReturnValue:
    """Show one improvement: what was raised, what was hoped for, what came of it."""
    return page(queries.improvement_or_missing(public_id))


@deeds_door.post("/<public_id>")
def edit(public_id: str) -> ResponseReturnValue:
    """Change title, owner, and what is hoped for."""
    found, form = queries.improvement_or_missing(public_id, locked=True), hope_form(ChangeForm())
    if not form.validate():
        return page(found, change_form=form), 422
    given = Given(title=form.title.data or "", owner=chosen_owner(form))
    if found.state in STILL_HOPED:
        hope = form.hoped
        given |= Given(
            hypothesis=form.hypothesis.data or "",
            measure=hope.measure,
            direction=hope.direction,
            least=hope.least,
            effect_on=form.effect_on.data,
            check_on=form.check_on.data,
        )
    return changed(found, given, form, gettext("Saved."), "change_form")


@deeds_door.post("/<public_id>/note")
def note(public_id: str) -> ResponseReturnValue:
    """Add to the figures in words; the figures stay as they are."""
    found, form = queries.improvement_or_missing(public_id, locked=True), NoteForm()
    if not form.validate():
        return page(found, note_form=form), 422
    return changed(found, Given(note=form.note.data or ""), form, gettext("Saved."), "note_form")


@deeds_door.post("/<public_id>/move")
def move(public_id: str) -> ResponseReturnValue:
    """Plan it, say that it is in effect, or decline it."""
    found, form = queries.improvement_or_missing(public_id, locked=True), MoveForm()
    wanted = request.form.get("state", "")
    if not form.validate() or wanted not in set(State):
        return page(found, move_form=form), 422
    given = Given(state=State(wanted))
    if wanted == State.DECLINED:
        given["reason"] = form.reason.data or ""
    if wanted == State.IN_EFFECT:
        given |= Given(effect_on=form.effect_on.data, check_on=form.check_on.data)
    return changed(found, given, form, gettext("Saved."), "move_form")


def changed(found: Improvement, given: Given, form: Any, done: str, name: str) -> ResponseReturnValue:
    """Change an improvement and go back to it; show there what refuses."""
    public_id = found.public_id
    try:
        change(found, given, business_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(queries.improvement_or_missing(public_id), **{name: form}), refusal.status
    flash(done)
    return redirect(url_for("improving.improvement", public_id=public_id), 303)


def with_survey(selection: Selection) -> Selection:
    """Return the selection of one survey: the one chosen, else the first on a scale."""
    if selection.survey is None:
        first = next(iter(surveys_on_scales()), None)
        return selection.of(first.key if first else None)
    return selection


def wanted_subject() -> tuple[str, str] | None:
    """Return what the address says it is about: a theme, a cause, or either as "theme:CODE"; None without."""
    for about in (THEME, CAUSE):
        code = request.args.get(about, "").strip()
        if code:
            return about, code
    about, _colon, code = request.args.get("subject", "").strip().partition(":")
    return (about, code) if code else None


def new_page(form: HopeForm | None) -> str:
    """Return the page that starts one; `form` as it was sent."""
    now = business_now()
    selection = with_survey(selected(now).basic)
    if selection.survey is None:
        raise NothingToStartFrom()
    survey = measured_survey(selection.survey)
    check_not_held_back(survey)
    if not is_shown(selection, now):
        raise TooFewToShow()
    wanted, found = wanted_subject(), None
    if wanted is not None:
        found = evidence(*wanted, selection, now)
        if form is None:
            form = hope_form(HopeForm(formdata=None))
            form.title.data = subject_words(found.subject)
            form.owner.data = current_staff().public_id
    return render_template(
        "improving/new.html",
        selection=selection,
        survey=survey,
        surveys=surveys_on_scales(),
        answered=anybody_answered(),
        evidence=found,
        score=measure(survey.kind, found.scores) if found else None,
        wanted=wanted,
        form=form,
        themes=queries.themes_raised(selection, now)[:OFFERED] if found is None else [],
        causes=queries.causes_found(selection, now)[:OFFERED] if found is None else [],
        Subject=Subject,
        dimensions=DIMENSIONS,
        here={name: value for name, value in request.args.items() if value and name in SAID},
    )


def page(
    found: Improvement,
    change_form: ChangeForm | None = None,
    move_form: MoveForm | None = None,
    note_form: NoteForm | None = None,
) -> str:
    """Return the page of one improvement; the forms are those that were refused."""
    now = business_now()
    seen = comparison(found, now)
    today = now.astimezone(zone_of(found)).date()
    kind = found.survey.kind
    shown = selection_of(found, evidence_days(found))
    personal = sees_personal_data(current_staff().role)
    return render_template(
        "improving/improvement.html",
        improvement=found,
        seen=seen,
        later=selection_of(found, seen.after.days) if seen is not None else None,
        pictures=pictures(seen, found.measure) if seen is not None and not seen.is_hidden else [],
        score=measure(kind, {int(score): n for score, n in found.evidence_scores.items()}),
        examples=examples_for(found, shown, now),
        selection=shown,
        days=evidence_days(found),
        change_form=change_form or shown_form(found),
        move_form=move_form or MoveForm(formdata=None, data=usual_days(found, now)),
        note_form=note_form or NoteForm(formdata=None, data={"note": found.note}),
        still_hoped=found.state in STILL_HOPED,
        may_decide=allowed("decide"),
        may_tell=allowed("surveys"),
        is_told=found.state in TOLD,
        scales=SCALES,
        personal=personal,
        today=today,
        now=now,
    )


def examples_for(found: Improvement, shown: Selection, now: datetime) -> Sequence[Any]:
    """Return the answers kept as examples, for whoever is signed in; none while those of the survey are held back."""
    may_read = sees_personal_data(current_staff().role) or is_shown(shown, now)
    return queries.examples_of(found) if may_read and found.survey not in held_back() else []


def shown_form(found: Improvement) -> ChangeForm:
    """Return the form of an improvement as it is."""
    form = hope_form(ChangeForm(formdata=None))
    form.show(found)
    return form


def usual_days(found: Improvement, now: datetime) -> dict[str, Any]:
    """Return the days that are proposed: those planned, else from today on for four weeks."""
    effect_on = found.effect_on or now.astimezone(zone_of(found)).date()
    return {"effect_on": effect_on, "check_on": found.check_on or effect_on + USUAL_WINDOW}


def hope_form(form: Any) -> Any:
    """Return the form with its choices."""
    form.offer([(each.public_id, each.name) for each in active_team()])
    return form


def active_team() -> Sequence[StaffMember]:
    """Return who works here."""
    return [each for each in team() if each.is_active]


def chosen_owner(form: HopeForm) -> StaffMember | None:
    """Return who was chosen to look after it."""
    return staff_or_missing(form.owner.data) if form.owner.data else None
