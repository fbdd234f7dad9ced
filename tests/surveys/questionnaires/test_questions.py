"""A further question says which fields it has and which answers it takes."""

import pytest

from tests.surveys.questionnaires.asking import asks, when


@pytest.mark.parametrize(
    ("question", "fields", "options"),
    [
        (asks("q1"), ("q1",), ()),
        (asks("q1", "one", choices=["red", "blue"]), ("q1",), ("red", "blue")),
        (asks("q1", "one", choices=["red"], other=True), ("q1", "q1.text"), ("red", "other")),
        (asks("q1", "many", choices=["a", "b"]), ("q1.a", "q1.b"), ("a", "b")),
        (asks("q1", "many", choices=["a"], other=True), ("q1.a", "q1.other", "q1.text"), ("a", "other")),
        (asks("q1", "scale", low=1, high=3), ("q1",), ("1", "2", "3")),
        (asks("q1", "yes_no"), ("q1",), ("yes", "no")),
        (asks("q1", "consent"), ("q1",), ("yes",)),
        (asks("q1", "contact"), ("q1.name", "q1.email", "q1.phone"), ()),
        (asks("q1", "reasons", reasons={"": ["PRICE"]}), ("q1.PRICE",), ("PRICE",)),
        (asks("q1", "number", low=0, high=9), ("q1",), ()),
    ],
)
def test_fields_and_options(question, fields, options):
    assert question.fields == fields
    assert question.options == options


def test_reasons_follow_the_group_of_the_score():
    question = asks("q1", "reasons", reasons={"": ["PRICE"], "detractor": ["DELIVERY.LATE", "PRICE"]})

    assert question.reasons_for("detractor") == ("DELIVERY.LATE", "PRICE")
    assert question.reasons_for("promoter") == ("PRICE",)
    assert question.reasons_for(None) == ("PRICE",)
    assert question.options == ("PRICE", "DELIVERY.LATE")


def test_logic_is_read_from_the_document():
    question = asks(
        "q1", show_if=[when("group", "detractor")], jumps=[{"when": [when("q1", "x")], "to": "end"}]
    )

    assert question.show_if[0].values == ("detractor",)
    assert question.jumps[0].to == "end"
