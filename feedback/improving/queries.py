"""What improvements ask: themselves, who raised their subject, and how often."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from feedback.analysis.models import THEME as KIND_THEME
from feedback.analysis.models import Analysis, Mention, is_current
from feedback.follow_up.models import Task
from feedback.follow_up.queries import IS_OPEN
from feedback.improving.models import Improvement, ImprovementExample, ImprovementReminder
from feedback.improving.states import State
from feedback.improving.subjects import THEME, Subject
from feedback.insights.queries import AT, answers, counts_at
from feedback.insights.selection import Selection
from feedback.insights.themes.counting import FIRST_LEVEL
from feedback.notices.queries import told_lately
from surveys.brand.models import Brand
from surveys.cursor import Page, decode, page_of
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.responses.models import Response
from surveys.scales import groups_in
from surveys.work import not_set_aside


class NoImprovement(Missing):
    """There is no improvement of this id."""

    phrase = N_("There is no such improvement. The page of improvements lists those there are.")


COMPLAINS = Mention.polarity < 0
AT_HAND = (joinedload(Improvement.survey), joinedload(Improvement.brand), joinedload(Improvement.owner))


def improvement_or_missing(public_id: str, *, locked: bool = False) -> Improvement:
    """Return one improvement, locked for a change if wanted; refuse as missing."""
    wanted = select(Improvement).where(Improvement.public_id == public_id).options(*AT_HAND)
    if locked:
        wanted = wanted.with_for_update(of=Improvement).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NoImprovement()
    return found


def every_improvement() -> Sequence[Improvement]:
    """Return all of them, those that were changed last first."""
    newest = (
        select(Improvement).options(*AT_HAND).order_by(Improvement.changed_at.desc(), Improvement.id.desc())
    )
    return db.session.scalars(newest).all()


def checks_of(since: datetime, until: datetime, last_day: date, brand: str | None) -> Sequence[Improvement]:
    """Return what was judged between two moments, and what is to be checked by a day, of one shop or of all."""
    judged = and_(Improvement.judged_at >= since, Improvement.judged_at < until)
    due = and_(Improvement.state == State.IN_EFFECT, Improvement.check_on <= last_day)
    wanted = select(Improvement).where(or_(judged, due)).options(*AT_HAND)
    found = db.session.scalars(wanted.order_by(Improvement.check_on, Improvement.id)).all()
    return [each for each in found if brand is None or each.brand is None or each.brand.key == brand]


def page_of_improvements(
    limit: int, cursor: str | None, state: str | None, brand: str | None
) -> Page[Improvement]:
    """Return one page of improvements, the newest first; refuse a damaged cursor."""
    wanted = select(Improvement).options(*AT_HAND, selectinload(Improvement.examples))
    if state is not None:
        wanted = wanted.where(Improvement.state == state)
    if brand is not None:
        wanted = wanted.where(
            Improvement.brand_id == select(Brand.id).where(Brand.key == brand).scalar_subquery()
        )
    if cursor is not None:
        (number,) = decode(cursor, int)
        wanted = wanted.where(Improvement.id < number)
    rows = db.session.scalars(wanted.order_by(Improvement.id.desc()).limit(limit + 1))
    return page_of(list(rows), limit, lambda each: (each.id,))


def published(brand: Brand) -> Sequence[Improvement]:
    """Return what a shop has published, the latest first."""
    theirs = or_(Improvement.brand_id == brand.id, Improvement.brand_id.is_(None))
    wanted = select(Improvement).where(Improvement.published_at.is_not(None), theirs)
    latest = wanted.order_by(Improvement.published_at.desc(), Improvement.id.desc())
    return db.session.scalars(latest.options(selectinload(Improvement.texts))).all()


def in_effect_until(job: str, day: date) -> Sequence[Improvement]:
    """Return those in effect whose check is on that day or was before, the longest ago first; none set aside."""
    due = (
        Improvement.state == State.IN_EFFECT,
        Improvement.check_on <= day,
        not_set_aside(job, Improvement.id),
    )
    wanted = select(Improvement).where(*due).order_by(Improvement.check_on, Improvement.id)
    return db.session.scalars(wanted.options(joinedload(Improvement.brand))).all()


def in_effect_for_update(row_id: int) -> Improvement | None:
    """Return one improvement, locked, if it is in effect still."""
    wanted = select(Improvement).where(Improvement.id == row_id, Improvement.state == State.IN_EFFECT)
    locked = wanted.with_for_update(of=Improvement).execution_options(populate_existing=True)
    return db.session.scalar(locked)


def due_reminders(now: datetime) -> int:
    """Count reminders that should have left by now."""
    return db.session.scalar(select(func.count()).where(ImprovementReminder.due_at <= now)) or 0


def improvement_news(staff_id: int, now: datetime) -> Sequence[ImprovementReminder]:
    """Return what somebody was told of improvements lately, the newest first."""
    along = (joinedload(ImprovementReminder.improvement),)
    return told_lately(ImprovementReminder, staff_id, now, along)


def raises(subject: Subject) -> ColumnElement[bool]:
    """Return the condition that an answer raised the subject.

    A comment raises a theme where the clause that mentions it is unhappy: praise, and what only names it, raises
    nothing. A cause is raised by the answer that a task with this cause is about, as somebody of the team has found.
    """
    if subject.about == THEME:
        mentioned = select(Analysis.response_id).join(Mention).where(Mention.kind == KIND_THEME, COMPLAINS)
        mentioned = mentioned.where(Mention.code.in_(subject.codes))
        return and_(Response.analysed_at.is_not(None), Response.id.in_(mentioned))
    return exists().where(Task.response_id == Response.id, _has_cause(subject.code))


def raised_count(selection: Selection, subject: Subject, now: datetime) -> int:
    """Return how many counted answers of a selection raised the subject."""
    return db.session.scalar(_counted(selection, now).where(raises(subject))) or 0


def unsettled_count(selection: Selection, now: datetime) -> int:
    """Return how many counted answers of a selection have an open task of which nobody said the cause yet."""
    undecided = exists().where(Task.response_id == Response.id, Task.cause.is_(None), IS_OPEN)
    return db.session.scalar(_counted(selection, now).where(undecided)) or 0


def raisers(selection: Selection, subject: Subject, now: datetime) -> Sequence[Response]:
    """Return the counted answers that raised the subject, the newest first."""
    wanted = answers(select(Response), selection).where(counts_at(now), raises(subject))
    wanted = wanted.options(joinedload(Response.customer), joinedload(Response.brand))
    return db.session.scalars(wanted.order_by(AT.desc(), Response.id.desc())).unique().all()


def telling_ones(selection: Selection, subject: Subject, now: datetime, limit: int) -> Sequence[int]:
    """Return the answers that raise it and have a comment, by their ids; unhappy ones first, of those the newest."""
    wanted = answers(select(Response.id), selection).where(counts_at(now), raises(subject))
    wanted = wanted.where(Response.comment.is_not(None))
    # A happy customer may complain of it as well, but stands for it less plainly.
    mood = case((Response.group.in_(groups_in("unhappy")), 0), else_=1)
    return db.session.scalars(wanted.order_by(mood, AT.desc(), Response.id.desc()).limit(limit)).all()


def themes_raised(selection: Selection, now: datetime) -> list[tuple[str, int]]:
    """Return the themes that counted answers complain of with how many do, of both levels, the most frequent first.

    Whoever complains of a detail complains of its theme, and is counted there once, as in `raises`. Of two that say the
    same the detail comes first, because it says more.
    """
    found = []
    for code, which in ((FIRST_LEVEL, true()), (Mention.code, Mention.code != FIRST_LEVEL)):
        counted = answers(select(code, func.count(Response.id.distinct())), selection)
        counted = counted.join(Analysis, is_current()).join(Mention, Mention.analysis_id == Analysis.id)
        counted = counted.where(counts_at(now), Mention.kind == KIND_THEME, COMPLAINS, which)
        found += _by_number(counted.group_by(code))
    return sorted(found, key=lambda each: (-each[1], "." not in each[0], each[0]))


def causes_found(selection: Selection, now: datetime) -> list[tuple[str, int]]:
    """Return the causes of tasks about counted answers with how many have each, of both levels."""
    found = []
    for column in (Task.cause, Task.cause_detail):
        counted = answers(select(column, func.count()), selection).join(Task, Task.response_id == Response.id)
        found += _by_number(counted.where(counts_at(now), column.is_not(None)).group_by(column))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def examples_of(improvement: Improvement) -> list[tuple[Response, Analysis | None]]:
    """Return the answers kept as examples that are still there, each with its reading."""
    wanted = (
        select(Response, Analysis)
        .join(ImprovementExample, ImprovementExample.response_id == Response.id)
        .outerjoin(Analysis, is_current())
        .where(ImprovementExample.improvement_id == improvement.id, Response.comment.is_not(None))
        .options(joinedload(Response.survey), joinedload(Response.customer), selectinload(Analysis.mentions))
    )
    return list(db.session.execute(wanted.order_by(ImprovementExample.id)).tuples())


def _counted(selection: Selection, now: datetime) -> Select[Any]:
    return answers(select(func.count()), selection).where(counts_at(now))


def _has_cause(code: str) -> ColumnElement[bool]:
    """Return the condition that a task has a cause of either level."""
    return Task.cause_detail == code if "." in code else Task.cause == code


def _by_number(found: Select[Any]) -> list[tuple[str, int]]:
    rows = db.session.execute(found).tuples().all()
    return sorted(rows, key=lambda each: (-each[1], each[0]))
