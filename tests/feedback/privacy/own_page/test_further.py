"""Every kind of further question says what was answered in the words in which it was asked."""

import pytest

from feedback.privacy.own_page.further import Further, further_answers
from tests.surveys.questionnaires.asking import row


@pytest.mark.parametrize(
    ("question", "answers", "said"),
    [
        (row("a"), {"a": "Blue"}, ("Blue",)),
        (row("a", "number"), {"a": 3}, ("3",)),
        (row("a", "one", choices=["red", "blue"]), {"a": "red"}, ("Red",)),
        (
            row("a", "many", choices=["red", "blue"], other=True),
            {"a": ["red", "other"], "a.text": "Green"},
            ("Red", "other", "Green"),
        ),
        (row("a", "contact"), {"a.name": "Pat", "a.email": "pat@example.test"}, ("Pat", "pat@example.test")),
        (row("a", "reasons", reasons={"": ["DELIVERY"]}), {"a": ["DELIVERY"]}, ("Delivery",)),
    ],
)
def test_answers_are_told(question, answers, said):
    assert further_answers({"questions": [question]}, answers, "en") == [Further("About a?", said)]


@pytest.mark.parametrize(("kind", "answer", "said"), [("yes_no", "no", "No"), ("consent", "yes", "Yes")])
def test_words_of_the_house_are_marked_for_translation(kind, answer, said):
    found = further_answers({"questions": [row("a", kind)]}, {"a": answer}, "en")
    assert found == [Further("About a?", (said,), is_ours=True)]


def test_what_was_left_out_is_left_out_and_the_order_is_that_of_the_questions():
    document = {"questions": [row("a"), row("b"), row("c")]}
    found = further_answers(document, {"c": "last", "a": "first", "gone": "x"}, "de")

    assert [each.said for each in found] == [("first",), ("last",)]
    assert further_answers({}, {"a": "x"}, "en") == []
