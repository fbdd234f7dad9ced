"""What changed from one version to another is told text by text."""

from surveys.questionnaires.differences import differences
from surveys.questionnaires.edits import moved_question, with_question, without_question
from surveys.questionnaires.starters import NPS
from surveys.questionnaires.texts import with_texts
from tests.surveys.questionnaires.asking import row, when

TWO = {**NPS, "questions": [row("q1"), row("q2", "yes_no")]}


def test_a_document_does_not_differ_from_itself():
    assert differences(TWO, TWO).is_nothing


def test_a_text_is_told_in_its_language_before_and_after():
    (change,) = differences(NPS, with_texts(NPS, {"key.low": {"de": "Nie"}})).texts
    assert (change.slot.name, change.language) == ("key.low", "de")
    assert (change.before, change.after) == ("Überhaupt nicht wahrscheinlich", "Nie")


def test_questions_come_go_and_move():
    found = differences(TWO, moved_question(with_question(TWO, row("q3")), "q1", 1))
    assert (found.added, found.removed, found.is_reordered) == (["q3"], [], True)
    found = differences(TWO, without_question(TWO, "q2"))
    assert (found.added, found.removed, found.is_reordered) == ([], ["q2"], False)
    assert {change.after for change in found.texts} == {""}


def test_answers_logic_and_endings_are_told_apart():
    assert differences(TWO, with_question(TWO, row("q1", "number"))).answered_differently == ["q1"]
    asked = with_question(TWO, row("q2", "yes_no", show_if=[when("group", "detractor")]))
    assert differences(TWO, asked).asked_differently == ["q2"]
    ending = {"when": [], "texts": {"en": {"heading": "Thanks"}}, "url": ""}
    assert differences(TWO, {**TWO, "thanks": [ending]}).ends_differently
    reworded = {**ending, "texts": {"en": {"heading": "Thank you"}}}
    assert not differences({**TWO, "thanks": [ending]}, {**TWO, "thanks": [reworded]}).ends_differently
