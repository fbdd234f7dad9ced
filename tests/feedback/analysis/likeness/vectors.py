"""Vectors as the encoder might have given them: so and so far from one direction at the centre of all texts."""

import numpy as np

from feedback.analysis.models import Vector
from feedback.analysis.reader.likeness import CENTRE

SIZE = 384


def numbers(likeness: float, other: int = 1) -> bytes:
    """Return a vector whose cosine to the first direction is `likeness`; the rest points along `other`."""
    direction = np.zeros(SIZE, dtype=np.float32)
    direction[0], direction[other] = likeness, (1 - likeness**2) ** 0.5
    return (np.load(CENTRE).astype(np.float32) + direction).astype(np.float16).tobytes()


def read_as(make, response, likeness: float, other: int = 1) -> Vector:
    """Let the response have been read, with such a vector."""
    make.keep(response).analysed_at = make.now
    return make.keep(Vector(response_id=response.id, numbers=numbers(likeness, other)))
