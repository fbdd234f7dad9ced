"""What was learnt of themes comes over the phrases: it adds, it leaves out, and without a vector it is silent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.themes.feelings import Felt
from feedback.analysis.themes.learnt import LearntThemes, Line, from_bytes

LATE, PRICE = Felt("DELIVERY.LATE", 3, 7, -0.5), Felt("PRICE", 9, 14, None)
# The first number of a vector speaks for deliveries.
TAUGHT = LearntThemes({"DELIVERY": Line(1.0, -1.0, (4.0, 0.0))})


def vector(*numbers):
    return np.array(numbers, dtype=np.float16).tobytes()


def test_where_the_vector_says_nothing_the_phrases_stand():
    assert TAUGHT.put_right([LATE, PRICE], vector(0, 9), -0.2) == [LATE, PRICE]
    assert TAUGHT.put_right([PRICE], vector(0, 9), -0.2) == [PRICE]


def test_what_the_phrases_miss_is_added_without_a_place_and_says_that_it_was_learnt():
    assert TAUGHT.put_right([PRICE], vector(1, 0), -0.2) == [PRICE, Felt("DELIVERY", 0, 0, -0.2, True)]


def test_what_they_find_wrongly_is_left_out_with_its_details():
    assert TAUGHT.put_right([LATE, PRICE], vector(-1, 0), None) == [PRICE]


def test_without_an_encoder_the_phrases_stand():
    assert TAUGHT.put_right([LATE], None, None) == [LATE]


@given(
    st.tuples(st.floats(-3, 3), st.floats(-3, 3), st.lists(st.floats(-50, 50), min_size=2, max_size=2)),
)
def test_what_is_stored_says_the_same(numbers):
    found, missing, weights = numbers
    learnt = LearntThemes({"PRICE": Line(found, missing, tuple(weights))})

    again = from_bytes(learnt.to_bytes()).lines["PRICE"]

    assert again.found == pytest.approx(found, abs=1e-4) and again.not_found == pytest.approx(
        missing, abs=1e-4
    )
    assert again.weights == pytest.approx(weights, abs=1e-4)
