from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest

from surveys.cursor import InvalidCursor, decode, encode, page_of

MOMENT = datetime(2026, 3, 10, 11, 0, 0, 123456, tzinfo=UTC)


def test_what_was_encoded_comes_back_with_its_types():
    assert decode(encode(MOMENT, 7, "Ä/?"), datetime, int, str) == (MOMENT, 7, "Ä/?")


def test_a_cursor_needs_no_escaping_in_an_address():
    assert encode(MOMENT, "ÿþ>?").replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "garbled",
    [
        "",
        "x",
        "!!!!",
        "ünder",
        "a" * 2000,
        urlsafe_b64encode(b"\xff\xfe").decode(),
        urlsafe_b64encode(b"[" * 700).decode(),
        urlsafe_b64encode(b'{"t": 1}').decode(),
        urlsafe_b64encode(b"7").decode(),
        urlsafe_b64encode(b"[1.5]").decode(),
        urlsafe_b64encode(b"[true]").decode(),
        urlsafe_b64encode(b"[2147483648]").decode(),
        urlsafe_b64encode(b'["\\u0000"]').decode(),
        urlsafe_b64encode(b'["\\ud800"]').decode(),
        urlsafe_b64encode(b'[{"t": "2026-03-10T11:00:00"}]').decode(),
        urlsafe_b64encode(b'[{"t": "soon"}]').decode(),
        urlsafe_b64encode(b"[[1]]").decode(),
        urlsafe_b64encode(b"[null]").decode(),
    ],
)
def test_a_garbled_cursor_is_refused_by_name(garbled: str):
    with pytest.raises(InvalidCursor) as refusal:
        decode(garbled, int)
    assert (refusal.value.status, refusal.value.field) == (400, "cursor")


def test_a_cursor_of_another_list_is_refused():
    for foreign in (encode("text"), encode(1, 2), encode(MOMENT)):
        with pytest.raises(InvalidCursor):
            decode(foreign, int)


def test_a_page_knows_whether_there_is_more():
    first = page_of([1, 2, 3], 2, lambda row: (row,))
    assert (first.items, decode(first.next or "", int)) == ([1, 2], (2,))
    assert page_of([1, 2], 2, lambda row: (row,)).next is None
    assert page_of([], 2, lambda row: (row,)).next is None
