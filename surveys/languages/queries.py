"""What is decided about languages, and which one a customer is written to in."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from surveys.database import db
from surveys.languages.models import CustomerLanguage
from surveys.locales import ADDED, LANGUAGES


def decided_languages() -> dict[str, CustomerLanguage]:
    """Return what is decided about the added languages; without those about which nothing is."""
    rows = db.session.scalars(select(CustomerLanguage).options(joinedload(CustomerLanguage.reviewed_by)))
    return {row.key: row for row in rows}


def is_used(language: str) -> bool:
    """Return whether customers are written to in an added language."""
    row = db.session.get(CustomerLanguage, language)
    return row is not None and row.is_used


def language_for(*wanted: str | None, spoken: Collection[str]) -> str:
    """Return the first of the tags (such as `fr-CH`) that is `spoken`, else English, else the first that is.

    An added language counts only where it is used, unless no other is spoken: what is said around a question is
    never in another language than the question. For customers of English and German the database is not asked.
    """
    for tag in wanted:
        language = (tag or "").lower().replace("_", "-").partition("-")[0]
        if language in spoken and (language in LANGUAGES or (language in ADDED and is_used(language))):
            return language
    if LANGUAGES[0] in spoken:
        return LANGUAGES[0]
    return next((each for each in spoken if each in LANGUAGES or is_used(each)), next(iter(spoken)))
