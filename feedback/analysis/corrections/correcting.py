"""Correct the reading of a comment: its label, and which themes belong to it."""

from datetime import datetime

from sqlalchemy import select

from feedback.analysis.corrections.overruling import let_label_stand
from feedback.analysis.mentioning import note_themes
from feedback.analysis.models import LABEL, THEME, Analysis, Correction, is_current
from feedback.analysis.queries import current_library
from surveys.code_book.themes import DETAILS, THEMES
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

RIGHT_LABELS = ("negative", "neutral", "positive", "mixed", "no_opinion")


class NothingToCorrect(Refusal):
    """There is no reading that could be wrong."""

    status = 409
    phrase = N_("This comment is gone, or nobody has read it yet. Try again in a moment.")


class NoSuchReading(Refusal):
    """A person cannot mean what is no label and no theme."""

    phrase = N_(
        "A comment is negative, neutral, positive, mixed or without an opinion; themes are those of the code book."
    )


def correct_label(response: Response, label: str, by: StaffMember, now: datetime) -> None:
    """Let `label` be the right one for the comment; the reader's own is kept to measure it by; flushes.

    A label equal to the one that was read says that it was right.
    """
    if label not in RIGHT_LABELS:
        raise NoSuchReading(field="label")
    analysis = reading_to_correct(response)
    if analysis.read_as is not None:  # What the reader said comes back from under an earlier correction.
        analysis.label = analysis.read_as
    keep(analysis, LABEL, "", label, by, now)
    let_label_stand(analysis)
    db.session.flush()


def correct_theme(response: Response, code: str, belongs: bool, by: StaffMember, now: datetime) -> None:
    """Let the theme belong to the comment, or not; flushes."""
    if code not in THEMES and code not in DETAILS:
        raise NoSuchReading(field="theme")
    analysis = reading_to_correct(response)
    keep(analysis, THEME, code, "yes" if belongs else "no", by, now)
    clauses = [(int(start), int(end), polarity) for start, end, polarity in analysis.clauses]
    note_themes(analysis, response.comment or "", clauses, current_library())


def reading_to_correct(response: Response) -> Analysis:
    """Return the reading of a comment that is there and has been read, held until the commit; refuse others."""
    theirs = select(Analysis).join(Response, is_current()).where(Response.id == response.id)
    found = db.session.scalar(theirs.with_for_update(of=Analysis))
    if found is None or not (response.comment or "").strip():
        raise NothingToCorrect()
    return found


def keep(analysis: Analysis, kind: str, code: str, value: str, by: StaffMember, now: datetime) -> None:
    """Store what a person said over what was said before of the same; the first saying keeps what was read then."""
    same = (Correction.response_id == analysis.response_id, Correction.kind == kind, Correction.code == code)
    row = db.session.scalar(select(Correction).where(*same)) or Correction(
        response_id=analysis.response_id,
        kind=kind,
        code=code,
        read_as=analysis.label if kind == LABEL else "yes" if has(analysis, code) else "no",
        sureness=analysis.confidence if kind == LABEL else None,
        analyzer=analysis.analyzer,
    )
    row.value, row.by_id, row.at = value, by.id, now
    db.session.add(row)
    db.session.flush()


def has(analysis: Analysis, code: str) -> bool:
    """Tell whether the theme was found in the comment."""
    return any(theme.code == code for theme in analysis.themes)
