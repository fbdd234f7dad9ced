"""Changes to a document leave the one before as it was, and keys never mean something new."""

from copy import deepcopy

import pytest

from surveys.questionnaires.edits import (
    keyed_choices,
    moved_ending,
    moved_question,
    next_key,
    with_ending,
    with_language,
    with_question,
    without_ending,
    without_language,
    without_question,
)
from surveys.questionnaires.starters import NPS
from tests.surveys.questionnaires.asking import row

THREE = {**NPS, "questions": [row("q1"), row("q2"), row("q3")]}
ENDS = {**NPS, "thanks": [{"texts": {"en": {"heading": name}}} for name in ("one", "two")]}


def keys(document):
    return [each["key"] for each in document.get("questions", ())]


def headings(document):
    return [each["texts"]["en"]["heading"] for each in document.get("thanks", ())]


def test_questions_are_added_replaced_and_taken_away():
    before = deepcopy(THREE)

    assert keys(with_question(THREE, row("q4"))) == ["q1", "q2", "q3", "q4"]
    assert with_question(THREE, row("q2", "yes_no"))["questions"][1]["kind"] == "yes_no"
    assert keys(without_question(THREE, "q2")) == ["q1", "q3"]
    assert without_question(with_question(NPS, row("q1")), "q1") == NPS
    assert before == THREE


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        ("q1", 1, "q2 q1 q3"),
        ("q3", -1, "q1 q3 q2"),
        ("q1", -1, "q1 q2 q3"),
        ("q3", 1, "q1 q2 q3"),
        ("q9", 1, "q1 q2 q3"),
    ],
)
def test_questions_move_as_far_as_there_are_places(key, by, order):
    assert keys(moved_question(THREE, key, by)) == order.split()


def test_endings_are_added_replaced_moved_and_taken_away():
    three = {"texts": {"en": {"heading": "three"}}}

    assert headings(with_ending(ENDS, None, three)) == ["one", "two", "three"]
    assert headings(with_ending(ENDS, 0, three)) == ["three", "two"]
    assert headings(moved_ending(ENDS, 0, 1)) == ["two", "one"]
    assert headings(without_ending(ENDS, 0)) == ["two"]
    assert "thanks" not in without_ending(without_ending(ENDS, 0), 0)


def test_a_language_comes_empty_and_goes_with_all_its_texts():
    wider = with_language(THREE, "fr")
    assert wider["texts"]["fr"] == {"question": ""}
    assert with_language(THREE, "de") == THREE

    english = without_language(THREE, "de")
    assert list(english["texts"]) == list(english["questions"][0]["texts"]) == ["en"]
    assert without_language(english, "en") == english


def test_a_key_of_before_is_never_given_again():
    assert next_key("q", []) == "q1"
    assert next_key("q", ["q1", "q7", "other", "c9"]) == "q8"


BEFORE = {"c1": {"en": "Red", "de": "Rot"}, "c2": {"en": "Blue", "de": "Blau"}}


@pytest.mark.parametrize(
    ("english", "german", "found"),
    [
        (["Red", "Blue"], ["Rot", "Blau"], ["c1", "c2"]),
        (["Blue", "Red"], ["Blau", "Rot"], ["c2", "c1"]),
        (["Crimson", "Blue"], ["Rot", "Blau"], ["c1", "c2"]),
        (["Crimson", "Blue"], ["Karmin", "Blau"], ["c1", "c2"]),
        (["Red", "Green", "Blue"], ["Rot", "Grün", "Blau"], ["c1", "c8", "c2"]),
        (["Blue"], ["Blau"], ["c2"]),
        ([], [], []),
    ],
)
def test_a_choice_keeps_its_key_where_it_means_the_same(english, german, found):
    keyed = keyed_choices({"en": english, "de": german}, BEFORE, {"c7"})

    assert list(keyed) == found
    assert [said["en"] for said in keyed.values()] == english
