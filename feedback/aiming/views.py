"""The pages of goals: all of them, a new one, one of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from feedback.aiming import queries, setting
from feedback.aiming.filters import settled_text, target_text
from feedback.aiming.forms import PARTS, ChangeForm, EndForm, GoalForm
from feedback.aiming.models import Goal, GoalMail
from feedback.aiming.pictures import NARROW, WIDE, Way, Words, way
from feedback.aiming.setting import Wish
from feedback.aiming.settling import standing_at
from feedback.aiming.standings import SURE, Standing
from feedback.insights.breakdowns import values_of
from feedback.insights.clusters import Clustered, clustered
from feedback.insights.filters import place_name, score_text
from feedback.insights.queries import cell_counts
from feedback.insights.selection import Days, Selection, over
from feedback.insights.views import selected
from feedback.notices.queries import Kind
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.filters import translated
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import anybody_answered
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.models import StaffMember
from surveys.staff.queries import team

door = StaffDoor("goals", __name__, permission="insights", url_prefix="/insights/goals")
deeds_door = StaffDoor("goal_steps", __name__, permission="decide", url_prefix="/insights/goals")

NEWS = Kind(
    "goal",
    GoalMail,
    queries.goal_news,
    lambda told: settled_text(told.goal),
    lambda told: url_for("goals.goal", public_id=told.goal.public_id),
)
USUAL_LENGTH = timedelta(days=90)
LOOK_BACK = 365
WORTH_TELLING = 1.01


@door.get("")
def goals() -> ResponseReturnValue:
    """Show the goals that run and those that are over."""
    now = business_now()
    running = [(goal, queries.shown_so_far(goal)) for goal in queries.running_goals()]
    past = [(goal, goal.settled_standing) for goal in queries.past_goals()]
    return render_template(
        "aiming/goals.html",
        running=[(goal, found, ways(goal, found)) for goal, found in running],
        past=[(goal, found, ways(goal, found)) for goal, found in past],
        selection=selected(now),
        may_set=allowed("decide"),
        answered=anybody_answered(),
    )


@door.get("/<public_id>")
def goal(public_id: str) -> ResponseReturnValue:
    """Show one goal, and how sure its figures are."""
    return page(queries.goal_or_missing(public_id))


@deeds_door.get("/new")
def new() -> ResponseReturnValue:
    """Show the form of a new goal, with what the address has chosen already."""
    now = business_now()
    form = goal_form(selected(now))
    return render_template("aiming/new.html", form=form, plan=None)


@deeds_door.post("/new")
def set_one() -> ResponseReturnValue:
    """Say what a goal takes; set it when that was read."""
    now = business_now()
    form = goal_form(selected(now))
    if form.validate():
        try:
            if "set" in request.form:
                made = setting.set_goal(wish_of(form), owner_of(form.owner.data), now, by=current_staff())
                db.session.commit()
                flash(gettext("The goal is set."))
                return redirect(url_for("goals.goal", public_id=made.public_id), 303)
            return render_template("aiming/new.html", form=form, plan=setting.plan(wish_of(form), now))
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return render_template("aiming/new.html", form=form, plan=None), 422


@deeds_door.post("/<public_id>")
def change(public_id: str) -> ResponseReturnValue:
    """Give a goal another day or owner."""
    found, form = queries.goal_or_missing(public_id, locked=True), change_form()
    if form.validate():
        try:
            setting.change(found, form.until.data, owner_of(form.owner.data), business_now())
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(url_for("goals.goal", public_id=public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page(found, changing=form), 422


@deeds_door.post("/<public_id>/end")
def end(public_id: str) -> ResponseReturnValue:
    """End a goal before its day, with a reason."""
    found, form = queries.goal_or_missing(public_id, locked=True), EndForm()
    if form.validate():
        try:
            setting.end(found, form.because.data or "", business_now(), by=current_staff())
            db.session.commit()
            flash(gettext("The goal has ended."))
            return redirect(url_for("goals.goals"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page(found, ending=form), 422


def page(found: Goal, changing: ChangeForm | None = None, ending: EndForm | None = None) -> str:
    """Return the page of one goal; the forms are those that were refused."""
    now = business_now()
    stands = standing_at(found, now) if found.is_running else found.settled_standing
    usual = {"until": found.last_day, "owner": found.owner.public_id if found.owner else ""}
    return render_template(
        "aiming/goal.html",
        goal=found,
        found=stands,
        ways=ways(found, stands),
        people=people(found, now) if stands else None,
        sure=round(100 * SURE),
        selection=queries.selection_of(found),
        may_set=allowed("decide") and found.is_running,
        change_form=changing or change_form(usual),
        end_form=ending or EndForm(formdata=None),
    )


def people(found: Goal, now: datetime) -> Clustered | None:
    """Return how the answers of a goal lie among persons; None where that makes hardly any difference."""
    told = clustered(queries.sums_by_person(found.survey, queries.selection_of(found), now))
    return told if told is not None and told.widening > WORTH_TELLING else None


def ways(found: Goal, stands: Standing | None) -> list[Way]:
    """Return the picture of a goal in both sizes."""
    kind = found.survey.kind
    words = Words(
        start=gettext("start %(score)s", score=target_text(found.baseline, kind)),
        target=gettext("goal %(score)s", score=target_text(found.target, kind)),
        now=score_text(stands.score, kind) if stands else "",
    )
    return [way(found.baseline, found.target, stands, words, size) for size in (WIDE, NARROW)]


def goal_form(selection: Selection) -> GoalForm:
    """Return the form with everything there is to choose from; `selection` is chosen at first."""
    now = business_now()
    usual: dict[str, Any] = {name: getattr(selection, name) or "" for name in ("survey", "brand", *PARTS)}
    usual |= {"unit": "points", "owner": current_staff().public_id}
    usual["until"] = now.astimezone(selection.zone).date() + USUAL_LENGTH
    form = GoalForm(data=usual)
    form.survey.choices = [SelectChoice(each.key, translated(each.name)) for each in surveys_on_scales()]
    shops = [SelectChoice(each.key, each.name) for each in all_brands()]
    form.brand.choices = [SelectChoice("", gettext("All shops")), *shops]
    today = now.astimezone(selection.zone).date()
    counts = [cell_counts(queries.of_all(over(selection, Days.until(today, LOOK_BACK))), now)]
    for name in PARTS:
        values = [SelectChoice(value, place_name(value, name)) for value in values_of(counts, name)]
        form[name].choices = [SelectChoice("", gettext("All")), *values]
    form.owner.choices = owner_choices()
    return form


def change_form(usual: Mapping[str, Any] | None = None) -> ChangeForm:
    """Return the form of what may change; without `usual` as it was sent."""
    form = ChangeForm() if usual is None else ChangeForm(formdata=None, data=dict(usual))
    form.owner.choices = owner_choices()
    return form


def owner_choices() -> list[SelectChoice]:
    """Return who can own a goal."""
    people = [SelectChoice(each.public_id, each.name) for each in team() if each.is_active]
    return [SelectChoice("", gettext("nobody")), *people]


def owner_of(public_id: str | None) -> StaffMember | None:
    """Return the member of the team that was chosen, None for nobody."""
    return next((each for each in team() if each.is_active and each.public_id == public_id), None)


def wish_of(form: GoalForm) -> Wish:
    """Return what the form asks for."""
    return Wish(
        survey=form.survey.data,
        brand=form.brand.data or None,
        part={name: form[name].data or "" for name in PARTS},
        unit=form.unit.data,
        amount=float(form.amount.data),
        last_day=form.until.data,
    )
