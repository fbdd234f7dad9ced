"""A head with one hidden layer: it can learn that "sick" is praise and "sick of" is not, which no straight line can.

logits = V·max(0, U·x + a) + c. Several networks that differ only in where they began are fitted and averaged, which
is again one network with all their hidden units. Trained by Adam (Kingma and Ba, 2015) with six in ten hidden units
silent at each step (Srivastava et al., 2014); every random number comes from a fixed seed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.reader.heads import Floats, softmax

UNITS, NETWORKS, ROUNDS, BATCH = 384, 3, 30, 256
SPEED, SILENT, PENALTY = 2e-3, 0.6, 3e-4
KEEP, KEEP_SQUARE = 0.9, 0.999


@dataclass(frozen=True)
class Layers:
    """Weights of both layers: (units, features), (units), (labels, units), (labels)."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def logits(self, features: Floats) -> Floats:
        """Return one number a label for rows of features (or one row)."""
        hidden = np.maximum(features @ self.inner.T + self.inner_bias, 0)
        return np.asarray(hidden @ self.outer.T + self.outer_bias)


def fit(features: Floats, labels: NDArray[np.integer], classes: int, counts: Floats) -> Layers:
    """Return the average of the networks; arguments as in `heads.fit`, features of variance near 1."""
    one_by_one = [fit_one(features, labels, classes, counts, seed) for seed in range(NETWORKS)]
    return Layers(
        np.vstack([net.inner for net in one_by_one]),
        np.concatenate([net.inner_bias for net in one_by_one]),
        np.hstack([net.outer for net in one_by_one]) / NETWORKS,
        np.mean([net.outer_bias for net in one_by_one], axis=0),
    )


def fit_one(features: Floats, labels: NDArray[np.integer], classes: int, counts: Floats, seed: int) -> Layers:
    """Return one network, fitted in ROUNDS rounds over all rows at a speed that falls to nothing."""
    chance = np.random.default_rng(seed)
    rows, width = features.shape
    truth = np.eye(classes)[labels]
    weights = [
        chance.normal(size=(UNITS, width)) / width**0.5,
        np.zeros(UNITS),
        chance.normal(size=(classes, UNITS)) / UNITS**0.5,
        np.zeros(classes),
    ]
    mean, square = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    step = 0
    for turn in range(ROUNDS):
        order = chance.permutation(rows)
        for start in range(0, rows, BATCH):
            chosen, step = order[start : start + BATCH], step + 1
            heard = (chance.random((len(chosen), UNITS)) > SILENT) / (1 - SILENT)
            slopes = slopes_of(weights, features[chosen], truth[chosen], counts[chosen], heard)
            for k, slope in enumerate(slopes):
                mean[k] = KEEP * mean[k] + (1 - KEEP) * slope
                square[k] = KEEP_SQUARE * square[k] + (1 - KEEP_SQUARE) * slope**2
                direction = mean[k] / (1 - KEEP**step)
                size = np.sqrt(square[k] / (1 - KEEP_SQUARE**step)) + 1e-8
                weights[k] = weights[k] - SPEED * (1 - turn / ROUNDS) * direction / size
    return Layers(*weights)


def slopes_of(weights: list[Floats], x: Floats, truth: Floats, counts: Floats, heard: Floats) -> list[Floats]:
    """Return the slope of the penalised surprise at a batch for each of the four arrays of weights."""
    inner, inner_bias, outer, outer_bias = weights
    hidden = np.maximum(x @ inner.T + inner_bias, 0) * heard
    error = (softmax(hidden @ outer.T + outer_bias) - truth) * counts[:, None] / len(x)
    behind = (error @ outer) * heard * (hidden > 0)
    return [
        behind.T @ x + PENALTY * inner,
        behind.sum(axis=0),
        error.T @ hidden + PENALTY * outer,
        error.sum(axis=0),
    ]
