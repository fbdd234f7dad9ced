"""What a customer wants or threatens without using any of the words the rules know.

For each intent that a miss would be costly for there is one straight line over the encoder's vector, learnt from the
seeds for intents (`reader/intent_heads.py`): the intent is meant when the line's number is above `MEANT_FROM`. The
lines only add to what the rules find, and they say nothing of a comment that praises: what sounds like danger there
hardly ever is; nor of an intent that the words deny ("and I'm staying"). Reckoned without numpy, as learnt themes are.
"""

import json
import struct
from collections.abc import Collection, Iterable
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from feedback.analysis.intents.finds import Find, find_intents, ruled_out

SHIPPED = Path(__file__).parent / "lines.json"
# From 0 on two of three finds of the lines in ordinary comments were wrong; each step up loses some that are meant.
MEANT_FROM = 1.0
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
    return with_meant(find_intents(comment, language), vector, polarity, ruled_out(comment, language))


def with_meant(
    finds: Iterable[Find], vector: bytes | None, polarity: float | None, denied: Collection[str]
) -> list[Find]:
    """Return the finds and, without a place (start and end are 0), the intents that the whole comment means.

    `vector` are half-precision numbers, None where no encoder read: then the finds stand alone. `polarity` is that of
    the comment, -1 … 1; `denied` are the intents that its words rule out.
    """
    found = list(finds)
    if vector is None or (polarity or 0.0) >= PRAISE:
        return found
    numbers = struct.unpack(f"<{len(vector) // 2}e", vector)
    silent = {find.intent for find in found} | set(denied)
    meant = [
        intent
        for intent, line in lines().items()
        if intent not in silent and line.start + sum(map(mul, line.weights, numbers)) > MEANT_FROM
    ]
    return found + [Find(0, 0, intent) for intent in meant]
