import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.api.strict_json import NotStrictJson, read


def test_an_ordinary_object_is_read():
    assert read('{"a": [1, 2.5, "ü", true, null]}'.encode()) == {"a": [1, 2.5, "ü", True, None]}


@pytest.mark.parametrize(
    "body, status, word",
    [
        (b"", 400, "empty"),
        (b"   ", 400, "empty"),
        (b'{"a": 1', 400, "line 1"),
        (b"{'a': 1}", 400, "line 1"),
        (b'\xef\xbb\xbf{"a": 1}', 400, "byte order mark"),
        ('{"a": 1}'.encode("utf-16"), 400, "byte order mark"),
        (b'{"a": "\xff"}', 400, "UTF-8"),
        (b"[" * 100_000 + b"]" * 100_000, 400, "32 levels"),
        (b'{"a":' * 33 + b"1" + b"}" * 33, 400, "32 levels"),
        (b'{"a": 1, "a": 2}', 400, "twice"),
        (b'{"x": {"a": 1, "a": 1}}', 400, "twice"),
        (b'{"a": NaN}', 400, "NaN"),
        (b'{"a": -Infinity}', 400, "Infinity"),
        (b'{"a": 1e999}', 422, "out of range"),
        (b'{"a": 9007199254740992}', 422, "out of range"),
        (b'{"a": 1180591620717411303424}', 422, "out of range"),
        (b'{"a": ' + b"9" * 5000 + b"}", 422, "out of range"),
        (b'{"a": "\\ud800"}', 422, "surrogate"),
        (b'{"\\udfff": 1}', 422, "surrogate"),
        (b'{"a": "x\\u0000y"}', 422, "NUL"),
        (b'{"a": "' + b"x" * 100_001 + b'"}', 422, "longer"),
        # Each quote of an open string once began a search to the body's end: minutes for one body of 256 KiB.
        (b'"' + b'\\"' * 120_000, 400, "Unterminated"),
    ],
)
def test_hostile_bytes_are_refused_with_a_reason(body, status, word):
    with pytest.raises(NotStrictJson) as refused:
        read(body)

    assert refused.value.status == status
    assert word in refused.value.detail


def test_thirty_two_levels_and_the_largest_integer_still_pass():
    assert read(b"[" * 32 + b"]" * 32)
    assert read(b'{"a": -9007199254740991}') == {"a": -(2**53) + 1}


def test_brackets_inside_strings_are_not_depth():
    assert read(json.dumps({"a": "[" * 500}).encode()) == {"a": "[" * 500}


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)
VALUES = st.recursive(
    LEAVES | TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
)


@given(VALUES)
def test_whatever_plain_json_can_say_is_read_as_it_was_meant(value):
    assert read(json.dumps({"value": value}).encode()) == {"value": value}


@pytest.mark.thorough
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body):
    try:
        read(body)
    except NotStrictJson as error:
        assert error.detail
