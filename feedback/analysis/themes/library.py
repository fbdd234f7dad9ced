"""The books of all languages together, and under which version they are kept."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from feedback.analysis.themes.book import Book, Mention
from feedback.analysis.themes.learnt import LearntThemes
from feedback.analysis.themes.shipped import LANGUAGES, REVISION, book_of
from surveys.personal_data import personal_data


class Library(NamedTuple):
    """A book for each language, and what was learnt upon them; `version` changes with every phrase and lesson."""

    version: str
    books: Mapping[str, Book]
    learnt: LearntThemes | None = None

    def mentions(self, comment: str, language: str | None) -> list[Mention]:
        """Return what a comment mentions; one whose language nobody could tell is looked up in every book.

        In a language without a book nothing is found, and nothing in personal data: a phrase that is a name would
        tell who wrote.
        """
        books = self.books.values() if language is None else (self.books.get(language[:2].lower()),)
        found = {mention[:3]: mention for book in books if book for mention in book.mentions(comment)}
        covered = personal_data(comment) if found else []
        places = sorted(found, key=lambda place: (place[1], place[2], place[0]))
        return [
            found[place]
            for place in places
            if not any(piece.start < place[2] and place[1] < piece.end for piece in covered)
        ]


@cache
def shipped() -> Library:
    """Return the books as they are shipped."""
    return Library(f"{REVISION}.0", {language: book_of(language) for language in LANGUAGES})
