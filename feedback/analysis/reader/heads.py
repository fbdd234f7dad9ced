"""A softmax head: from the features of a text to the probabilities of its labels.

p = softmax(W·x + b). It is fitted by Newton's method on the penalised log-likelihood, which for so few
features reaches the one optimum in a handful of steps: no learning rate, no seed, the same figures
on every machine up to rounding. Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.4.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
STEPS = 25
HALVINGS = 20
CLOSE_ENOUGH = 1e-6  # largest change of a weight in a step


@dataclass(frozen=True)
class Head:
    """Weights of shape (labels, features) and one bias a label."""

    weights: Floats
    bias: Floats

    def logits(self, features: Floats) -> Floats:
        """Return W·x + b for rows of features (or one row)."""
        return features @ self.weights.T + self.bias

    def probabilities(self, features: Floats, temperature: float = 1.0) -> Floats:
        """Return one probability a label for each row; they sum to 1."""
        return softmax(self.logits(features) / temperature)


def softmax(logits: Floats) -> Floats:
    """Return exp(z) normalised over the last axis, safe for large z."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def fit(
    features: Floats,
    labels: NDArray[np.integer],
    classes: int,
    counts: Floats,
    penalty: float,
    offset: Floats | float = 0.0,
) -> Head:
    """Return the head that fits best.

    `labels` are 0 … classes-1, `counts` says how often each row counts (> 0), `penalty` is the L2
    weight on W (not on the bias) in the same unit as one row; larger is smoother. `offset` are logits that are there
    already and that the head is added to.
    Source for the span: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning (2nd ed.), 18.3.5.
    """
    rows, width = features.shape
    if rows < width:
        # The best weights lie in the span of the rows, because the penalty is the same in every direction: with few
        # rows they are looked for there, among hundreds of unknowns fewer.
        span, within = np.linalg.qr(features.T.astype(np.float64))
        found = fit(within.T, labels, classes, counts, penalty, offset)
        return Head((found.weights @ span.T).astype(np.float32), found.bias)
    x = np.hstack([features.astype(np.float64), np.ones((rows, 1))])
    truth = np.eye(classes)[labels]
    ridge = np.full(width + 1, float(penalty))
    ridge[-1] = 1e-3  # Only differences between biases count; this pins their level.
    theta = np.zeros((classes, width + 1))
    for _ in range(STEPS):
        p = softmax(offset + x @ theta.T)
        slope = ((p - truth) * counts[:, None]).T @ x + ridge * theta
        step = np.linalg.solve(curvature(x, p, counts, ridge), slope.ravel()).reshape(theta.shape)
        step = halved(step, theta, lambda there: loss(x, truth, there, counts, ridge, offset))
        theta -= step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return Head(theta[:, :-1].astype(np.float32), theta[:, -1].astype(np.float32))


def halved(step: Floats, theta: Floats, height: Callable[[Floats], float]) -> Floats:
    """Return the step, shortened until it leads down: where the curve is not yet like a bowl a full one may lead up."""
    before = height(theta)
    for _halving in range(HALVINGS):
        if height(theta - step) <= before:
            break
        step = step / 2
    return step


def loss(
    x: Floats, truth: Floats, theta: Floats, counts: Floats, ridge: Floats, offset: Floats | float
) -> float:
    """Return what the fit makes small: the surprise at the labels, and the penalty on the weights."""
    logits = offset + x @ theta.T
    highest = logits.max(axis=-1)
    surprise = (
        highest + np.log(np.exp(logits - highest[:, None]).sum(axis=-1)) - (logits * truth).sum(axis=-1)
    )
    return float((counts * surprise).sum() + (ridge * theta**2).sum() / 2)


def curvature(x: Floats, p: Floats, counts: Floats, ridge: Floats) -> Floats:
    """Return the matrix of second derivatives, one block for each pair of labels."""
    classes, width = p.shape[1], x.shape[1]
    blocks = np.zeros((classes, width, classes, width))
    for k in range(classes):
        for m in range(k, classes):
            weight = counts * p[:, k] * ((k == m) - p[:, m])
            block = (x * weight[:, None]).T @ x
            blocks[k, :, m, :] = blocks[m, :, k, :] = block
        blocks[k, :, k, :] += np.diag(ridge)
    return blocks.reshape(classes * width, classes * width)
