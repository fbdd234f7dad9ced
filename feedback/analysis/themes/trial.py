"""What a change to the phrases of one theme would do to comments that there are."""

from collections.abc import Iterable
from typing import NamedTuple

from feedback.analysis.themes.book import Mention
from feedback.analysis.themes.library import Library


class Comment(NamedTuple):
    """A comment that there is, in its language, None when nobody could tell."""

    public_id: str
    text: str
    language: str | None


class Met(NamedTuple):
    """A comment that would gain or lose the theme, with the places that say so."""

    comment: Comment
    places: list[Mention]


class Trial(NamedTuple):
    """How many comments were looked at, how many have the theme now, and which would gain or lose it."""

    looked_at: int
    now: int
    gained: list[Met]
    lost: list[Met]


def try_out(code: str, before: Library, after: Library, comments: Iterable[Comment]) -> Trial:
    """Return what becomes of a theme when one library takes the place of the other; its details count for it."""
    looked_at, now = 0, 0
    gained: list[Met] = []
    lost: list[Met] = []
    for comment in comments:
        old, new = (_places(code, library, comment) for library in (before, after))
        looked_at, now = looked_at + 1, now + bool(old)
        if new and not old:
            gained.append(Met(comment, new))
        elif old and not new:
            lost.append(Met(comment, old))
    return Trial(looked_at, now, gained, lost)


def _places(code: str, library: Library, comment: Comment) -> list[Mention]:
    found = library.mentions(comment.text, comment.language)
    return [mention for mention in found if mention.code == code or mention.code.startswith(f"{code}.")]
