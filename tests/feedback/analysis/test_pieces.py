from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.pieces import PLACES, places, tokens


def test_umlauts_and_their_spelling_with_e_are_the_same_pieces():
    assert places("Grüße") == places("gruesse")


@given(st.text(max_size=200))
def test_places_are_few_enough_for_the_head_and_the_same_in_any_case(text):
    found = places(text)

    assert found == sorted(set(found))
    assert all(0 <= place < PLACES for place in found)
    assert tokens(text) == tokens(" ".join(tokens(text)))
