"""What the demo's customers write, and which comment fits which answer.

A comment belongs to a range of scores on the 0–10 scale, so that nobody writes "Perfect." beside a 2, and
it may need a fact about the order: a complaint about a late parcel is only believable when the order was late,
one about a handle that came off only of the batch that breaks.
The texts are hand-written, one table per language in `texts/`, tab separated:

    low  high  theme  needs  text

A text may contain `{product}`, which stands for the name of a product in the order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = ("low", "high", "theme", "needs", "text")
NEEDS = ("-", "late", "on_time", "broken")


@dataclass(frozen=True)
class Comment:
    """One hand-written comment: fits scores `low` to `high` (0–10, both included), `theme` from the code book.

    `needs` is `-` (fits any order), `late`, `on_time` or `broken` (fits the batch that breaks).
    """

    low: int
    high: int
    theme: str
    needs: str
    text: str


def parse(table: str) -> tuple[Comment, ...]:
    """Read a tab-separated table with its header line.

    Raises ValueError naming the line (counted from 1, the header) when the header or a row is malformed.
    """
    header, *rows = table.removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != HEADER:
        raise ValueError(f"line 1: the header must be {', '.join(HEADER)}, tab separated")
    return tuple(_comment(row, number) for number, row in enumerate(rows, start=2))


def fitting(comments: Iterable[Comment], score: int, late: bool) -> list[Comment]:
    """Return the comments a customer could write who gave `score` (0–10) to an order that was late or not."""
    allowed = ("-", "late" if late else "on_time")
    return [c for c in comments if c.low <= score <= c.high and c.needs in allowed]


def broken(comments: Iterable[Comment], score: int) -> list[Comment]:
    """Return the comments a customer of the batch that breaks could write who gave `score` (0–10)."""
    return [c for c in comments if c.needs == "broken" and c.low <= score <= c.high]


def _comment(row: str, number: int) -> Comment:
    fields = row.split("\t")
    if len(fields) != len(HEADER):
        raise ValueError(f"line {number}: {len(fields)} fields instead of {len(HEADER)}")
    low, high, theme, needs, text = fields
    if not (low.isdecimal() and high.isdecimal() and int(low) <= int(high) <= 10):
        raise ValueError(f"line {number}: scores {low!r} to {high!r} are not a range within 0 to 10")
    if needs not in NEEDS:
        raise ValueError(f"line {number}: needs is {needs!r}, not one of {', '.join(NEEDS)}")
    if not theme.strip() or not text.strip():
        raise ValueError(f"line {number}: theme or text is empty")
    return Comment(int(low), int(high), theme, needs, text)
