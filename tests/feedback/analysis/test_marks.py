from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.marks import Piece, Theme, pieces, themes


class At(NamedTuple):
    code: str
    start: int
    end: int
    polarity: float | None = None


def test_a_comment_is_cut_where_it_matched():
    assert pieces("It came late.", [At("DELIVERY.LATE", 8, 12)]) == [
        Piece("It came ", False),
        Piece("late", True),
        Piece(".", False),
    ]


def test_places_that_overlap_are_one_and_those_outside_are_none():
    found = pieces("too late", [At("A", 0, 5), At("B", 4, 8), At("C", 20, 30), At("D", 7, 30)])

    assert found == [Piece("too late", True)]


def test_nothing_matched_and_nothing_said():
    assert pieces("All fine", []) == [Piece("All fine", False)]
    assert pieces("", [At("A", 0, 3)]) == []


def test_a_theme_stands_once_and_sounds_as_at_its_worst():
    found = themes(
        [
            At("PRICE", 30, 35, 0.8),
            At("DELIVERY", 0, 3, 0.5),
            At("DELIVERY", 9, 12, -0.6),
            At("RETURNS", 5, 8),
        ]
    )

    assert found == [Theme("DELIVERY", "negative"), Theme("RETURNS", None), Theme("PRICE", "positive")]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_no_letter_is_lost_or_doubled(comment, places):
    found = pieces(comment, [At("A", *place) for place in places])

    assert "".join(piece.text for piece in found) == comment
