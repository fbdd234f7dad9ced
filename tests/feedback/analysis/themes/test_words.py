import pytest

from feedback.analysis.themes.words import Mender, plain, words_of

MENDER = Mender(["delivery", "quality", "waiting", "packed"], [("websight", "website")])


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Größe", "groesse"), ("GROESSE", "groesse"), ("Don’t", "don't"), ("sloooow", "slow"), ("Café", "cafe")],
)
def test_spellings_of_one_word_are_one(word, expected):
    assert plain(word) == expected


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("delivry", "delivery"),
        ("qualtiy", "quality"),
        ("qualitty", "quality"),
        ("wsiting", "waiting"),
        ("waitign", "waiting"),
    ],
)
def test_one_slip_is_mended_when_the_first_letter_is_right(slip, meant):
    assert MENDER.mended(slip) == meant


def test_a_word_that_is_further_off_stays_as_it_is():
    assert MENDER.mended("placed") == "placed"
    assert MENDER.mended("relivery") == "relivery"
    assert MENDER.mended("websight") == "website"
    assert MENDER.mended("late") == "late"


def test_words_know_where_they_stand_and_in_which_clause():
    text = "Späte Lieferung, but nice."
    words = words_of(text)

    assert [text[word.start : word.end] for word in words] == ["Späte", "Lieferung", "but", "nice"]
    assert [word.clause for word in words] == [0, 0, 1, 1]
    assert [word.after_comma for word in words] == [False, False, True, False]
