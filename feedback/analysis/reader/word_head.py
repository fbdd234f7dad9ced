"""A softmax over the pieces of a text (`feedback/analysis/pieces.py`): what its words say of a label."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.pieces import PLACES, pieces, place, places
from feedback.analysis.reader.heads import Floats, softmax

STEPS = 150


@dataclass(frozen=True)
class WordHead:
    """A softmax over the pieces of a text: weights of shape (PLACES, labels), one bias a label."""

    weights: NDArray[np.floating]
    bias: NDArray[np.floating]

    def logits(self, text: str) -> Floats:
        """Return one number a label for a plain text; every piece counts alike, whatever the length."""
        found = places(text)
        if not found:
            return np.asarray(self.bias, dtype=np.float64)
        return np.asarray(self.weights[found].sum(axis=0, dtype=np.float64) / len(found) ** 0.5 + self.bias)

    def shares(self, words: list[str]) -> NDArray[np.float64]:
        """Return what each word adds to the logits, shape (words, labels); a pair is shared by its words."""
        added = np.zeros((len(words), len(self.bias)))
        for first, last, piece in pieces(words):
            added[first : last + 1] += self.weights[place(piece)].astype(np.float64) / (last - first + 1)
        return added


class Pages:
    """The places of many texts as one sparse table; a row sums to the root of its pieces."""

    def __init__(self, texts: list[str]):
        found = [places(text) or [0] for text in texts]
        lengths = np.array([len(row) for row in found])
        self.index = np.fromiter((i for row in found for i in row), np.int64)
        self.start = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.row = np.repeat(np.arange(len(texts)), lengths)
        self.value = (1 / np.sqrt(lengths))[self.row]

    def times(self, weights: Floats) -> Floats:
        """Return table · weights."""
        return np.add.reduceat(weights[self.index] * self.value[:, None], self.start, axis=0)

    def turned_times(self, values: Floats) -> Floats:
        """Return the turned table · values."""
        columns = [
            np.bincount(self.index, values[self.row, k] * self.value, PLACES) for k in range(values.shape[1])
        ]
        return np.stack(columns, axis=1)


def steepest(table: Pages, counts: Floats, penalty: float, bend: float) -> float:
    """Return the largest eigenvalue of the curvature, which nowhere bends more than `bend` a row."""
    probe: Floats = np.ones((PLACES, 1))
    for _ in range(8):
        probe = table.turned_times(table.times(probe / np.linalg.norm(probe)) * counts)
    return bend * float(np.linalg.norm(probe)) + penalty


def fit(
    texts: list[str], labels: NDArray[np.integer], classes: int, counts: Floats, penalty: float
) -> WordHead:
    """Return the head that fits plain texts best after a fixed number of accelerated gradient steps.

    Arguments as in `heads.fit`. Too many weights for Newton's method: Nesterov's gradient with the step that the
    largest eigenvalue of the curvature allows (Nesterov, 1983), found by power iteration from a fixed start.
    """
    table, truth, weight = Pages(texts), np.eye(classes)[labels], counts[:, None]
    height = steepest(table, weight, penalty, 0.5)
    now: Floats = np.zeros((PLACES, classes))
    bias: Floats = np.zeros(classes)
    before, bias_before = now, bias
    for step in range(STEPS):
        momentum = step / (step + 3)
        ahead, bias_ahead = now + momentum * (now - before), bias + momentum * (bias - bias_before)
        slope = (softmax(table.times(ahead) + bias_ahead) - truth) * weight
        before, bias_before = now, bias
        now = ahead - (table.turned_times(slope) + penalty * ahead) / height
        bias = bias_ahead - slope.sum(axis=0) / (0.5 * float(counts.sum()))
    return WordHead(now.astype(np.float16), bias.astype(np.float32))
