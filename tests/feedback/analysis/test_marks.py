from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.marks import (
    ABOUT,
    BAD,
    GOOD,
    WANTS,
    Piece,
    Span,
    Theme,
    pieces,
    themes,
    worst_first,
)


class At(NamedTuple):
    code: str
    start: int
    end: int
    polarity: float | None = None
    is_learnt: bool = False


def about(places):
    return [Span(ABOUT, place.start, place.end) for place in places]


def plain(text):
    return Piece(text, frozenset())


def test_a_comment_is_cut_where_it_matched():
    assert pieces("It came late.", about([At("DELIVERY.LATE", 8, 12)])) == [
        plain("It came "),
        Piece("late", frozenset({ABOUT})),
        plain("."),
    ]


def test_places_that_overlap_are_one_and_those_outside_are_none():
    found = pieces("too late", about([At("A", 0, 5), At("B", 4, 8), At("C", 20, 30), At("D", 7, 30)]))

    assert found == [Piece("too late", frozenset({ABOUT}))]


def test_nothing_matched_and_nothing_said():
    assert pieces("All fine", []) == [plain("All fine")]
    assert pieces("", about([At("A", 0, 3)])) == []


def test_a_word_that_decided_stands_within_what_it_is_about():
    found = pieces("It came too late.", [Span(ABOUT, 3, 16), Span(BAD, 12, 16)])

    assert [(piece.text, piece.is_about, piece.pull) for piece in found] == [
        ("It ", False, None),
        ("came too ", True, None),
        ("late", True, BAD),
        (".", False, None),
    ]


def test_what_the_customer_wants_has_a_ground_as_what_it_is_about_has():
    found = pieces("Refund the late parcel", [Span(WANTS, 0, 6), Span(ABOUT, 11, 15), Span(GOOD, 0, 6)])

    assert [(piece.text, piece.has_ground, piece.is_about, piece.is_wish) for piece in found] == [
        ("Refund", True, False, True),
        (" the ", False, False, False),
        ("late", True, True, False),
        (" parcel", False, False, False),
    ]


def test_a_word_that_decided_is_never_cut():
    found = pieces("Superlate but superb", [Span(ABOUT, 5, 9), Span(BAD, 0, 9), Span(GOOD, 14, 20)])

    assert [(piece.text, sorted(piece.roles)) for piece in found] == [
        ("Superlate", [ABOUT, BAD]),
        (" but ", []),
        ("superb", [GOOD]),
    ]


def test_of_two_deciding_words_in_one_place_the_first_stays():
    assert pieces("[name]!", [Span(BAD, 0, 6), Span(GOOD, 0, 6)]) == [
        Piece("[name]", frozenset({BAD})),
        plain("!"),
    ]


def test_a_theme_that_was_learnt_says_so():
    assert themes([At("PRICE", 0, 0, 0.5, is_learnt=True)]) == [Theme("PRICE", "positive", is_learnt=True)]


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


def test_of_praise_and_complaint_the_complaint_is_named_first():
    found = [Theme("PRICE", "positive"), Theme("STAFF", None), Theme("DELIVERY", "negative")]

    assert [theme.code for theme in worst_first(found)] == ["DELIVERY", "STAFF", "PRICE"]


PLACES = st.tuples(st.sampled_from([ABOUT, GOOD, BAD]), st.integers(-2, 40), st.integers(0, 40))


@given(st.text(max_size=30), st.lists(PLACES, max_size=8))
def test_no_letter_is_lost_or_doubled_and_no_word_pulls_both_ways(comment, places):
    found = pieces(comment, [Span(*place) for place in places])

    assert "".join(piece.text for piece in found) == comment
    assert all(piece.text and not {GOOD, BAD} <= piece.roles for piece in found)
    assert all(one.roles != other.roles for one, other in pairwise(found))
