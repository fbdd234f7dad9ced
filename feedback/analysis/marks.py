"""A comment in pieces: those that matched a phrase, and what lies between; and its themes, each once."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from feedback.analysis.sentiment import mood_of


class Place(Protocol):
    """A mention, as it is kept or as it is found."""

    @property
    def code(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def polarity(self) -> float | None: ...


class Piece(NamedTuple):
    """A stretch of a comment, and whether it is to be marked."""

    text: str
    is_marked: bool


class Theme(NamedTuple):
    """A theme of a comment, and how it sounds where it sounds worst: negative, neutral, positive; None if unknown."""

    code: str
    mood: str | None


def pieces(comment: str, places: Iterable[Place]) -> list[Piece]:
    """Return the whole comment in pieces; places that overlap are one, those outside of it are left out."""
    found: list[Piece] = []
    behind = 0
    for start, end in _joined(comment, places):
        if start > behind:
            found.append(Piece(comment[behind:start], False))
        found.append(Piece(comment[start:end], True))
        behind = end
    if behind < len(comment):
        found.append(Piece(comment[behind:], False))
    return found


def themes(places: Iterable[Place]) -> list[Theme]:
    """Return the themes in the order in which they are first mentioned."""
    worst: dict[str, float | None] = {}
    for place in sorted(places, key=lambda place: place.start):
        known = worst.get(place.code)
        both = [polarity for polarity in (known, place.polarity) if polarity is not None]
        worst[place.code] = min(both, default=None)
    return [Theme(code, None if low is None else mood_of(low)) for code, low in worst.items()]


def _joined(comment: str, places: Iterable[Place]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted((place.start, min(place.end, len(comment))) for place in places):
        if start >= end:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
