"""What the reader learns from a shop's corrections: a small step on top of the shipped heads.

p = softmax(base + W·x + b), where base are the calibrated logits of the shipped heads and x these logits beside the
encoder's vector. With all weights 0 it is the shipped reader, and the penalty holds it there until the
corrections pull it away. It is kept only if it proves better on corrections that it has not seen.
"""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.corrections.lessons import Lesson, Outcome
from feedback.analysis.reader import heads
from feedback.analysis.reader.encoder import Vector
from feedback.analysis.reader.heads import Floats, Head
from feedback.analysis.reader.plain_text import plain
from feedback.analysis.reader.weights import LABELS, Weights, load_weights, vote

FOLDS = 5
SCALE = 10.0  # as in training: the encoder's numbers differ by hundredths
PENALTY = 30.0
PLAIN = 0.8  # probability from which a comment that nobody corrected is taken to be read rightly
ITS_COUNT = 0.25  # how often such a comment counts


@dataclass(frozen=True)
class ShopWeights:
    """The step of one shop: the middle of the vectors it was fitted on, and upon which shipped heads."""

    head: Head
    middle: Floats
    upon: str

    def adjust(self, base: Floats, vector: Floats) -> Floats:
        """Return the logits of the shipped heads, calibrated, after what the shop has taught."""
        return np.asarray(base + self.head.logits(features(base, vector, self.middle)))

    def to_bytes(self) -> bytes:
        """Return the numbers as an .npz without code in it."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            upon=np.array(self.upon),
            weights=self.head.weights.astype(np.float32),
            bias=self.head.bias.astype(np.float32),
            middle=self.middle.astype(np.float32),
        )
        return file.getvalue()


def from_bytes(numbers: bytes) -> ShopWeights:
    """Return what `to_bytes` wrote; numpy refuses a file with anything but numbers."""
    with np.load(io.BytesIO(numbers), allow_pickle=False) as kept:
        return ShopWeights(Head(kept["weights"], kept["bias"]), kept["middle"], str(kept["upon"]))


def features(base: Floats, vector: Floats, middle: Floats) -> Floats:
    """Return what the step looks at: the base logits beside the stretched vector; for one comment or for rows."""
    return np.concatenate([base, (vector - middle) * SCALE], axis=-1)


def learn(lessons: Sequence[Lesson], weights: Weights | None = None) -> Outcome:
    """Fit a step to all lessons, and say how much better it would have been on corrections it had not seen.

    People correct what was read wrongly, so corrections alone would teach that everything is. Comments that were read
    plainly and that nobody corrected are therefore learnt as they are read.
    """
    shipped = weights or load_weights()
    vectors = np.array([vector_of(lesson.vector) for lesson in lessons])
    base = np.array(
        [base_of(shipped, lesson, vector) for lesson, vector in zip(lessons, vectors, strict=True)]
    )
    corrected = np.array([lesson.label is not None for lesson in lessons])
    labels = np.array([LABELS.index(lesson.label) if lesson.label else -1 for lesson in lessons])
    labels = np.where(corrected, labels, base.argmax(axis=-1))
    used = corrected | (heads.softmax(base).max(axis=-1) >= PLAIN)
    lots = np.array([zlib.crc32(lesson.comment.encode()) for lesson in lessons])
    return judge(shipped.name, base[used], vectors[used], labels[used], corrected[used], lots[used])


def vector_of(numbers: bytes) -> Vector:
    """Return a stored vector as numbers to reckon with."""
    return np.frombuffer(numbers, dtype=np.float16).astype(np.float32)


def base_of(weights: Weights, lesson: Lesson, vector: Vector) -> Floats:
    """Return the calibrated logits of the shipped heads."""
    temperature = weights.temperature.get(lesson.language or "", weights.temperature["en"])
    return vote(weights, vector, plain(lesson.comment), lesson.language) / temperature


def judge(
    upon: str,
    base: Floats,
    vectors: Floats,
    labels: NDArray[np.integer],
    corrected: NDArray[np.bool_],
    lots: NDArray[np.integer],
) -> Outcome:
    """Cross-validate, then fit to everything; equal `lots` (one for each text) fall into the same fold."""
    counts = np.where(corrected, 1.0, ITS_COUNT)
    folds = folds_of(labels, lots)
    guessed = base.argmax(axis=-1)
    for fold in range(FOLDS):
        kept = folds == fold
        if kept.any():
            step = fitted(upon, base[~kept], vectors[~kept], labels[~kept], counts[~kept])
            guessed[kept] = step.adjust(base[kept], vectors[kept]).argmax(axis=-1)
    calm = ~corrected
    return Outcome(
        int(corrected.sum()),
        round(macro_f1(base[corrected].argmax(axis=-1), labels[corrected]), 4),
        round(macro_f1(guessed[corrected], labels[corrected]), 4),
        round(float((guessed[calm] == labels[calm]).mean()), 4) if calm.any() else 1.0,
        fitted(upon, base, vectors, labels, counts).to_bytes(),
    )


def folds_of(labels: NDArray[np.integer], lots: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return a fold for each row: drawn within each label, so that every fold has all of them."""
    folds = np.zeros(len(labels), dtype=int)
    for label in range(len(LABELS)):
        own = np.flatnonzero(labels == label)
        folds[own] = np.unique(lots[own], return_inverse=True)[1] % FOLDS
    return folds


def fitted(
    upon: str, base: Floats, vectors: Floats, labels: NDArray[np.integer], counts: Floats
) -> ShopWeights:
    """Return the step that fits best to these rows."""
    middle = vectors.mean(axis=0)
    seen = features(base, vectors, middle)
    return ShopWeights(heads.fit(seen, labels, len(LABELS), counts, PENALTY, offset=base), middle, upon)


def macro_f1(guessed: NDArray[np.integer], truth: NDArray[np.integer]) -> float:
    """Return the mean of the three labels' F1, 0 … 1; a label that is neither guessed nor true counts 0."""
    scores = []
    for label in range(len(LABELS)):
        hits = int(((guessed == label) & (truth == label)).sum())
        named = int((guessed == label).sum() + (truth == label).sum())
        scores.append(2 * hits / named if named else 0.0)
    return sum(scores) / len(scores)
