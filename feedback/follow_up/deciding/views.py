"""The rule book: which answers open a task, in which order, tried on past answers before a rule is switched on."""

import hashlib
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.follow_up.deciding import editing, queries
from feedback.follow_up.deciding.book import KINDS, Book, Rule, checked
from feedback.follow_up.deciding.forms import RuleForm, VersionForm, WeightsForm
from feedback.follow_up.deciding.rehearsing import Weighed, rehearse, weigh_past
from feedback.follow_up.deciding.weights import MOST_VALUE, STANDARD
from feedback.follow_up.deciding.weights import checked as checked_weights
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import N_, Missing, Refusal
from surveys.filters import translated
from surveys.questionnaires.queries import surveys_on_scales
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("rules", __name__, permission="settings", url_prefix="/settings/rules")
VERSIONS = 10


class NoKind(Missing):
    """Rules look for one of a few things."""

    phrase = N_("There is no rule of this kind. The page of rules lists what a rule can look for.")


@door.get("")
def rules() -> ResponseReturnValue:
    """List the rules in their order, and who changed them last."""
    return listing()


@door.get("/new")
def new_rule() -> ResponseReturnValue:
    """Show an empty rule of one kind."""
    book = queries.current_book()
    return page(book, empty_rule(), None)


@door.post("/new")
def add_rule() -> ResponseReturnValue:
    """Add a rule at the end, switched off; its page then shows what it would have done."""
    return store(empty_rule(), N_("Saved, and switched off. Below is what it would have done."))


@door.get("/weights")
def weights() -> ResponseReturnValue:
    """Show what makes a task stand before others of its level, and how much each part counts."""
    holds = queries.current_weights()
    values = {"version": holds.version, **holds.parts, "undelivered_after": holds.undelivered_after}
    return weights_page(WeightsForm(formdata=None, data=values))


@door.post("/weights")
def weigh() -> ResponseReturnValue:
    """Save other weights, or show what they would do with the tasks of the last weeks."""
    form, now = WeightsForm(request.form), business_now()
    if not form.validate():
        return weights_page(form), 422
    try:
        if "save" not in request.form:
            return weights_page(
                form, weigh_past(checked_weights(form.parts, form.undelivered_after.data), now)
            )
        editing.keep_weights(
            form.version.data or 0, form.parts, form.undelivered_after.data, current_staff(), now
        )
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return weights_page(form), refusal.status
    flash(_("Saved. Open tasks take their new places within seconds."))
    return redirect(url_for("rules.weights"), 303)


def weights_page(form: WeightsForm, tried: Weighed | None = None) -> str:
    """Return the page of the weights; `tried` is what those in the form would do."""
    return render_template(
        "follow_up/weights.html",
        form=form,
        tried=tried,
        holds=queries.current_weights(),
        newest=queries.newest_weights(),
        shipped=STANDARD,
        most_value=MOST_VALUE,
        now=business_now(),
    )


@door.get("/<key>")
def rule(key: str) -> ResponseReturnValue:
    """Show one rule, and which tasks it would have opened lately."""
    book = queries.current_book()
    return page(book, editing.rule_or_missing(book, key), None)


@door.post("/<key>")
def change_rule(key: str) -> ResponseReturnValue:
    """Change a rule; one that is switched on only as it was tried just before."""
    return store(editing.rule_or_missing(queries.current_book(), key), N_("Saved."))


@door.post("/<key>/switch")
def switch_rule(key: str) -> ResponseReturnValue:
    """Switch a rule on or off."""
    is_on = request.form.get("is_on") == "yes"
    return carry_out(
        lambda seen: editing.switch(seen, key, is_on, current_staff(), business_now()),
        N_("Switched on: it counts for every answer from now on.") if is_on else N_("Switched off."),
    )


@door.post("/<key>/move")
def move_rule(key: str) -> ResponseReturnValue:
    """Move a rule up or down by one place."""
    steps = -1 if request.form.get("way") == "up" else 1
    return carry_out(
        lambda seen: editing.move(seen, key, steps, current_staff(), business_now()), N_("Moved.")
    )


@door.post("/<key>/delete")
def delete_rule(key: str) -> ResponseReturnValue:
    """Take a rule out; the tasks it has opened stay."""
    return carry_out(lambda seen: editing.remove(seen, key, current_staff(), business_now()), N_("Deleted."))


def empty_rule() -> Rule:
    """Return a new rule of the kind that the address names; refuse with NoKind."""
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        raise NoKind()
    return Rule("", kind, is_on=False)


def store(before: Rule, done: str) -> ResponseReturnValue:
    """Save what the form says of a rule, or show what it would have done."""
    book, form = queries.current_book(), form_of()
    if not form.validate():
        return page(book, before, form), 422
    try:
        wanted = checked(form.rule(before.key, before.kind, before.is_on))
        editing.check_whole((wanted,))
        if "save" in request.form and (not wanted.is_on or form.tried.data == fingerprint(wanted)):
            named = wanted if wanted.key else _named(wanted)
            editing.save_rule(form.version.data or 0, named, current_staff(), business_now())
            db.session.commit()
            flash(_(done))
            return redirect(url_for("rules.rule", key=named.key), 303)
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(queries.current_book(), before, form), refusal.status
    form.tried.data = fingerprint(wanted)
    return page(book, wanted, form)


def _named(wanted: Rule) -> Rule:
    """Return a new rule with a key of its own."""
    return Rule(**{**vars(wanted), "key": editing.new_key(wanted.kind)})


def carry_out(do: Any, done: str) -> ResponseReturnValue:
    """Change the book and go back to the list; say there what refuses."""
    form = VersionForm(request.form)
    try:
        do(form.version.data or 0)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        if isinstance(refusal, Missing):
            raise
        flash(spoken(refusal), "error")
        return listing(), refusal.status
    flash(_(done))
    return redirect(url_for("rules.rules"), 303)


def form_of() -> RuleForm:
    """Return the form that was sent, with its choices."""
    form = RuleForm(request.form)
    form.offer(*choices())
    return form


def choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return shops, surveys and segments that a rule can be limited to, each as (code, name)."""
    brands = all_brands()
    several = len(brands) > 1
    segments = [
        (public_id, f"{shop}: {name}" if several else name)
        for public_id, name, shop in queries.segments_to_name()
    ]
    surveys = [(survey.key, str(translated(survey.name))) for survey in surveys_on_scales()]
    return [(brand.key, brand.name) for brand in brands], surveys, segments


def fingerprint(wanted: Rule) -> str:
    """Return a short name for what a rule says, the same for the same."""
    return hashlib.sha256(repr(wanted.as_data()).encode()).hexdigest()[:20]


def listing() -> str:
    """Return the page of all rules."""
    brands, surveys, segments = choices()
    return render_template(
        "follow_up/rules.html",
        book=queries.current_book(),
        versions=queries.versions(VERSIONS),
        kinds=KINDS,
        names={"brand": dict(brands), "survey": dict(surveys), "segment": dict(segments)},
        now=business_now(),
    )


def page(book: Book, shown: Rule, form: RuleForm | None) -> str:
    """Return the page of one rule; with `form` as it was sent, else as it is stored."""
    rehearsal = None
    if form is None:
        form = RuleForm(formdata=None)
        form.offer(*choices())
        form.show(shown, book.version)
        if shown.key:
            form.tried.data = fingerprint(shown)
    if not form.errors and (shown.key or form.is_submitted()):
        rehearsal = rehearse(book, shown, business_now())
    return render_template(
        "follow_up/rule.html",
        book=book,
        rule=shown,
        form=form,
        rehearsal=rehearsal,
        scales=SCALES,
        kinds=KINDS,
        now=business_now(),
    )
