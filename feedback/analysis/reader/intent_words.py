"""Learn what words hint at an intent, from the same seeds as the lines: see `intents/hints.py`.

p(meant) = sigmoid(w·x + b) for each intent, x the pieces of a seed. All intents are fitted together, by the accelerated
gradient of `word_head.fit`; where a seed says nothing of an intent it counts nothing for it.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from feedback.analysis.intents.hints import HINTED, SHIPPED, Numbers, to_bytes
from feedback.analysis.pieces import PLACES
from feedback.analysis.reader.heads import Floats
from feedback.analysis.reader.intent_heads import Seed
from feedback.analysis.reader.word_head import Pages, steepest

__all__ = ["SHIPPED", "hints_of", "save"]

STEPS, PENALTY = 120, 0.1
ITS_COUNT = 5.0  # how often a seed that means the intent counts: they are one in a hundred
BEGIN = -3.0  # where the search for b begins: near where it ends
LARGEST = 127  # of a byte


def hints_of(learnt: Sequence[Seed]) -> Numbers:
    """Return the numbers fitted to the seeds."""
    table = Pages([seed.text for seed in learnt])
    meant = np.array([[intent in seed.meant for intent in HINTED] for seed in learnt], dtype=float)
    told = np.array([[intent not in seed.untold for intent in HINTED] for seed in learnt])
    counts = np.where(meant > 0, ITS_COUNT, 1.0) * told
    height = steepest(table, counts.max(axis=1, keepdims=True), PENALTY, 0.25)
    now: Floats = np.zeros((PLACES, len(HINTED)))
    bias: Floats = np.full(len(HINTED), BEGIN)
    before, bias_before = now, bias
    for step in range(STEPS):
        momentum = step / (step + 3)
        ahead, bias_ahead = now + momentum * (now - before), bias + momentum * (bias - bias_before)
        chances = 1 / (1 + np.exp(-(table.times(ahead) + bias_ahead)))
        slope = (chances - meant) * counts
        before, bias_before = now, bias
        now = ahead - (table.turned_times(slope) + PENALTY * ahead) / height
        bias = bias_ahead - slope.sum(axis=0) / (0.25 * counts.sum(axis=0))
    unit = float(np.abs(now).max()) / LARGEST
    weights = memoryview(np.round(now / unit).astype(np.int8).tobytes()).cast("b")
    return Numbers(unit, tuple(float(number) for number in bias), weights)


def save(learnt: Numbers, path: Path = SHIPPED) -> None:
    """Write the numbers."""
    path.write_bytes(to_bytes(learnt))
