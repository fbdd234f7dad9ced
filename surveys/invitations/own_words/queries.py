"""What pages and letters ask about a touchpoint's own words."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.own_words.models import LetterWords


def words_of(touchpoint_id: int | None, language: str) -> LetterWords | None:
    """Return a touchpoint's own words in a language, None when it has none there."""
    same = (LetterWords.touchpoint_id == touchpoint_id, LetterWords.language == language)
    return db.session.scalar(select(LetterWords).where(*same))


def all_words_of(touchpoint: Touchpoint) -> dict[str, LetterWords]:
    """Return a touchpoint's own words by language."""
    found = select(LetterWords).where(LetterWords.touchpoint_id == touchpoint.id)
    return {words.language: words for words in db.session.scalars(found)}


class Tried(NamedTuple):
    """How a subject fared: letters that left, and those that were answered."""

    sent: int
    answered: int


class Comparison(NamedTuple):
    """Two subjects of one touchpoint and language, and how each fared since they are compared."""

    touchpoint: Touchpoint
    language: str
    subjects: tuple[str, str]
    since: datetime
    tried: tuple[Tried, Tried]


def comparisons() -> list[Comparison]:
    """Return every two subjects that are being compared; who was asked by a reminder too counts as asked."""
    pairs = select(LetterWords, Touchpoint).join(Touchpoint, Touchpoint.id == LetterWords.touchpoint_id)
    found = []
    for words, touchpoint in db.session.execute(
        pairs.where(LetterWords.compared_since.is_not(None)).order_by(Touchpoint.name, LetterWords.language)
    ):
        fared = fared_of(touchpoint, words.language, words.compared_since)
        subjects = (words.subject or "", words.second_subject or "")
        found.append(Comparison(touchpoint, words.language, subjects, words.compared_since, fared))
    return found


def fared_of(touchpoint: Touchpoint, language: str, since: datetime) -> tuple[Tried, Tried]:
    """Return how the first and the second subject fared among the letters that left since then, tests left out."""
    counted = (
        select(Invitation.variant, func.count(), func.count(Invitation.answered_at))
        .where(
            Invitation.touchpoint_id == touchpoint.id,
            Invitation.locale == language,
            Invitation.sent_at >= since,
            Invitation.is_test.is_(False),
            Invitation.variant.is_not(None),
        )
        .group_by(Invitation.variant)
    )
    fared = {variant: Tried(sent, answered) for variant, sent, answered in db.session.execute(counted)}
    return fared.get("a", Tried(0, 0)), fared.get("b", Tried(0, 0))


def somebody_of(brand_id: int) -> Purchase | None:
    """Return the newest order of a brand whose customer can be written to, to try letters on."""
    newest = (
        select(Purchase)
        .join(Purchase.customer)
        .where(Purchase.brand_id == brand_id, Customer.email.is_not(None))
        .order_by(Purchase.id.desc())
    )
    return db.session.scalar(newest.limit(1))
