"""The list of responses, one response, one customer."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis.words import FLAGS_IN_SHORT
from feedback.follow_up.codes import OUTCOMES
from feedback.follow_up.opening import why_no_task
from feedback.follow_up.queries import people_for_tasks
from feedback.follow_up.sight import check_may_look, hides_personal_data, may_look
from feedback.follow_up.states import STATES
from feedback.insights.dimensions.names import CHOICE
from feedback.insights.listing import MOST_FOUND, Wanted, count_responses, count_unsearched, responses
from feedback.insights.narrowing import NARROWS
from feedback.insights.reporting import TooFewToShow, is_shown
from feedback.insights.selection import ANY_UNHAPPY
from feedback.insights.suppression import K
from feedback.insights.themes.naming import choice_names
from feedback.insights.views import selected, wanted_of
from feedback.insights.words import MOODS
from feedback.overview import merging, queries
from feedback.overview.filters import chronicle
from feedback.overview.words import BASES, DECISIONS, EVENTS, NO_TASK, SOLVED
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.code_book.themes import DETAILS, THEMES
from surveys.customers.entrusting import entrust
from surveys.customers.permission import KINDS, basis_of
from surveys.customers.queries import customer_or_missing, permission_history
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.invitations.states import REASONS
from surveys.questionnaires.definition import Wording, wording
from surveys.questionnaires.models import Survey
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.queries import survey_by_key, surveys_on_scales
from surveys.responses.account import Said, account
from surveys.responses.models import Response
from surveys.responses.queries import anybody_answered, held_back
from surveys.responses.reasons import REASONS as REASONS_TO_EXCLUDE
from surveys.scales import GROUPS, SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.permissions import sees_personal_data
from surveys.staff.queries import staff_or_missing

door = StaffDoor("overview", __name__, permission="responses", url_prefix="/responses")
customers_door = StaffDoor("overview_customers", __name__, permission="customers", url_prefix="/customers")

merge_door = StaffDoor("merging", __name__, permission="privacy", url_prefix="/customers/<public_id>/merges")

ON_A_PAGE = 50


class NotOne(Refusal):
    """What was typed names nobody, or more than one."""

    phrase = N_(
        "That names nobody in this shop, or more than one. Open the other customer's page and take the last part"
        " of its address: that is their id."
    )


@door.get("")
def list_responses() -> ResponseReturnValue:
    """List responses with search and filters, the newest first."""
    now = business_now()
    wanted = wanted_of(selected(now))
    selection = wanted.selection
    if selection.survey is not None:
        survey_by_key(selection.survey)
    if not sees_personal_data(current_staff().role) and not is_shown(selection, now):
        raise TooFewToShow()
    surveys = surveys_on_scales()
    page = responses(wanted, now, ON_A_PAGE, request.args.get("cursor") or None)
    narrows = {name: request.args.get(name) or None for name in NARROWS}
    chosen: dict[str, Any] = selection.query(**narrows)
    return render_template(
        "overview/responses.html",
        page=page,
        count=count_responses(wanted, now),
        most_found=MOST_FOUND,
        answered=bool(page.items) or anybody_answered(),
        unsearched=count_unsearched() if wanted.words else 0,
        chosen=chosen,
        narrows=narrows,
        next_url=url_for("overview.list_responses", **chosen, cursor=page.next) if page.next else "",
        tasks=queries.tasks_of_responses([row.response for row in page.items]),
        held=[each for each in held_back() if selection.survey in (None, each.key)],
        least=K,
        selection=selection,
        wanted=wanted,
        brands=all_brands(),
        surveys=surveys,
        moods=MOODS,
        themes=THEMES,
        details=DETAILS,
        flags=FLAGS_IN_SHORT,
        groups=groups_of(surveys, selection.survey),
        dimensions=[name for name in selection.restricted if name != "theme"],
        may_export=allowed("export"),
        said=answer_in_words(wanted),
        **shown_to_role(now),
    )


@door.get("/<public_id>")
def response(public_id: str) -> ResponseReturnValue:
    """Show one response with the wording it was given to."""
    return response_page(queries.response_with_task(public_id))


@door.post("/<public_id>/comment")
def show_comment(public_id: str) -> ResponseReturnValue:
    """Show the personal data in a comment; the commit notes who looked."""
    found = queries.response_with_task(public_id)
    check_may_look(current_staff().role, is_theirs=is_theirs(found))
    db.session.commit()
    return response_page(found, unmasked=True)


def is_theirs(found: queries.Found) -> bool:
    """Tell whether the task of a response belongs to who is signed in."""
    return found.task is not None and found.task.assignee is current_staff()


def response_page(found: queries.Found, *, unmasked: bool = False) -> str:
    """Return the page of a response; `unmasked` shows the personal data in its comment."""
    further = further_of(found.response)
    return render_template(
        "overview/response.html",
        found=found,
        response=found.response,
        asked=asked_in(found.response),
        further=further,
        hides=hides_personal_data(found.response.comment, further),
        may_look=may_look(current_staff().role, is_theirs=is_theirs(found)),
        unmasked=unmasked,
        may_work=allowed("tasks"),
        may_exclude=allowed("exclude"),
        reasons=REASONS_TO_EXCLUDE,
        solved=SOLVED,
        **without_task(found),
        **shown_to_role(business_now()),
    )


@customers_door.get("/<public_id>")
def customer(public_id: str) -> ResponseReturnValue:
    """Show everything about one customer."""
    story = queries.story_of(customer_or_missing(public_id))
    merges = queries.merges_of(story.customer)
    history = permission_history(story.customer)
    replies = queries.replies_to(story.customer)
    return render_template(
        "overview/customer.html",
        story=story,
        customer=story.customer,
        zone=story.customer.brand.time_zone,
        basis=basis_of(story.customer.basis, story.customer.brand.default_basis),
        words={
            "decisions": DECISIONS,
            "reasons": REASONS,
            "bases": BASES,
            "events": EVENTS,
            "solved": SOLVED,
        },
        may_work=allowed("tasks"),
        people=people_for_tasks(),
        chronicle=chronicle(story, replies, history, merges, KINDS),
        merges=merges,
        alike=queries.likely_duplicates(story.customer),
        may={name: allowed(name) for name in ("privacy", "erase")},
        **shown_to_role(business_now()),
    )


@merge_door.post("")
def merge_customers(public_id: str) -> ResponseReturnValue:
    """Merge somebody into this customer: named by id, address or number, and found once in the same shop."""
    keeper = customer_or_missing(public_id)
    named = request.form.get("duplicate", "").strip()
    found = queries.customer_of_brand(keeper.brand_id, named) if named else []
    if len(found) != 1:
        raise NotOne(field="duplicate")
    name = found[0].display_name
    merging.merge(keeper, found[0], current_staff(), business_now())
    db.session.commit()
    flash(gettext("%(name)s was merged into this customer. It can be undone below.", name=name))
    return redirect(url_for("overview_customers.customer", public_id=public_id), 303)


@merge_door.post("/<merge_id>/undo")
def undo_merge(public_id: str, merge_id: str) -> ResponseReturnValue:
    """Take a merge back."""
    row = queries.merge_or_missing(customer_or_missing(public_id), merge_id)
    merging.undo(row, current_staff(), business_now())
    db.session.commit()
    flash(gettext("The merge is undone. What came since stays here."))
    return redirect(url_for("overview_customers.customer", public_id=public_id), 303)


@customers_door.post("/<public_id>/contact")
def contact(public_id: str) -> ResponseReturnValue:
    """Give the customer a contact of their own, or none."""
    chosen = request.form.get("contact", "")
    entrust(customer_or_missing(public_id), staff_or_missing(chosen) if chosen else None)
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for("overview_customers.customer", public_id=public_id), 303)


def without_task(found: queries.Found) -> dict[str, Any]:
    """Return why a response has no task, and the task it leads to instead; nothing when it has its own."""
    if found.task is not None:
        return {}
    is_set_aside = queries.is_set_aside(found.response)
    reason = "set_aside" if is_set_aside else why_no_task(found.response, found.analysis)
    return {"reason": reason, "why": NO_TASK[reason], "related": queries.related_task(found.response)}


def shown_to_role(now: Any) -> dict[str, Any]:
    """Return what all these pages need; `personal` says whether the reader may see who somebody is."""
    return {
        "now": now,
        "scales": SCALES,
        "personal": sees_personal_data(current_staff().role),
        "task_states": STATES,
        "outcomes": OUTCOMES,
    }


def asked_in(response: Response) -> Wording:
    """Return the questions as this respondent read them."""
    names = values_for(response.brand.name)
    return wording(response.version.definition, response.locale).filled(lambda text: put_in(text, names))


def further_of(response: Response) -> list[Said]:
    """Return the answers to the further questions; contact details only for who may see persons."""
    told = account(response.version.definition, response.answers, response.locale, response.brand.name)
    return [said for said in told if not said.is_personal or sees_personal_data(current_staff().role)]


def answer_in_words(wanted: Wanted) -> str:
    """Return the question and the answer to it that a list is narrowed to; "" without."""
    if wanted.answer is None or wanted.selection.survey is None:
        return ""
    survey, name = survey_by_key(wanted.selection.survey), CHOICE + wanted.answer
    names = choice_names(survey, wanted.selection.brand)
    return f"{names[name.rpartition('.')[0]]}: {names[name]}"


def groups_of(surveys: Sequence[Survey], chosen: str | None) -> list[str]:
    """Return the groups to choose from: those of the chosen survey's scale, or of all that are in use.

    Of all surveys together "unhappy" is no group but a mood.
    """
    kinds = [survey.kind for survey in surveys if chosen in (None, survey.key)]
    groups = dict.fromkeys(group for kind in kinds for group in GROUPS[kind])
    return [group for group in groups if chosen is not None or group != ANY_UNHAPPY]
