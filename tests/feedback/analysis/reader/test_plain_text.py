import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.reader.plain_text import LONGEST, cased, parts, plain


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("THIS IS AWFUL AND LATE", "this is awful and late"),
        ("DHL was OK", "DHL was OK"),
        ("<p>Great <b>shop</b>&nbsp;&amp; fast</p>", "Great shop & fast"),
        ("sooooo goooood!!!!!", "soo good!!"),
        ("late\u200b\u202e again\x00", "late again"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("don’t", "don't"),
    ],
)
def test_what_misleads_a_reader_is_taken_out(raw, read):
    assert plain(raw) == read


@pytest.mark.thorough
@given(st.text(max_size=300))
def test_plain_text_is_one_line_and_plain_again(raw):
    text = plain(raw)

    assert "\n" not in text
    assert len(text) <= LONGEST


@given(st.lists(st.sampled_from(["good", "late.", "aber", "no!", "😠"]), min_size=1, max_size=600))
def test_parts_hold_the_words_in_order_and_are_ten_at_most(words):
    found = parts(" ".join(words))

    assert len(found) <= 10
    assert " ".join(words).startswith(" ".join(found))
    assert all(len(part.split(" ")) <= 40 for part in found)


HOSTILE = [
    "<" * 20_000,
    "a" * 20_000,
    "😠" * 5_000,
    "\u202e" * 20_000,
    "&" * 20_000,
    "1" * 20_000,
    "\x00" * 20_000,
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_text_is_made_plain_in_no_time(raw):
    began = time.process_time()
    plain(raw)

    assert time.process_time() - began < 2


def test_german_is_read_in_lower_case_however_it_was_typed():
    assert cased("Das Paket", "de") == cased("DAS PAKET", "de") == "das paket"
    assert cased("The OK one", "en") == "The OK one"
