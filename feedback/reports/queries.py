"""What saved views, their links and their mails ask of the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from feedback.analysis.models import PhraseBook, ReaderAtWork
from feedback.insights.queries import answers, counts_at
from feedback.insights.selection import Selection
from feedback.reports.models import ReportLink, ReportReader, SavedView, StoredReport
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import is_settled
from surveys.staff.models import StaffMember


class NoView(Missing):
    """There is no such view, or it is a colleague's own."""

    phrase = N_("There is no such view, or nobody shares it with you any more. The list has those there are.")


def views_of(staff: StaffMember) -> Sequence[SavedView]:
    """Return somebody's own views and those that colleagues share, by name."""
    query = select(SavedView).where(visible_to(staff)).options(joinedload(SavedView.owner))
    return db.session.scalars(query.order_by(func.lower(SavedView.name), SavedView.id)).all()


def view_or_missing(public_id: str, staff: StaffMember) -> SavedView:
    """Return a view that somebody may see; refuse with NoView."""
    found = db.session.scalar(select(SavedView).where(SavedView.public_id == public_id, visible_to(staff)))
    if found is None:
        raise NoView()
    return found


def own_view(public_id: str, staff: StaffMember) -> SavedView:
    """Return a view of somebody's own; refuse with NoView."""
    own = (SavedView.public_id == public_id, SavedView.owner_id == staff.id)
    found = db.session.scalar(select(SavedView).where(*own))
    if found is None:
        raise NoView()
    return found


def visible_to(staff: StaffMember) -> ColumnElement[bool]:
    """Return the condition that somebody may see a view."""
    return or_(SavedView.owner_id == staff.id, SavedView.is_shared)


def stored_of(view: SavedView) -> Sequence[StoredReport]:
    """Return what was stored of a view, the newest first."""
    query = select(StoredReport).where(StoredReport.view_id == view.id)
    query = query.options(joinedload(StoredReport.made_by))
    return db.session.scalars(query.order_by(StoredReport.number.desc())).all()


def stored_or_missing(view: SavedView, number: int) -> StoredReport:
    """Return one stored report of a view; refuse as missing."""
    found = db.session.scalar(
        select(StoredReport).where(StoredReport.view_id == view.id, StoredReport.number == number)
    )
    if found is None:
        raise Missing()
    return found


def last_number(view: SavedView) -> int:
    """Return the number of the newest stored report, 0 without any; nobody else stores one until the commit."""
    db.session.execute(select(SavedView.id).where(SavedView.id == view.id).with_for_update())
    numbers = select(func.max(StoredReport.number)).where(StoredReport.view_id == view.id)
    return db.session.scalar(numbers) or 0


def last_response_id() -> int:
    """Return the number of the newest answer, 0 before the first."""
    return db.session.scalar(select(func.max(Response.id))) or 0


def readers_now() -> dict[str, str]:
    """Return who reads comments now, and by which book of phrases; empty before the loop has run."""
    analyzer, book = (
        db.session.scalar(select(ReaderAtWork.analyzer)),
        db.session.scalar(select(PhraseBook.version)),
    )
    found = {"reader": analyzer, "phrases": None if book is None else str(book)}
    return {name: value for name, value in found.items() if value is not None}


def known_at(as_of: datetime, last_id: int) -> ColumnElement[bool]:
    """Return the condition that an answer was part of the numbers at a moment, as far as is still known.

    One that was excluded since counts; one that came in since does not, however old its date.
    """
    was_included = or_(Response.excluded_at.is_(None), Response.excluded_at > as_of)
    was_given = or_(Response.is_partial, Response.submitted_at <= as_of)
    return and_(
        Response.id <= last_id, Response.score.is_not(None), was_given, is_settled(as_of), was_included
    )


def counts_by_survey(selection: Selection, condition: ColumnElement[bool]) -> dict[str, dict[int, int]]:
    """Return how often each score was given, by the key of the survey, of the answers that meet a condition."""
    read = answers(select(Survey.key, Response.score, func.count()), selection.of(None)).where(condition)
    found: dict[str, dict[int, int]] = {}
    for key, score, n in db.session.execute(read.group_by(Survey.key, Response.score)).tuples():
        found.setdefault(key, {})[score] = n
    return found


def changed_since(selection: Selection, as_of: datetime, last_id: int, now: datetime) -> Mapping[str, int]:
    """Return how many answers of a selection were excluded, corrected or came in since a moment, by which of these."""
    old, scored = Response.id <= last_id, Response.score.is_not(None)
    conditions = {
        "excluded": and_(old, scored, Response.excluded_at > as_of),
        "corrected": and_(old, scored, Response.excluded_at.is_(None), Response.saved_at > as_of),
        "came": and_(Response.id > last_id, counts_at(now)),
    }
    return {
        name: db.session.scalar(answers(select(func.count()), selection).where(condition)) or 0
        for name, condition in conditions.items()
    }


def links_of(view: SavedView) -> Sequence[ReportLink]:
    """Return the links to a view, the newest first."""
    query = select(ReportLink).where(ReportLink.view_id == view.id).options(joinedload(ReportLink.made_by))
    return db.session.scalars(query.order_by(ReportLink.id.desc())).all()


def living_links(now: datetime) -> Sequence[ReportLink]:
    """Return every link of the installation that works at `now`, the one that ends first before the others."""
    living = (ReportLink.revoked_at.is_(None), ReportLink.expires_at > now)
    query = select(ReportLink).where(*living).options(joinedload(ReportLink.made_by))
    query = query.options(joinedload(ReportLink.view).joinedload(SavedView.owner))
    return db.session.scalars(query.order_by(ReportLink.expires_at, ReportLink.id)).all()


def reader_of(staff: StaffMember, view: SavedView | None) -> ReportReader | None:
    """Return how somebody gets a view by mail, or the monthly report without one; None when they do not."""
    which = ReportReader.view_id.is_(None) if view is None else ReportReader.view_id == view.id
    return db.session.scalar(select(ReportReader).where(ReportReader.staff_id == staff.id, which))
