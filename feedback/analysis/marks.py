"""A comment in pieces: what it is about, the words that decided how it was read, what lies between; and its themes."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, Protocol

from feedback.analysis.sentiment import mood_of

# What a stretch of a comment stands for: what the comment is about, what the customer wants, or a pull on the
# reading, up or down.
ABOUT, WANTS, GOOD, BAD = "about", "wants", "good", "bad"
DECIDED = frozenset({GOOD, BAD})
WORST_FIRST = ("negative", None, "neutral", "positive")


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
    @property
    def is_learnt(self) -> bool: ...


class Span(NamedTuple):
    """`comment[start:end]` stands for something: ABOUT, WANTS, GOOD or BAD."""

    role: str
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of a comment, and all that it stands for."""

    text: str
    roles: frozenset[str]

    @property
    def is_about(self) -> bool:
        """Whether it says what the comment is about."""
        return ABOUT in self.roles

    @property
    def is_wish(self) -> bool:
        """Whether it says what the customer wants or threatens."""
        return WANTS in self.roles

    @property
    def has_ground(self) -> bool:
        """Whether it stands on a ground of its own: what it is about, or what the customer wants."""
        return self.is_about or self.is_wish

    @property
    def pull(self) -> str | None:
        """Where it pulled the reading: GOOD, BAD or None."""
        return GOOD if GOOD in self.roles else BAD if BAD in self.roles else None


class Theme(NamedTuple):
    """A theme of a comment, and how it sounds where it sounds worst: negative, neutral, positive; None if unknown.

    `is_learnt`: no words say so, corrections of other comments do.
    """

    code: str
    mood: str | None
    is_learnt: bool = False


def pieces(comment: str, spans: Iterable[Span]) -> list[Piece]:
    """Return the whole comment in pieces, each with its roles; what lies outside of the comment is left out.

    A word that decided is never cut, so that its sign stands once: a span that ends within it takes it in. Of two such
    words that overlap the first stays.
    """
    within = [Span(role, start, min(end, len(comment))) for role, start, end in spans]
    within = sorted((span for span in within if 0 <= span.start < span.end), key=lambda span: span.start)
    deciding = _apart(span for span in within if span.role in DECIDED)
    kept = [span for span in within if span.role not in DECIDED] + deciding
    cuts = {0, len(comment)} | {edge for span in kept for edge in (span.start, span.end)}
    cuts -= {cut for cut in cuts for word in deciding if word.start < cut < word.end}
    found: list[Piece] = []
    for start, end in pairwise(sorted(cuts)):
        roles = frozenset(span.role for span in kept if span.start < end and start < span.end)
        if found and found[-1].roles == roles:
            found[-1] = Piece(found[-1].text + comment[start:end], roles)
        else:
            found.append(Piece(comment[start:end], roles))
    return found


def themes(places: Iterable[Place]) -> list[Theme]:
    """Return the themes in the order in which they are first mentioned."""
    worst: dict[str, float | None] = {}
    ordered = sorted(places, key=lambda place: place.start)
    learnt = {place.code for place in ordered if place.is_learnt}
    for place in ordered:
        known = worst.get(place.code)
        both = [polarity for polarity in (known, place.polarity) if polarity is not None]
        worst[place.code] = min(both, default=None)
    return [Theme(code, None if low is None else mood_of(low), code in learnt) for code, low in worst.items()]


def worst_first(found: Iterable[Theme]) -> list[Theme]:
    """Return themes with those that sound bad first, for comments that also praise; else their order stays."""
    return sorted(found, key=lambda theme: WORST_FIRST.index(theme.mood))


def _apart(words: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for word in words:
        if not kept or kept[-1].end <= word.start:
            kept.append(word)
    return kept
