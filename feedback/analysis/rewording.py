"""Change the phrases by which a theme is found."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from feedback.analysis.models import PhraseBook, ShopPhrase
from feedback.analysis.themes.own_phrases import OwnPhrase
from surveys.database import db
from surveys.staff.models import StaffMember


def reword(code: str, wanted: Collection[OwnPhrase], by: StaffMember, now: datetime) -> bool:
    """Let these be the shop's changes to one theme, and have all comments looked through again; flushes.

    Return whether anything is other than before.
    """
    known = {
        as_own(row): row for row in db.session.scalars(select(ShopPhrase).where(ShopPhrase.code == code))
    }
    if set(known) == set(wanted):
        return False
    for own, row in known.items():
        if own not in wanted:
            db.session.delete(row)
    db.session.flush()
    for own in wanted:
        if own not in known:
            db.session.add(ShopPhrase(**own._asdict(), created_at=now, created_by_id=by.id))
    book = db.session.get(PhraseBook, 1, with_for_update=True) or PhraseBook(id=1, version=0)
    book.version += 1
    book.changed_at = now
    db.session.add(book)
    db.session.flush()
    return True


def as_own(row: ShopPhrase) -> OwnPhrase:
    """Return a stored change as the book knows it."""
    return OwnPhrase(row.code, row.language, row.phrase, row.is_removed)
