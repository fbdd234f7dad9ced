"""Say who has read a language's sentences, and whether it is used."""

from datetime import datetime

from surveys.database import db
from surveys.errors import Missing
from surveys.languages.models import CustomerLanguage
from surveys.locales import ADDED
from surveys.staff.models import StaffMember


def review(language: str, by: StaffMember | None, now: datetime) -> None:
    """Note that a native speaker has read the sentences, as `by` says; None takes that back."""
    row = decision_about(language)
    row.reviewed_by = by
    row.reviewed_at = now if by is not None else None
    db.session.flush()


def use(language: str, is_on: bool | None) -> None:
    """Write to customers in this language or not; None leaves it to the review."""
    decision_about(language).is_on = is_on
    db.session.flush()


def decision_about(language: str) -> CustomerLanguage:
    """Return the row of an added language, made where it is missing; refuse others as missing."""
    if language not in ADDED:
        raise Missing()
    row = db.session.get(CustomerLanguage, language)
    if row is None:
        row = CustomerLanguage(key=language)
        db.session.add(row)
    return row
