"""What does not fit a shape is told in our words, at the place where it was sent."""

from datetime import date
from typing import Literal

import pytest
from pydantic import Field, ValidationError

from surveys.api.faults import EMPTY, OTHERWISE, OWN, SAID, SEVERAL_KINDS, faults_of
from surveys.api.shapes import Body, Line40, ListQuery, Moment, Query
from surveys.customers.shapes import PurchaseIn

ODD = (
    *(None, True, 3, -(10**12), 10**40, 2.5, float("inf"), "", "x" * 100_000, "\ud800", "1e999", "1" * 5_000),
    *([], ["x"] * 2_000, [None], {}, {"a": []}, {"int": {}}, [{}], {"x" * 300: "a\nb"}),
)


class Example(Body):
    """One field of each kind."""

    text: Line40 = Field("a")
    number: int = Field(1, ge=0, lt=10)
    since: Moment | None = None
    kind: Literal["day", "week"] = "day"


def faults(shape, sent):
    with pytest.raises(ValidationError) as raised:
        shape.model_validate(sent)
    return [(fault.place, fault.said) for fault in faults_of(raised.value)]


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"surprise": 1}, "surprise", "is not known here; check how it is spelled, or leave it out"),
        ({"text": 3}, "text", "wants a text in quotation marks"),
        ({"text": " "}, "text", EMPTY),
        ({"text": "x" * 41}, "text", "is longer than 40 characters; shorten it"),
        ({"text": "a\nb"}, "text", "holds a line break or another control character"),
        ({"number": "3"}, "number", "wants a whole number, such as 3"),
        ({"number": -1}, "number", "must be at least 0"),
        ({"number": 10}, "number", "must be less than 10"),
        ({"since": "2026"}, "since", "wants a moment with its time zone, such as 2026-11-04T15:30:00Z"),
        ({"kind": "year"}, "kind", "wants 'day' or 'week'"),
    ],
)
def test_each_fault_says_what_is_wrong_and_what_to_send(sent, field, said):
    assert faults(Example, sent) == [((field,), said)]


def test_a_question_in_an_address_is_told_the_same():
    assert faults(ListQuery, {"limit": "many", "colour": "red"}) == [
        (("limit",), "wants a whole number, such as 3"),
        (("colour",), "is not known here; check how it is spelled, or leave it out"),
    ]


def test_a_value_that_may_be_of_several_kinds_is_told_of_once_at_its_own_place():
    sent = {
        "reference": "A-1",
        "placed_at": "2026-11-04T15:30:00Z",
        "customer": {"email": "pat@example.com"},
        "attributes": {"colour": [], "size": "x" * 600, "int": {}, "k" * 101: 1},
        "int": 3,
    }

    assert faults(PurchaseIn, sent) == [
        (("attributes", "colour"), SEVERAL_KINDS),
        (("attributes", "size"), "is longer than 500 characters; shorten it"),
        (("attributes", "int"), SEVERAL_KINDS),
        (("attributes", "k" * 101), "is longer than 100 characters; shorten it"),
        (("int",), "is not known here; check how it is spelled, or leave it out"),
    ]


def shapes(of):
    """The shapes of the house below one, without those that a story has made up."""
    for shape in of.__subclasses__():
        if not shape.__module__.startswith("tests."):
            yield shape
        yield from shapes(shape)


def test_no_shape_of_the_house_is_refused_in_the_words_of_the_checker(app):
    tried = [*shapes(Body), *shapes(Query)]
    assert len(tried) > 50
    for shape in tried:
        for name in shape.model_fields:
            for odd in ODD:
                try:
                    shape.model_validate({name: odd, "surprise": odd})
                except ValidationError as error:
                    assert {each["type"] for each in error.errors()} <= {*SAID, OWN}, (shape, name)
                    theirs = {each["msg"] for each in error.errors()}
                    assert theirs.isdisjoint(fault.said for fault in faults_of(error))


def test_what_nobody_thought_of_is_at_least_said_in_our_words():
    class Rare(Body):
        """A kind of value that no shape has."""

        ages: frozenset[date]

    assert faults(Rare, {"ages": 3}) == [(("ages",), OTHERWISE)]


def test_the_description_stands_where_the_sentence_says(client):
    address = OTHERWISE.partition("(")[2].removesuffix(")")

    assert client.get(address).json["openapi"].startswith("3.")
