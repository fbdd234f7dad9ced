"""A table that leaves the house: its columns, what each means, and its rows, of which only few are at hand at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from surveys.responses.cells import Value

Kind = Literal["text", "number", "moment", "yes_no"]


class Column(NamedTuple):
    """One column; `means` is for its reader. A *moment* is written in UTC (RFC 3339), *yes_no* as yes or no."""

    name: str
    kind: Kind
    means: str


@dataclass
class Table:
    """What a file holds. `about` are facts about the whole: what was chosen, when. `written` counts rows that left."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    about: Mapping[str, str] = field(default_factory=dict)
    written: int = 0

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def leaving(self) -> Iterator[Sequence[Value]]:
        """Yield the rows and count them."""
        for row in self.rows:
            self.written += 1
            yield row
