"""What saved views, their links and their mails ask of the database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from feedback.analysis.models import THEME, Analysis, Mention, PhraseBook, ReaderAtWork, is_current
from feedback.insights.queries import answers, counts_at
from feedback.insights.selection import Selection
from feedback.reports.models import ReportLink, ReportReader, SavedView, StoredReport
from surveys.code_book.themes import THEMES
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import held_back, is_settled
from surveys.scales import groups_in
from surveys.staff.models import StaffMember

NO_COMPLAINTS = ("PRAISE", "OTHER")
# The theme that a detail belongs to.
FAMILY: ColumnElement[str] = case(
    *((Mention.code.like(f"{theme}.%"), literal(theme)) for theme in THEMES), else_=Mention.code
)


class NoView(Missing):
    """There is no such view, or it is a colleague's own."""

    phrase = N_("There is no such view, or nobody shares it with you any more. The list has those there are.")


class Complaint(NamedTuple):
    """A theme that unhappy answers speak of: in how many of them, and how many unhappy comments were read in all."""

    code: str
    n: int
    of: int


class Mentioned(NamedTuple):
    """How many unhappy answers speak of each theme, its details included, and of each detail; and how many there are."""

    themes: Mapping[str, int]
    details: Mapping[str, int]
    of: int

    def complaints(self) -> list[Complaint]:
        """Return the themes, the most frequent first, each once.

        Where half of a theme's answers or more speak of one detail of it, the detail stands for the theme.
        """
        found = []
        for theme, n in self.themes.items():
            parts = [(count, code) for code, count in self.details.items() if code.startswith(f"{theme}.")]
            most, detail = max(parts, default=(0, theme))
            found.append(self.complaint(detail if 2 * most >= n else theme))
        return sorted(found, key=lambda each: (-each.n, each.code))

    def complaint(self, code: str) -> Complaint:
        """Return one theme or detail, with 0 where nobody speaks of it."""
        return Complaint(code, (self.details if "." in code else self.themes).get(code, 0), self.of)


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


def mentioned(selection: Selection, now: datetime) -> Mentioned:
    """Return in how many unhappy answers of a selection each theme and each detail stands.

    Praise is left out, and so are surveys whose answers are held back.
    """
    held = [survey.id for survey in held_back()]
    unhappy = (
        counts_at(now),
        Response.group.in_(groups_in("unhappy")),
        *([Response.survey_id.not_in(held)] if held else []),
    )
    heard = answers(select(func.count()), selection).join(Analysis, is_current()).where(*unhappy)
    themes, details = _mentions(selection, unhappy, FAMILY), _mentions(selection, unhappy, Mention.code)
    return Mentioned(themes, details, db.session.scalar(heard) or 0)


def complaints(selection: Selection, now: datetime) -> list[Complaint]:
    """Return what the unhappy answers of a selection speak of, see `Mentioned.complaints`."""
    return mentioned(selection, now).complaints()


def _mentions(
    selection: Selection,
    unhappy: Iterable[ColumnElement[bool]],
    by: ColumnElement[str] | InstrumentedAttribute[str],
) -> dict[str, int]:
    """Return how many of the unhappy answers speak of each theme or detail."""
    read = answers(select(by, func.count(Response.id.distinct())), selection)
    read = read.join(Analysis, is_current()).join(Mention, Mention.analysis_id == Analysis.id)
    read = read.where(*unhappy, Mention.kind == THEME, by.not_in(NO_COMPLAINTS)).group_by(by)
    return dict(db.session.execute(read).tuples().all())
