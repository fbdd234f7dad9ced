"""How each mention feels: as the clause it stands in, when that clause was read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from feedback.analysis.themes.book import Mention

ClausePolarity = tuple[int, int, float | None]
BELOW = 1.0  # no polarity is higher


class Felt(NamedTuple):
    """A mention with the polarity of its clause, -1 to 1; None when nobody could tell.

    One that was learnt (`learnt`) has no words, and no place: start and end are 0.
    """

    code: str
    start: int
    end: int
    polarity: float | None
    is_learnt: bool = False


def felt(
    mentions: Iterable[Mention], clauses: Sequence[ClausePolarity], whole: float | None = None
) -> list[Felt]:
    """Return the mentions with the polarity of the clause that begins last before each; `whole` where none does.

    `clauses` are (start, end, polarity) in offsets into the same text; `whole` is the polarity of all of it.
    """
    ordered = sorted(clauses)
    found = []
    for mention in mentions:
        holding = [polarity for start, end, polarity in ordered if start <= mention.start < end]
        found.append(Felt(mention.code, mention.start, mention.end, holding[-1] if holding else whole))
    return found


def most_negative(mentions: Iterable[Felt]) -> str | None:
    """Return the theme that a task about this comment is about, or None: the most negative mention.

    Of equals a theme of the second level comes first, then the earlier one; praise is nobody's task. What nobody could
    judge comes after what was judged.
    """
    candidates = [mention for mention in mentions if not mention.code.startswith(("PRAISE", "OTHER"))]
    best = min(candidates, key=_place, default=None)
    return best.code if best else None


def _place(mention: Felt) -> tuple[float, bool, int]:
    return (BELOW if mention.polarity is None else mention.polarity, "." not in mention.code, mention.start)
