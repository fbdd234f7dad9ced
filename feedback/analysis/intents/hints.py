"""What the words of a comment hint at: one number for each costly intent, above 0 where it is likelier meant than not.

A sum over the pieces of the comment (`feedback/analysis/pieces.py`), learnt from the seeds for intents
(`reader/intent_words.py`). It knows the words of what the rules know as phrases, in whatever order and
company they come. Reckoned without numpy, and kept as one byte for each piece and intent.
"""

import struct
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from feedback.analysis.intents.finds import INTENTS, LONGEST
from feedback.analysis.pieces import PLACES, places

SHIPPED = Path(__file__).parent / "hints.bin"
HINTED = INTENTS[:8]  # the urgent ones and the request for one's data, as the lines of `meant.py`
# What a byte stands for, and with which number each intent begins.
HEAD = struct.Struct(f"<{1 + len(HINTED)}f")


class Numbers(NamedTuple):
    """What was learnt: `weights[place * 8 + n]` times `unit` is what a piece adds to the n-th intent."""

    unit: float
    starts: tuple[float, ...]
    weights: memoryview


@cache
def numbers(path: Path = SHIPPED) -> Numbers:
    """Return the shipped numbers, read once."""
    kept = zlib.decompress(path.read_bytes())
    unit, *starts = HEAD.unpack_from(kept)
    return Numbers(unit, tuple(starts), memoryview(kept)[HEAD.size :].cast("b"))


def to_bytes(learnt: Numbers) -> bytes:
    """Return what `numbers` reads; the same numbers make the same bytes."""
    if len(learnt.weights) != PLACES * len(HINTED):
        raise ValueError("not one number for each piece and intent")
    return zlib.compress(HEAD.pack(learnt.unit, *learnt.starts) + learnt.weights.tobytes(), 9)


def hints(comment: str) -> dict[str, float]:
    """Return what the words of `comment` hint at; every piece counts alike, whatever the length."""
    known = numbers()
    found = places(comment[:LONGEST].replace("’", "'"))
    share = known.unit / max(1, len(found)) ** 0.5
    return {
        intent: known.starts[n] + share * sum(known.weights[place * len(HINTED) + n] for place in found)
        for n, intent in enumerate(HINTED)
    }
