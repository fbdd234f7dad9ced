"""Themes as a shop's corrections have taught them: what the phrases miss is added, what they find wrongly is left out.

For each theme of the first level that was learnt there is one straight line: it is there when the line's number is above
0. The line begins higher where the phrases have found it, so that without a reason in the vector the phrases stand.
Reckoned without numpy: pages that correct a theme need it, and a web worker is to load nothing for that.
"""

import json
import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from feedback.analysis.themes.feelings import Felt

DIGITS = 5  # behind the point; the numbers of a vector differ by hundredths


class Line(NamedTuple):
    """Where the line of a theme begins, found by the phrases or not, and one weight for each number of the vector."""

    found: float
    not_found: float
    weights: tuple[float, ...]


class LearntThemes(NamedTuple):
    """The lines by theme of the first level; a theme without one is where the phrases find it."""

    lines: Mapping[str, Line]

    def put_right(self, found: Iterable[Felt], vector: bytes | None, whole: float | None) -> list[Felt]:
        """Return what the phrases found, without what was unlearnt and with what was learnt.

        `vector` are half-precision numbers, None where no encoder read: then the phrases stand. What is added has
        no place in the comment, and sounds as `whole`, the polarity of all of it.
        """
        kept = list(found)
        if vector is None:
            return kept
        numbers = struct.unpack(f"<{len(vector) // 2}e", vector)
        there = {top(each.code) for each in kept}
        for code, line in self.lines.items():
            start = line.found if code in there else line.not_found
            belongs = start + sum(map(mul, line.weights, numbers)) > 0
            if code in there and not belongs:
                kept = [each for each in kept if top(each.code) != code]
            elif belongs and code not in there:
                kept.append(Felt(code, 0, 0, whole, is_learnt=True))
        return kept

    def to_bytes(self) -> bytes:
        """Return the numbers as JSON."""
        lines = {
            code: [round(line.found, DIGITS), round(line.not_found, DIGITS)]
            + [round(weight, DIGITS) for weight in line.weights]
            for code, line in self.lines.items()
        }
        return json.dumps(lines).encode()


@lru_cache(maxsize=2)
def from_bytes(numbers: bytes) -> LearntThemes:
    """Return what `to_bytes` wrote."""
    lines = {code: Line(line[0], line[1], tuple(line[2:])) for code, line in json.loads(numbers).items()}
    return LearntThemes(lines)


def top(code: str) -> str:
    """Return the code of the first level that a code belongs to."""
    return code.partition(".")[0]
