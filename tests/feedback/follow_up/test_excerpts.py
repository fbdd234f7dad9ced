"""First words are cut between words."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.excerpts import first_words


def test_a_short_comment_stays_and_a_long_one_is_cut_between_words():
    assert first_words("Too\n late", 20) == "Too late"
    assert first_words("Delivered late, again, twice", 16) == "Delivered late\N{NO-BREAK SPACE}…"
    assert first_words("x" * 30, 10) == "x" * 9 + "\N{NO-BREAK SPACE}…"


@given(st.text(max_size=300), st.integers(5, 120))
def test_what_is_shown_stands_in_the_comment(text, longest):
    shown = first_words(text, longest)
    assert len(shown) <= longest + 1
    assert " ".join(text.split()).startswith(shown.removesuffix("\N{NO-BREAK SPACE}…"))
