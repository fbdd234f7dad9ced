"""Which comments stand for many: those nearest to the middle of all of them, by the vectors of the encoder."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from feedback.analysis.reader.likeness import CENTRE, SMALLEST


def typical(rows: Sequence[tuple[int, bytes]], most: int) -> list[int]:
    """Return the ids of up to `most` of the comments, the one nearest to their middle first; equal ones once.

    `rows` are ids with vectors. Each counts by its direction from the centre of the encoder's space (see `likeness`),
    so that no comment pulls the middle more than another. Of equally near ones the newest id comes first.
    """
    if not rows:
        return []
    centre = np.load(CENTRE).astype(np.float32)
    flat = np.frombuffer(b"".join(numbers for _, numbers in rows), np.float16)
    turned = flat.reshape(len(rows), -1).astype(np.float32) - centre
    turned /= np.maximum(np.sqrt(np.einsum("ij,ij->i", turned, turned)), SMALLEST)[:, None]
    likeness = np.einsum("ij,j->i", turned, turned.mean(axis=0))
    ids = np.array([row_id for row_id, _ in rows])
    found: dict[bytes, int] = {}
    for place in cast(list[int], np.lexsort((-ids, -likeness.round(6))).tolist()):
        row_id, numbers = rows[place]
        found.setdefault(numbers, row_id)
        if len(found) == most:
            break
    return list(found.values())
