"""What a shop's corrections teach of themes: for each theme a straight line that is added to what the phrases say.

p(there) = sigmoid(base + s·w0 + d·w + b), where s is 1 where the phrases found the theme and -1 where not, base stands
on their side, and d are the main directions of the vectors (their principal components: rare themes have too few
comments for 384 numbers). The penalty holds the weights at 0, which leaves the phrases as they are. A theme that was
hardly corrected keeps to its phrases, and what was learnt is used only if it proves better on corrections that it has
not seen.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.corrections.lessons import Outcome, ThemeLesson
from feedback.analysis.reader import heads
from feedback.analysis.reader.heads import Floats
from feedback.analysis.reader.shop_heads import FOLDS, ITS_COUNT, SCALE, vector_of
from feedback.analysis.themes.learnt import LearntThemes, Line
from surveys.code_book.themes import THEMES

Table = NDArray[np.bool_]  # a row for each comment, a column for each theme
CODES = tuple(THEMES)
OF_EACH = 5  # comments in which a theme was put right, from which it is learnt
# Chosen on the survey sets: the shipped phrases stay unbeaten there, and three themes without phrases are found again.
BASE, PENALTY, DIRECTIONS = 2.0, 6.0, 60


def learn(lessons: Sequence[ThemeLesson]) -> Outcome:
    """Fit a line for each theme that was corrected often enough, and say how much better all of them would have been.

    Comments that nobody corrected are learnt as the phrases find them, if they find anything: where they find nothing
    nobody has said that there is nothing.
    """
    used = [lesson for lesson in lessons if lesson.right is not None or lesson.found]
    found = table([lesson.found for lesson in used])
    right = table([lesson.found if lesson.right is None else lesson.right for lesson in used])
    corrected = np.array([lesson.right is not None for lesson in used])
    vectors = np.array([vector_of(lesson.vector) for lesson in used])
    lots = np.array([zlib.crc32(lesson.comment.encode()) for lesson in used])
    return judge(found, right, corrected, vectors, lots)


def table(themes: Sequence[frozenset[str]]) -> Table:
    """Return which comment has which theme."""
    return np.array([[code in each for code in CODES] for each in themes], dtype=bool)


def judge(
    found: Table, right: Table, corrected: NDArray[np.bool_], vectors: Floats, lots: NDArray[np.integer]
) -> Outcome:
    """Cross-validate, then fit to everything; equal `lots` (one for each text) fall into the same fold."""
    counts = np.where(corrected, 1.0, ITS_COUNT)
    folds = np.unique(lots, return_inverse=True)[1] % FOLDS
    middle = vectors.mean(axis=0)
    directions = np.linalg.svd(vectors - middle, full_matrices=False)[2][:DIRECTIONS].T * SCALE
    seen = (vectors - middle) @ directions
    guessed, lines = found.copy(), {}
    for code in np.flatnonzero((found != right)[corrected].sum(axis=0) >= OF_EACH):
        says = np.where(found[:, code], 1.0, -1.0)
        x = np.column_stack([seen, says])
        for fold in range(FOLDS):
            kept = folds == fold
            weights = fitted(x[~kept], right[~kept, code], BASE * says[~kept], counts[~kept])
            guessed[kept, code] = BASE * says[kept] + x[kept] @ weights[:-1] + weights[-1] > 0
        lines[CODES[code]] = line_of(fitted(x, right[:, code], BASE * says, counts), middle, directions)
    calm = ~corrected
    return Outcome(
        int(corrected.sum()),
        round(micro_f1(found[corrected], right[corrected]), 4),
        round(micro_f1(guessed[corrected], right[corrected]), 4),
        round(float((guessed[calm] == right[calm]).all(axis=1).mean()), 4) if calm.any() else 1.0,
        LearntThemes(lines).to_bytes(),
    )


def fitted(x: Floats, there: NDArray[np.bool_], base: Floats, counts: Floats) -> Floats:
    """Return the weights that fit best, the bias last: what a softmax of two labels says of the second over the first."""
    offset = np.column_stack([np.zeros(len(base)), base])
    head = heads.fit(x, there.astype(int), 2, counts, PENALTY, offset=offset)
    return np.append(head.weights[1] - head.weights[0], head.bias[1] - head.bias[0])


def line_of(weights: Floats, middle: Floats, directions: Floats) -> Line:
    """Return the weights for vectors as they come, and where the line begins with and without a find of the phrases."""
    own = directions @ weights[:-2]
    bias, says = weights[-1] - own @ middle, BASE + weights[-2]
    return Line(float(bias + says), float(bias - says), tuple(map(float, own)))


def micro_f1(guessed: Table, truth: Table) -> float:
    """Return the F1 over all comments and themes together, 0 … 1; 1 where nothing is there and nothing guessed."""
    named = int(guessed.sum() + truth.sum())
    return 2 * int((guessed & truth).sum()) / named if named else 1.0
