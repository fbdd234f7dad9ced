from time import process_time

import pytest

from feedback.analysis.queries import own_phrases
from feedback.analysis.rewording import reword
from feedback.analysis.themes.own_phrases import (
    LONGEST,
    MOST,
    OwnPhrase,
    checked,
    library_with,
    sets_of,
    shipped_phrases,
    version_of,
    without_effect,
)
from feedback.analysis.themes.shipped import LANGUAGES, book_of
from surveys.code_book.themes import DETAILS, THEMES
from surveys.database import db
from surveys.errors import Refusal, SeveralRefusals


def codes(library, text, language="en"):
    return {mention.code for mention in library.mentions(text, language)}


def test_phrases_of_the_shop_are_found_and_those_it_took_away_are_not():
    own = frozenset(
        {
            OwnPhrase("DELIVERY.LATE", "en", "zeppelin .. yesterday", False),
            OwnPhrase("DELIVERY.LATE", "en", "late", True),
        }
    )
    library = library_with(3, own)

    assert codes(library, "The zeppelin came only yesterday") == {"DELIVERY.LATE"}
    assert "DELIVERY.LATE" in codes(library_with(0, frozenset()), "late") - codes(library, "late")
    assert library.version == version_of(3) != version_of(0)


def test_what_a_phrase_of_the_shop_is_not_does_not_count():
    library = library_with(
        1, frozenset({OwnPhrase("PRICE", "de", "zeppelin* ! zeppelinfest ; kein zeppelin", False)})
    )

    assert codes(library, "Zeppelinpreise", "de") >= {"PRICE"}
    assert codes(library, "Zeppelinfest", "de") == set()


def test_a_change_to_one_language_leaves_the_other_book_as_it_is():
    library = library_with(5, frozenset({OwnPhrase("PRICE", "de", "zeppelin", False)}))

    assert library.books["en"] is book_of("en") and library.books["de"] is not book_of("de")


def test_boxes_are_read_line_by_line_and_nothing_twice():
    found = checked("DELIVERY.LATE", "en", " my  Zeppelin \n\nMY zeppelin\n", "late\n")

    assert found == [
        OwnPhrase("DELIVERY.LATE", "en", "my Zeppelin", False),
        OwnPhrase("DELIVERY.LATE", "en", "late", True),
    ]


@pytest.mark.parametrize(
    ("added", "removed", "field", "why"),
    [
        ("x" * (LONGEST + 1), "", "added_en", "is too long"),
        ("de*", "", "added_en", "would find too much"),
        ("late!\nlate ?", "", "added_en", "signs that mean nothing"),
        ("<script>", "", "added_en", "signs that mean nothing"),
        ("late ! (", "", "added_en", "signs that mean nothing"),
        ("! late", "", "added_en", "names no word"),
        ("@nothing late", "", "added_en", "set of words"),
        ("", "zeppelin", "removed_en", "is not among the shipped phrases"),
        ("\n".join(f"word{number}" for number in range(MOST + 1)), "", "added_en", "more than 200 phrases"),
        ("a .. b .. c .. d .. e", "", "added_en", "too many gaps"),
        ("a? b? c? d? e", "", "added_en", "more than 8 ways"),
        ("a ! b; c; d; e; f; g; h; i", "", "added_en", "more than 8 ways"),
        ("\n".join(f"a? b? c? word{number}" for number in range(51)), "", "added_en", "400 ways together"),
    ],
)
def test_bad_phrases_are_refused_with_a_sentence_at_their_box(added, removed, field, why):
    with pytest.raises(Refusal) as told:
        checked("DELIVERY.LATE", "en", added, removed)

    refusals = told.value.refusals if isinstance(told.value, SeveralRefusals) else [told.value]
    assert any(refusal.field == field and why in refusal.phrase % refusal.values for refusal in refusals)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(SeveralRefusals) as told:
        checked("PRICE", "de", "x*\ny*", "zeppelin")

    assert len(told.value.refusals) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_phrase_can_be_taken_away_and_is_kept_as_it_is_shipped(make, now, language):
    code, phrase = max(
        ((code, phrase) for code in (*THEMES, *DETAILS) for phrase in shipped_phrases(code, language)),
        key=lambda pair: len(pair[1]),
    )
    wanted = checked(code, language, "", phrase.upper())

    assert wanted == [OwnPhrase(code, language, phrase, True)]
    assert reword(code, wanted, make.staff(role="admin"), now)
    db.session.commit()
    assert own_phrases(code) == wanted


GONE = OwnPhrase("DELIVERY.LATE", "en", "as slow as treacle", True)
UNREADABLE = OwnPhrase("DELIVERY.LATE", "en", "@goneset overdue", False)
HOMELESS = OwnPhrase("PIGEONS", "en", "pigeon", False)
FINE = OwnPhrase("DELIVERY.LATE", "en", "zeppelin", False)


def test_changes_that_an_update_has_left_behind_are_known_and_hinder_nothing():
    own = [GONE, UNREADABLE, HOMELESS, FINE, OwnPhrase("DELIVERY.LATE", "en", "LATE", True)]
    library = library_with(1, frozenset(own))

    assert without_effect(own) == [GONE, UNREADABLE, HOMELESS]
    assert codes(library, "The zeppelin and the pigeon") == {"DELIVERY.LATE"}
    assert "DELIVERY.LATE" not in codes(library, "It was late")


def test_what_was_taken_away_stays_so_when_it_is_no_longer_shipped():
    assert checked("DELIVERY.LATE", "en", "", GONE.phrase, [GONE]) == [GONE]
    assert checked("DELIVERY.LATE", "en", "", "", [GONE]) == []
    with pytest.raises(Refusal):
        checked("DELIVERY.LATE", "de", "", GONE.phrase, [GONE])


@pytest.mark.thorough
@pytest.mark.parametrize(
    "odd",
    [
        [f"a .. a .. a .. a|word{number}" for number in range(MOST)],
        [f"a? b? a|word{number}" for number in range(MOST // 2)],
        [f"a .. a|word{number} ! b .. b|word{number} c" for number in range(MOST)],
    ],
)
def test_as_many_odd_phrases_as_there_may_be_cost_less_than_a_second_in_the_oddest_comment(odd):
    library = library_with(1, frozenset(checked("DELIVERY", "en", "\n".join(odd), "")))
    for comment in ("a " * 2_500, "a b " * 1_250):
        began = process_time()
        assert "DELIVERY" in codes(library, comment)
        assert process_time() - began < 1


def test_what_is_shipped_can_be_looked_at():
    assert "too late" in shipped_phrases("DELIVERY.LATE", "en")
    assert "parcel" in sets_of("en")["parcel"]
    assert shipped_phrases("OTHER", "en") == []
