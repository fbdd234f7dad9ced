"""What a search looks at never holds what lists cover."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.search.covered import GAP, blanked, searchable
from surveys.personal_data import KINDS, masked, personal_data

PIECES = (
    "mia.meier@example.test",
    "0171 2345678",
    "DE02 1203 0000 0000 2020 51",
    "4111 1111 1111 1111",
    "Lindenstraße 5, 50667 Köln",
)


def test_a_sign_stands_in_it_for_what_is_covered():
    said = searchable("ÄRGER in der Straße! Call me: 0171 2345678, Frau Meier")

    assert said == f"ÄRGER in der Straße! Call me: {GAP}, Frau {GAP}"
    assert searchable("") == ""


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from(["\n", ", ", " – "]))
def test_it_is_what_lists_show_but_for_the_words_over_what_is_covered(pieces, between):
    comment = "Bitte: " + between.join(pieces) + between + "Danke"
    shown = masked(comment, dict.fromkeys(KINDS, "[…]"))

    said, blank = searchable(comment), blanked(shown)

    assert said.replace(GAP, "[…]") == shown.text
    assert all(comment[piece.start : piece.end] not in said for piece in personal_data(comment))
    assert len(blank) == len(shown.text) and blank.replace(GAP * 3, GAP) == said
