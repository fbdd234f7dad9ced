"""What fields say about a question: kept as it was meant, refused with a sentence, or not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.answers import as_words, known_of, read, sent_again
from tests.surveys.questionnaires.asking import asks

COLOURS = {"choices": ["red", "blue"], "other": True}
REASONS = {"reasons": {"": ["PRICE"], "detractor": ["DELIVERY.LATE", "PRICE"]}}


@pytest.mark.parametrize(
    ("question", "sent", "answers"),
    [
        (asks("q1"), {"q1": "  fine\r\nso far "}, {"q1": "fine\nso far"}),
        (asks("q1"), {"q1": "   "}, {}),
        (asks("q1", "long_text"), {"q1": "x" * 5000}, {"q1": "x" * 5000}),
        (asks("q1", "one", **COLOURS), {"q1": "red", "q1.text": "unasked"}, {"q1": "red"}),
        (
            asks("q1", "one", **COLOURS),
            {"q1": "other", "q1.text": "green"},
            {"q1": "other", "q1.text": "green"},
        ),
        (asks("q1", "many", **COLOURS), {"q1.red": "1", "q1.other": "1"}, {"q1": ["red", "other"]}),
        (asks("q1", "many", **COLOURS), {}, {}),
        (asks("q1", "scale", low=0, high=3), {"q1": "0"}, {"q1": "0"}),
        (asks("q1", "yes_no"), {"q1": "no"}, {"q1": "no"}),
        (asks("q1", "consent"), {"q1": "yes"}, {"q1": "yes"}),
        (asks("q1", "consent"), {}, {}),
        (asks("q1", "number", low=1, high=9), {"q1": " 7 "}, {"q1": 7}),
        (asks("q1", "date"), {"q1": "2026-02-28"}, {"q1": "2026-02-28"}),
        (asks("q1", "contact"), {"q1.email": "pat@example.test"}, {"q1.email": "pat@example.test"}),
        (asks("q1", "reasons", **REASONS), {"q1.DELIVERY.LATE": "1"}, {"q1": ["DELIVERY.LATE"]}),
    ],
)
def test_an_answer_is_kept_as_it_was_meant(question, sent, answers):
    found = read([question], sent, "detractor")

    assert found.answers == answers
    assert found.faults == {}


@pytest.mark.parametrize(
    ("question", "sent", "field", "sentence"),
    [
        (asks("q1"), {"q1": "x" * 201}, "q1", "at most"),
        (asks("q1"), {"q1": "\x1b[31m"}, "q1", "control characters"),
        (asks("q1", "one", **COLOURS), {"q1": "mauve"}, "q1", "not one of the answers"),
        (asks("q1", "scale", low=0, high=3), {"q1": "4"}, "q1", "not one of the answers"),
        (asks("q1", "number"), {"q1": "1e3"}, "q1", "whole number"),
        (asks("q1", "number"), {"q1": "9" * 5000}, "q1", "whole number"),
        (asks("q1", "number", low=1, high=9), {"q1": "10"}, "q1", "from %(low)s to %(high)s"),
        (asks("q1", "number", low=1), {"q1": "0"}, "q1", "at least"),
        (asks("q1", "number", high=1), {"q1": "2"}, "q1", "at most"),
        (asks("q1", "date"), {"q1": "2026-02-30"}, "q1", "no day|not a day"),
        (asks("q1", "contact"), {"q1.email": "pat at example"}, "q1.email", "e-mail address"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(question, sent, field, sentence):
    found = read([question], sent, None)

    assert found.answers == {}
    assert any(words in found.faults[field].phrase for words in sentence.split("|"))


def test_a_reason_that_was_not_offered_to_this_group_is_not_counted():
    question = asks("q1", "reasons", **REASONS)

    assert read([question], {"q1.DELIVERY.LATE": "1", "q1.PRICE": "1"}, "promoter").answers == {
        "q1": ["PRICE"]
    }


KINDS = {
    "one": COLOURS,
    "many": COLOURS,
    "yes_no": {},
    "consent": {},
    "short_text": {},
    "number": {"low": 0, "high": 99},
    "scale": {"low": 1, "high": 5},
    "contact": {},
    "reasons": REASONS,
}


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_an_answer_sent_again_is_the_same_answer(kind, data):
    question = asks("q1", kind, **KINDS[kind])
    values = st.sampled_from(["1", "yes", "red", "other", "12", "pat@example.test", ""])
    sent = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(question.fields, values)))

    found = read([question], sent, "detractor")

    assert read([question], sent_again(question, found.answers), "detractor").answers == found.answers


def test_conditions_see_answers_as_words():
    known = known_of({"q1": ["a", "b"], "q2": 7, "q3": "no"}, {"group": ("passive",)})

    assert known == {"group": ("passive",), "q1": ("a", "b"), "q2": ("7",), "q3": ("no",)}
    assert as_words(None) == ()
