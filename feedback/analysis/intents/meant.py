"""What a customer wants or threatens without using any of the phrases the rules know.

For each intent that a miss would be costly for there is one straight line over the encoder's vector, learnt from the
seeds for intents (`reader/intent_heads.py`), and a number that tells what the words hint at (`hints.py`, learnt from
the same seeds): the intent is meant when both together are above `MEANT_FROM`. They only add to what the
rules find, and they say nothing of a comment that praises: what sounds like danger there
hardly ever is; nor of an intent that the words deny ("and I'm staying"). Reckoned without numpy, as learnt themes are.
"""

import json
import struct
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from feedback.analysis.intents.finds import Find, find_intents, ruled_out
from feedback.analysis.intents.hints import hints

SHIPPED = Path(__file__).parent / "lines.json"
# Below 0, as line and hint are for most that is meant, for one seed in a hundred means an intent. Chosen on the
# development sets as the lowest half step at which three of four finds of rules, lines and words together are right in
# each: docs/decisions/0049.
MEANT_FROM = -1.5
HINTED_FROM = 0.0  # without an encoder
PRAISE = 0.5  # polarity from which a comment praises; of the urgent seeds 3 % read so


class Line(NamedTuple):
    """The number a line begins with, and one weight for each number of the vector."""

    start: float
    weights: tuple[float, ...]


@cache
def lines() -> dict[str, Line]:
    """Return the shipped line of each intent that has one, read once."""
    kept = json.loads(SHIPPED.read_text("utf-8"))
    return {intent: Line(numbers[0], tuple(numbers[1:])) for intent, numbers in kept.items()}


def read_intents(
    comment: str, language: str | None, vector: bytes | None, polarity: float | None
) -> list[Find]:
    """Return what `comment` wants or threatens, by its words and by the whole of it; arguments as in `with_meant`."""
    found, denied = find_intents(comment, language), ruled_out(comment, language)
    return with_meant(found, hints(comment), vector, polarity, denied)


def with_meant(
    finds: Iterable[Find],
    hinted: Mapping[str, float],
    vector: bytes | None,
    polarity: float | None,
    denied: Collection[str],
) -> list[Find]:
    """Return the finds and, without a place (start and end are 0), the intents that the whole comment means.

    `hinted` says what the words hint at. `vector` are half-precision numbers, None where no encoder read: then the
    words decide alone. `polarity` is that of the comment, -1 … 1; `denied` are the intents that its words rule out.
    """
    found = list(finds)
    if (polarity or 0.0) >= PRAISE:
        return found
    known = {find.intent for find in found}
    # A request for one's own data has all the words of a leak.
    silent = known | set(denied) | ({"data_protection"} if "data_request" in known else set())
    sounds = hinted if vector is None else _with_lines(hinted, vector)
    least = HINTED_FROM if vector is None else MEANT_FROM
    return found + [
        Find(0, 0, intent) for intent, number in sounds.items() if intent not in silent and number > least
    ]


def _with_lines(hinted: Mapping[str, float], vector: bytes) -> dict[str, float]:
    """Return for each intent what its words hint at and what its line says of the vector, together."""
    seen = struct.unpack(f"<{len(vector) // 2}e", vector)
    return {
        intent: hinted[intent] + line.start + sum(map(mul, line.weights, seen))
        for intent, line in lines().items()
    }
