"""Who said what in one period: the answers to one survey by place, and of each theme those that mention it.

A place is a cell of the dimensions of a selection, such as ("AT", "Postbus", "de"); with ANY where one is open. What
may be shown of a theme in a place follows from `suppression`: the place itself must be shown, there must be enough who
mention the theme there and enough who do not, and no table of either must give a smaller one away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from feedback.insights.impact import Impact, impact, values_of
from feedback.insights.parts import Part, part_of
from feedback.insights.scores import Measure, measure
from feedback.insights.suppression import ANY, Cell, K, hidden_cells, is_uniform
from surveys.code_book.themes import THEMES
from surveys.scales import SCALES, by_mood

# More points no scale has.
SCORES = range(11)
FEELINGS = ("negative", "neutral", "positive")
# The code under which all read comments are counted, whatever they are about.
A_COMMENT = ""
# How many answers gave each score; of those that mention something also how many sound how, in the order of FEELINGS.
# Of whom nobody could tell how it sounds has no feeling.
Numbers = Sequence[int]
ByPlace = Mapping[Cell, Numbers]


@dataclass(frozen=True)
class Heard:
    """The answers of a period to one survey on the scale `kind`, by place; of each theme code those that mention it."""

    kind: str
    everybody: ByPlace
    mentioning: Mapping[str, ByPlace]
    hidden: dict[str, frozenset[Cell]] = field(default_factory=dict, compare=False)
    sums: dict[tuple[Cell, str | None], Numbers] = field(default_factory=dict, compare=False)
    places: dict[Cell, frozenset[Cell]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls, kind: str, counts: Iterable[tuple[Cell, int, int]], mentioning: Mapping[str, ByPlace]
    ) -> "Heard":
        """Put together what the database told; `counts` are (place, score, n), each once."""
        everybody: dict[Cell, list[int]] = {}
        for place, score, n in counts:
            everybody.setdefault(place, [0] * len(SCORES))[score] += n
        return cls(kind, everybody, mentioning)

    def apart(self, cell: Cell) -> tuple["Heard", "Heard"]:
        """Return what was heard from the places of a cell, and what from all others."""
        within = self._within(cell)
        inside, outside = (
            Heard(
                self.kind,
                {place: n for place, n in self.everybody.items() if (place in within) is wanted},
                {
                    code: {place: n for place, n in places.items() if (place in within) is wanted}
                    for code, places in self.mentioning.items()
                },
            )
            for wanted in (True, False)
        )
        return inside, outside

    def unhappy(self, cell: Cell, code: str) -> int:
        """Return how many unhappy answers of a cell mention `code`."""
        return by_mood(self.groups(cell, code))["unhappy"]

    @property
    def themes(self) -> list[str]:
        """The codes of the first level that anybody mentions."""
        return [code for code in self.mentioning if code in THEMES]

    def details(self, theme: str) -> list[str]:
        """The codes of the second level within a theme that anybody mentions."""
        return [code for code in self.mentioning if code.startswith(f"{theme}.")]

    def scores(self, cell: Cell, code: str | None = None) -> dict[int, int]:
        """Return how often each score was given in a cell, by those who mention `code` or by everybody."""
        sums = self._sums(cell, code)
        return {score: n for score, n in zip(SCORES, sums, strict=False) if n}

    def size(self, cell: Cell, code: str | None = None) -> int:
        """Return how many answers there are in a cell, of those who mention `code` or of everybody."""
        return sum(self._sums(cell, code)[: len(SCORES)])

    def felt(self, cell: Cell, code: str) -> dict[str, int]:
        """Return how many mention `code` in a cell by how that sounds: negative, neutral, positive."""
        felt = self._sums(cell, code)[len(SCORES) :]
        return {feeling: n for feeling, n in zip(FEELINGS, felt, strict=False) if n}

    def part(self, cell: Cell) -> Part | None:
        """Return how many answers a cell has and their mean; None without any."""
        return part_of(self.kind, self.scores(cell))

    def within(self, cell: Cell) -> dict[Cell, dict[int, int]]:
        """Return how often each score was given in the places of a cell."""
        places = self._within(cell)
        return {place: self.scores(place) for place in self.everybody if place in places}

    def measure(self, cell: Cell, code: str | None = None) -> Measure | None:
        """Return the score of a cell, of those who mention `code` or of everybody."""
        return measure(self.kind, self.scores(cell, code))

    def groups(self, cell: Cell, code: str | None = None) -> dict[str, int]:
        """Return the counts of a cell by group of the scale."""
        return dict(SCALES[self.kind].tally(self.scores(cell, code)))

    def impact(self, cell: Cell, code: str, where: Cell | None = None) -> Impact | None:
        """Return what those do to the score of a cell who mention `code`; `where` counts only those from there."""
        mentioning = values_of(self.kind, self.scores(where or cell, code))
        everybody = values_of(self.kind, self.scores(cell))
        others = {value: n - mentioning.get(value, 0) for value, n in everybody.items()}
        return impact(mentioning, {value: n for value, n in others.items() if n})

    def is_shown(self, cell: Cell, code: str | None = None) -> bool:
        """Tell whether a cell may be shown, or in it those who mention `code`."""
        if code is None:
            return cell not in self._hidden_places
        mentions, everybody = self.size(cell, code), self.size(cell)
        if mentions < K or 0 < everybody - mentions < K:
            return False
        if all(value == ANY for value in cell):
            return True
        if code not in self.hidden:
            self.hidden[code] = hidden_cells(self._sizes(code)) | hidden_cells(self._others(code))
        return cell not in self._hidden_places and cell not in self.hidden[code]

    def is_uniform(self, cell: Cell, code: str) -> bool:
        """Tell whether so few mention `code` and all gave one kind of score that theirs would name each of them."""
        return is_uniform(self.groups(cell, code).values())

    @cached_property
    def _hidden_places(self) -> frozenset[Cell]:
        return hidden_cells(self._sizes(None))

    def _sums(self, cell: Cell, code: str | None) -> Numbers:
        """Return the numbers of all places of a cell together; nothing where nobody is."""
        if (cell, code) not in self.sums:
            places, within = self._by_place(code).items(), self._within(cell)
            rows = [numbers for place, numbers in places if place in within]
            self.sums[cell, code] = [sum(column) for column in zip(*rows, strict=True)]
        return self.sums[cell, code]

    def _within(self, cell: Cell) -> frozenset[Cell]:
        """Return the places of a cell that anybody answered from."""
        if cell not in self.places:
            wanted = [(at, value) for at, value in enumerate(cell) if value != ANY]
            self.places[cell] = frozenset(
                place for place in self.everybody if all(place[at] == value for at, value in wanted)
            )
        return self.places[cell]

    def _by_place(self, code: str | None) -> ByPlace:
        return self.everybody if code is None else self.mentioning.get(code, {})

    def _sizes(self, code: str | None) -> dict[Cell, int]:
        return {place: sum(numbers[: len(SCORES)]) for place, numbers in self._by_place(code).items()}

    def _others(self, code: str) -> dict[Cell, int]:
        sizes = self._sizes(code)
        others = {place: n - sizes.get(place, 0) for place, n in self._sizes(None).items()}
        return {place: n for place, n in others.items() if n}
