"""Words that are the same to a search, and words that are not."""

import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.search.covered import GAP
from feedback.analysis.search.stems import LONGEST, beginning, lexemes, stems, words

ONE_WORD = (
    "Lieferung Lieferungen LIEFERUNG",
    "spät spaet später Spätes",
    "groß Größe grosse gross",
    "Müller Mueller muller",
    "delivery deliveries Delivery",
    "packaging packages packaged",
    "café Cafe cafe\u0301",
    "für fuer fur",
)
TWO_WORDS = ("hate hat", "died die", "wares war", "geliefert Lieferung", "rund Rand", "not nothing")


@pytest.mark.parametrize("said", ONE_WORD)
def test_forms_of_one_word_share_a_stem(said):
    first, *others = (stems(word) for word in said.split())

    assert all(set(first) & set(other) for other in others), [first, *others]


@pytest.mark.parametrize("said", TWO_WORDS)
def test_other_words_do_not(said):
    one, other = (stems(word) for word in said.split())

    assert one.german != other.german and one.english != other.english


def test_the_place_of_a_word_is_its_place_in_the_list_and_gaps_keep_theirs():
    assert lexemes(f"Zu spät, {GAP} 10/10!") == [
        "dzu", "dspat", GAP, "d10", "d10", GAP, "ezu", "espat", GAP, "e10", "e10",
    ]  # fmt: skip
    assert lexemes(" … ") == [] and beginning("Größen") == "grossen"


@given(st.text(max_size=60))
def test_whatever_is_written_leaves_bare_words_that_no_database_stumbles_over(text):
    for place in words(text):
        assert text[place.start : place.end].strip()
    for lexeme in lexemes(text):
        assert lexeme == GAP or (lexeme.isalnum() and not any(sign in lexeme for sign in "'\"\\ \x00"))
        assert len(lexeme) <= LONGEST + 1 and (not lexeme.isascii() or lexeme == lexeme.lower())


def test_threads_that_cut_words_at_the_same_time_cut_only_their_own():
    cut = stems.__wrapped__  # as if each word were new
    said = [
        f"{word}{end}"
        for word in ("unfreund", "disappoint", "organis")
        for end in ("lichkeiten", "ationally")
    ]
    right, wrong = [cut(word) for word in said], []

    def go() -> None:
        for _ in range(100):
            found = [cut(word) for word in said]
            if found != right:
                wrong.append(found)

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        going = [threading.Thread(target=go) for _ in range(3)]
        for each in going:
            each.start()
        for each in going:
            each.join()
    finally:
        sys.setswitchinterval(usual)

    assert not wrong
