"""Keep a view under a name, change it, hand it to the team, throw it away."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from feedback.insights.selection import Selection
from feedback.reports.models import INSIGHTS, SavedView
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.responses.comments import without_controls
from surveys.staff.models import StaffMember

MOST = 100
LONGEST_NAME = 60
NOTHING: Mapping[str, str] = MappingProxyType({})


class NameMissing(Refusal):
    """A view is found by its name."""

    phrase = N_("Give the view a name of up to 60 characters.")


class NameTaken(Conflict):
    """One name stands for one view."""

    phrase = N_("You have a view of this name already. Choose another name, or throw that one away first.")


class TooManyViews(Conflict):
    """Nobody finds anything in a longer list."""

    phrase = N_("You have 100 views already. Throw one away first.")


def keep(
    name: str,
    selection: Selection,
    now: datetime,
    *,
    by: StaffMember,
    moves: bool,
    shared: bool = False,
    page: str = INSIGHTS,
    choices: Mapping[str, str] = NOTHING,
) -> SavedView:
    """Keep what is selected under a name; with `moves` its days always end today.

    `choices` are what the page chooses beside the selection (`choosing.choices_of`). Refuses with NameMissing,
    NameTaken or TooManyViews.
    """
    name = checked(name, by)
    own = select(func.count()).select_from(SavedView).where(SavedView.owner_id == by.id)
    if (db.session.scalar(own) or 0) >= MOST:
        raise TooManyViews(field="name")
    length = selection.days.length if moves and selection.days else None
    days: dict[str, str | None] = {"since": None, "until": None} if length else {}
    view = SavedView(
        owner=by,
        name=name,
        page=page,
        query=selection.query(**days, **choices),
        last_days=length,
        is_shared=shared,
        made_at=now,
        changed_at=now,
    )
    db.session.add(view)
    store()
    return view


def change(view: SavedView, name: str, shared: bool, now: datetime) -> None:
    """Give a view another name, or let the team see it or no longer; refuse with NameMissing or NameTaken."""
    view.name = checked(name, view.owner, but=view)
    view.is_shared, view.changed_at = shared, now
    store()


def store() -> None:
    """Store what was said of a view; refuse with NameTaken when the same name was saved a moment ago."""
    try:
        db.session.flush()
    except IntegrityError:
        raise NameTaken(field="name") from None


def throw_away(view: SavedView) -> None:
    """Forget a view with everything that was stored of it, its links and its digests."""
    db.session.delete(view)
    db.session.flush()


def checked(name: str, owner: StaffMember, but: SavedView | None = None) -> str:
    """Return a name as it is kept, fit to be the subject of a mail.

    Refuses one that is missing, too long or the name of another view of theirs.
    """
    name = " ".join(without_controls(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing(field="name")
    same = select(SavedView.id).where(SavedView.owner_id == owner.id, SavedView.name == name)
    if but is not None:
        same = same.where(SavedView.id != but.id)
    if db.session.scalar(same) is not None:
        raise NameTaken(field="name")
    return name
