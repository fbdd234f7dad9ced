"""Conditions: what is typed, what is stored, what is met."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.segments.conditions import (
    FIELDS,
    OPS_OF,
    BadCondition,
    Condition,
    Facts,
    Unmet,
    checked,
    first_unmet,
    from_data,
)

FACTS = Facts(
    country="DE",
    language="de",
    skus=("MUG-1", "CUP-2"),
    products=("Blue Mug", "Cup"),
    value=Decimal("49.90"),
    orders=2,
    stage="at_risk",
    last={"last_nps": "never", "last_csat": "satisfied", "last_stars": "star_2"},
    attributes={"gift": True, "channel": "app", "weight": 3},
)


@pytest.mark.parametrize(
    ("field", "op", "text", "met"),
    [
        ("country", "one_of", "at, de", True),
        ("country", "none_of", "AT", True),
        ("carrier", "one_of", "DHL", False),
        ("carrier", "none_of", "DHL", True),
        ("sku", "one_of", "CUP-2", True),
        ("sku", "none_of", "CUP-2", False),
        ("product", "contains", "mug", True),
        ("category", "contains", "mug", False),
        ("value", "at_least", "49.90", True),
        ("value", "at_most", "49", False),
        ("orders", "at_most", "2", True),
        ("stage", "one_of", "New, At risk", True),
        ("stage", "none_of", "at_risk", False),
        ("last_nps", "one_of", "never answered, Passive", True),
        ("last_csat", "none_of", "satisfied", False),
        ("last_stars", "one_of", "1 star, 2 stars", True),
        ("last_thumbs", "one_of", "thumb up", False),
        ("attribute", "one_of", "gift = yes", True),
        ("attribute", "one_of", "channel = web, app", True),
        ("attribute", "one_of", "weight = 3", True),
        ("attribute", "one_of", "colour = red", False),
    ],
)
def test_what_is_met(field, op, text, met):
    unmet = first_unmet([checked(field, op, text)], FACTS, {})

    assert (unmet is None) is met


def test_numbers_nobody_told_reach_nothing():
    assert first_unmet([checked("value", "at_least", "0")], Facts(), {}) is not None
    assert first_unmet([checked("value", "at_most", "9")], Facts(), {}) is not None


def test_the_first_that_is_not_met_is_named_with_what_was_found():
    conditions = [checked("language", "one_of", "de"), checked("country", "one_of", "AT")]

    unmet = first_unmet(conditions, FACTS, {})
    assert unmet == Unmet(conditions[1], ("DE",))
    assert unmet.as_data() == {
        "condition": {"field": "country", "op": "one_of", "value": ["AT"]},
        "found": ["DE"],
    }


def test_a_segment_is_its_conditions_and_a_lost_one_contains_nobody():
    segments = {"seg": [checked("orders", "at_least", "2")]}

    assert first_unmet([Condition("segment", "one_of", ("seg",))], FACTS, segments) is None
    assert first_unmet([Condition("segment", "none_of", ("seg",))], FACTS, segments) is not None
    assert first_unmet([Condition("segment", "one_of", ("gone",))], FACTS, segments) is not None


@pytest.mark.parametrize(
    ("field", "op", "text", "said"),
    [
        ("shoe size", "one_of", "42", "Choose what"),
        ("country", "at_least", "3", "does not fit"),
        ("value", "one_of", "3", "does not fit"),
        ("country", "one_of", " , ", "Say with which value"),
        ("value", "at_least", "many", "one number"),
        ("value", "at_least", "NaN", "one number"),
        ("value", "at_least", "1, 2", "one number"),
        ("attribute", "one_of", "gift", "like this"),
        ("country", "one_of", ",".join(map(str, range(51))), "At most 50"),
        (
            "stage",
            "one_of",
            "new, loyal",
            "no “loyal” to choose here; there are: new, active, at_risk, lapsed",
        ),
        ("last_csat", "one_of", "promoter", "there are: dissatisfied, neutral, satisfied, never"),
        ("stage", "contains", "new", "does not fit"),
    ],
)
def test_what_has_no_sense_is_refused(field, op, text, said):
    with pytest.raises(BadCondition, match=said):
        checked(field, op, text)


def test_what_is_stored_is_what_was_meant():
    meant = [checked("attribute", "none_of", "gift = yes, no"), checked("value", "at_most", "20.5")]

    assert from_data([each.as_data() for each in meant]) == meant


@given(
    field=st.sampled_from(sorted(FIELDS)),
    values=st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=3),
    country=st.none() | st.text(max_size=3),
    value=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    attributes=st.dictionaries(st.text(max_size=3), st.none() | st.booleans() | st.integers() | st.text()),
)
def test_whatever_is_stored_can_be_judged(field, values, country, value, attributes):
    facts = Facts(country=country, value=value, orders=1, attributes=attributes)
    for op in OPS_OF[FIELDS[field].kind]:
        condition = Condition(field, op, tuple(values), "a" if field == "attribute" else None)
        unmet = first_unmet([condition], facts, {})
        assert unmet is None or unmet.condition is condition
