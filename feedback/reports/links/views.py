"""Links to a view: made and taken back by staff, opened by anybody until they end."""

from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.insights.queries import calendar_zone
from feedback.insights.reporting import report
from feedback.insights.selection import Selection
from feedback.insights.suppression import K
from feedback.insights.themes.naming import choice_names
from feedback.insights.views import pictures
from feedback.insights.words import MOODS
from feedback.reports.asking import NoLongerOffered, asked_by
from feedback.reports.filters import chosen_words
from feedback.reports.hurting import themes_of, themes_outside
from feedback.reports.links import granting, pacing, queries
from feedback.reports.links.counting import has_too_many, told_of
from feedback.reports.links.showing import outside
from feedback.reports.looking import earlier_name, explored
from feedback.reports.models import EXPLORE, INSIGHTS, RESPONSES, THEMES, ReportLink, SavedView
from feedback.reports.queries import view_or_missing
from feedback.reports.views import names as view_names
from feedback.reports.views import view_page
from surveys import tokens
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.doors import RecipientDoor
from surveys.errors import N_, Missing, Refusal
from surveys.filters import day
from surveys.staff.door import StaffDoor, allowed, current_staff

deeds_door = StaffDoor("report_links", __name__, permission="export", url_prefix="/insights/reports")
door = RecipientDoor("shared_report", __name__)


class LinkUnknown(Missing):
    """Nobody was ever given such a link, or what it led to was thrown away."""

    phrase = N_(
        "There is no report behind this link. Check it for a missing piece, or ask whoever gave it to you."
    )


class LinkOver(Refusal):
    """The link has ended or was taken back."""

    status = 410
    phrase = N_("This link worked until %(day)s. Ask whoever gave it to you for a new one.")


class MakerGone(Refusal):
    """Who made the link has no account any more, or may not hand reports on."""

    status = 410
    phrase = N_(
        "This link works no more: who made it may no longer hand out reports. Ask the shop for a new one."
    )


class ReportGone(Refusal):
    """A filter of the view is no longer on offer."""

    status = 410
    heading = N_("This report is no longer there")
    phrase = N_("This report can no longer be counted. Ask whoever gave you the link for a new one.")


class TooManyLooks(Refusal):
    """Somebody, or a program, opens the page again and again; each look counts all answers anew."""

    status = 429
    phrase = N_("This report is opened very often at the moment. Wait a minute, then load the page again.")


@deeds_door.post("/<public_id>/links")
def grant(public_id: str) -> ResponseReturnValue:
    """Make a link to a view and show it, once."""
    view = view_or_missing(public_id, current_staff())
    days = request.form.get("days", "")
    length = int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0
    secret = current_app.config["LINK_SECRETS"][0]
    _link, token = granting.grant(view, length, current_staff(), business_now(), secret)
    db.session.commit()
    address = f"{current_app.config['SETTINGS'].base_url}{url_for('shared_report.shared', token=token)}"
    return view_page(view, new_link=address)


@deeds_door.post("/<public_id>/links/<link_id>/revoke")
def revoke(public_id: str, link_id: str) -> ResponseReturnValue:
    """Let a link work no more; admins may take back anybody's."""
    link = queries.link_or_missing(link_id, current_staff(), any_of_all=allowed("staff"))
    if link.view.public_id != public_id:
        raise Missing()
    granting.revoke(link, business_now())
    db.session.commit()
    flash(gettext("The link works no more."))
    seen = link.view.is_shared or link.view.owner_id == current_staff().id
    place = (
        url_for("reports.view", public_id=public_id, _anchor="links") if seen else url_for("reports.reports")
    )
    return redirect(place, 303)


@door.after_request
def say_when(response: Response) -> Response:
    """Tell programs that came too often when to come again."""
    if response.status_code == TooManyLooks.status:
        response.headers["Retry-After"] = str(pacing.MINUTE // timedelta(seconds=1))
    return response


@door.get("/shared/<token>")
def shared(token: str) -> ResponseReturnValue:
    """Show a view in numbers and a chart to whoever has the link; of the visitor nothing is kept but the time."""
    now = business_now()
    enter(living(token), now)
    link = living(token)
    view = link.view
    try:
        selection = asked_by(view, now)
        told = PAGES[view.page](view, selection, now)
    except NoLongerOffered:
        raise ReportGone() from None
    return render_template(
        "reports/shared.html",
        view=view,
        what=" · ".join(chosen_words(view, view_names())),
        link=link,
        days=selection.days,
        zone=selection.zone,
        least=K,
        **(NOTHING_TOLD | told),
        now=now,
    )


def enter(link: ReportLink, now: datetime) -> None:
    """Take the place of one look and note that the link was used; refuse with TooManyLooks, which writes nothing."""
    real, link_id, is_noted = real_now(), link.id, granting.is_to_be_noted(link, now)
    if not pacing.has_place(link.next_at, real):
        raise TooManyLooks()
    db.session.rollback()
    begin_writing()
    if not pacing.take_place(link_id, real):
        raise TooManyLooks()
    if is_noted:
        queries.note_use(link_id, now)
    db.session.commit()


def of_report(view: SavedView, selection: Selection, now: datetime) -> dict[str, Any]:
    """Return what a link to a view of the overview or of Explore shows."""
    found, looked = report(selection, now), explored(view, selection, now)
    shown = outside(found) if found is not None else None
    return {
        "shown": shown,
        "pictures": pictures(shown.report, marked=False) if shown else {},
        "looked": looked,
        "earlier": earlier_name(looked, selection, view) if looked else "",
        "by": view.query.get("by", ""),
        "choice_names": choice_names(found.focus.survey, selection.brand) if found and looked else {},
    }


def of_themes(view: SavedView, selection: Selection, now: datetime) -> dict[str, Any]:
    """Return what a link to a view of What hurts shows."""
    found = themes_outside(themes_of(view, selection, now))
    return {
        "themes": found,
        "choice_names": choice_names(found.focus.survey, selection.brand) if found else {},
    }


def of_list(view: SavedView, selection: Selection, now: datetime) -> dict[str, Any]:
    """Return what a link to a list of responses shows: how many there are, never what they say."""
    told = told_of(view, selection, now)
    return {"fit": told, "moods": MOODS, "too_many": has_too_many(view, selection)}


PAGES = {INSIGHTS: of_report, EXPLORE: of_report, THEMES: of_themes, RESPONSES: of_list}
NOTHING_TOLD: dict[str, Any] = dict.fromkeys(("shown", "looked", "themes", "fit", "too_many"))


def living(token: str) -> ReportLink:
    """Return the link that works now; refuse with LinkOver or MakerGone.

    Refuses with LinkUnknown what nobody was given; a forged one asks the database nothing.
    """
    called = tokens.read(tokens.REPORT, token, current_app.config["LINK_SECRETS"])
    link = queries.link_by(token.strip(tokens.TRAILING)) if called is not None else None
    if link is None or link.public_id != called:
        raise LinkUnknown()
    ended = min(link.expires_at, link.revoked_at or link.expires_at)
    if ended <= business_now():
        raise LinkOver(day=day(ended, calendar_zone(None).key))
    if not granting.has_its_maker(link):
        raise MakerGone()
    return link
