"""Places in texts are filled once, from a list, and never looked at again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.placeholders import PLACES, faults_in, first_name, put_in

KNOWN = {"shop": "Kiesel", "customer.first_name": "Dora", "product": None}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {customer.first_name|there}", "Hello Dora"),
        ("How is the {product|order}?", "How is the order?"),
        ("How is the {product}?", "How is the ?"),
        ("{shop} and {shop|us}", "Kiesel and Kiesel"),
        ("{order|your order}", "{order|your order}"),
        (
            "{customer.email} {{shop}} {config} {0} {} { shop }",
            "{customer.email} {Kiesel} {config} {0} {} { shop }",
        ),
    ],
)
def test_a_place_is_filled_by_its_value_or_its_own_words(text, filled):
    assert put_in(text, KNOWN) == filled


@given(st.text(), st.sampled_from(sorted(PLACES)))
def test_what_stands_in_a_value_is_never_looked_at_again(value, name):
    hostile = value + "{shop}{customer.name|x}"

    assert put_in(f"<{{{name}|-}}>", {name: hostile, "shop": hostile}) == f"<{hostile}>"


@given(st.text())
def test_a_text_without_places_stays_as_it_is(text):
    assert put_in(text.replace("{", ""), KNOWN) == text.replace("{", "")


def test_what_is_no_place_and_what_would_leave_a_gap_is_told():
    texts = ["Hi {name}", "Hi {customer.name} {customer.name}", "{order|it} from {shop}", "{product| }"]

    told = [phrase % values for phrase, values in faults_in(texts)]

    assert [re.split("[;.] ", sentence)[0] for sentence in told] == [
        "{name} is not known here",
        "{customer.name} would leave a gap",
        "{product| } would leave a gap",
    ]
    assert told[2].endswith("{product|…}.")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Dora Detractor", "Dora"),
        ("Ömür Yılmaz", "Ömür"),
        ("dora@example.test", None),
        ("D. Detractor", None),
        ("12 34", None),
        ("", None),
        (None, None),
    ],
)
def test_a_first_name_is_only_what_looks_like_one(name, first):
    assert first_name(name) == first
