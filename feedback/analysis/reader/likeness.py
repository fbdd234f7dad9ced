"""Which vectors point the same way: the cosine to one of them, over as many as there are, a batch at a time."""

import heapq
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.reader.encoder import Vector
from feedback.analysis.readers import Near

CENTRE = Path(__file__).parent / "data" / "centre.npy"
SMALLEST = 1e-3  # length below which a vector points nowhere


def nearest(numbers: bytes, batches: Iterable[Sequence[tuple[int, bytes]]], most: int) -> list[Near]:
    """Return the `most` vectors most like `numbers`, the likest first; equal vectors are one, told by the newest id.

    All texts lie in one narrow corner of the encoder's space: two that have nothing in common have a cosine of 0.8
    there. So angles are taken at the middle of that corner, the mean over the reader's own seeds.
    """
    centre = np.load(CENTRE).astype(np.float32)
    wanted = np.frombuffer(numbers, dtype=np.float16).astype(np.float32) - centre
    wanted /= max(float(np.linalg.norm(wanted)), SMALLEST)
    best: dict[bytes, Near] = {}
    for batch in batches:
        likeness = likeness_of(np.frombuffer(b"".join(each for _, each in batch), np.float16), centre, wanted)
        floor = min((near.likeness for near in best.values()), default=-1.0) if len(best) >= most else -1.0
        for place in np.flatnonzero(likeness >= floor - 1e-6).tolist():
            response_id, each = batch[place]
            known = best.get(each, Near(0, float(likeness[place]), 0))
            best[each] = Near(max(known.response_id, response_id), known.likeness, known.times + 1)
        likest = heapq.nlargest(most, best.items(), key=lambda item: (item[1].likeness, item[1].response_id))
        best = dict(likest)
    return list(best.values())


def likeness_of(flat: NDArray[np.float16], centre: Vector, wanted: Vector) -> Vector:
    """Return the cosine at `centre` between each of some vectors and one of length one that starts there.

    |v - c|² is v·v - 2 v·c + c·c, so that no second copy of them all is made. Without BLAS, whose threads would spin
    on the cores that answer customers.
    """
    vectors = flat.reshape(-1, len(centre)).astype(np.float32)
    along = np.einsum("ij,j->i", vectors, wanted) - centre @ wanted
    squares = (
        np.einsum("ij,ij->i", vectors, vectors) - 2 * np.einsum("ij,j->i", vectors, centre) + centre @ centre
    )
    return np.asarray(along / np.sqrt(np.maximum(squares, SMALLEST**2)), dtype=np.float32)
