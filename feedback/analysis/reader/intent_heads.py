"""Learn the lines by which an intent is found that is told in no words of the rules: see `intents/meant.py`.

p(meant) = sigmoid(w·d + b), fitted to the seeds for intents, and to the seeds for sentiment as comments that mean none:
without these, whatever is odd would sound like a threat. A seed for sentiment in which the rules find an intent says
nothing of that intent; one that tells of danger or of leaving in other words stands among the seeds for intents too,
and what is said there holds.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.intents.finds import INTENTS, find_intents
from feedback.analysis.intents.meant import SHIPPED
from feedback.analysis.reader.encoder import SIZE, Encode
from feedback.analysis.reader.heads import Floats
from feedback.analysis.reader.plain_text import cased, parts, plain
from feedback.analysis.reader.theme_heads import fitted
from feedback.analysis.reader.training import DATA, rows_of

__all__ = ["SHIPPED", "lines_of", "save", "seeds", "train"]

UNSURE = "?"  # before the name of an intent: whether the seed means it, two readers could disagree about
COSTLY = INTENTS[:8]  # the urgent ones and the request for one's data: the law sets a time
SCALE = 10.0  # as in training: the encoder's numbers differ by hundredths
ITS_COUNT = 3.0  # how often a seed that means the intent counts: they are one in a hundred
DIGITS = 4  # behind the point


class Seed(NamedTuple):
    """A plain text, the intents it means, and those of which it says nothing."""

    text: str
    meant: frozenset[str]
    untold: frozenset[str] = frozenset()


def seeds(folder: Path = DATA) -> list[Seed]:
    """Return the seeds for intents, and behind them the seeds for sentiment."""
    found = []
    for language in ("en", "de"):
        for line in (folder / f"intent_seeds.{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            intents, _, text = line.partition("\t")
            named = frozenset(filter(None, intents.split(",")))
            untold = frozenset(name[1:] for name in named if name.startswith(UNSURE))
            meant = frozenset(name for name in named if not name.startswith(UNSURE))
            found.append(Seed(cased(plain(text), language), meant, untold))
    for_intents = {seed.text for seed in found}
    for row in rows_of(folder):
        if row.is_seed and row.text not in for_intents:
            untold = frozenset(find.intent for find in find_intents(row.text, row.language))
            found.append(Seed(row.text, frozenset(), untold))
    return found


def train(encode: Encode, tell: Callable[[int, int], None]) -> dict[str, list[float]]:
    """Return the lines fitted to the project's seeds; `tell` hears how many texts are encoded."""
    learnt = seeds()
    vectors = np.zeros((len(learnt), SIZE), dtype=np.float32)
    for i, seed in enumerate(learnt):
        vectors[i] = np.mean([encode(part) for part in parts(seed.text)], axis=0)
        tell(i + 1, len(learnt))
    return lines_of(learnt, vectors)


def lines_of(learnt: Sequence[Seed], vectors: Floats) -> dict[str, list[float]]:
    """Return for each costly intent where its line begins and then its weights, for vectors as they come."""
    middle = vectors.mean(axis=0)
    seen = (vectors - middle) * SCALE
    lines = {}
    for intent in COSTLY:
        told = np.array([intent not in seed.untold for seed in learnt])
        meant = np.array([intent in seed.meant for seed in learnt])[told]
        weights = fitted(seen[told], meant, np.zeros(len(meant)), counts_of(meant))
        own = weights[:-1] * SCALE
        lines[intent] = [round(float(number), DIGITS) for number in (weights[-1] - own @ middle, *own)]
    return lines


def counts_of(meant: NDArray[np.bool_]) -> Floats:
    """Return how often each seed counts."""
    return np.where(meant, ITS_COUNT, 1.0)


def save(lines: dict[str, list[float]], path: Path = SHIPPED) -> None:
    """Write the lines, one a row; the same numbers make the same bytes."""
    rows = [f"{json.dumps(intent)}: {json.dumps(numbers)}" for intent, numbers in lines.items()]
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
