"""Which queue an address names."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.inbox.asking import LONGEST, NAMES, VIEWS, read, written


def test_an_address_without_a_known_view_names_no_queue():
    assert read({}) is None and read({"view": "everything"}) is None


def test_terms_are_trimmed_and_cut_and_foreign_names_left_out():
    asked = read({"view": "late", "q": "  Dora \0 Detractor ", "priority": "P2", "page": "3"})
    assert asked is not None
    assert asked.values() == {"view": "late", "q": "Dora Detractor", "priority": "P2"}
    assert asked.terms == {"q": "Dora Detractor", "priority": "P2"}
    assert written({"view": "late", "page": "3", "brand": ""}) == {"view": "late"}


@given(st.sampled_from(VIEWS), st.dictionaries(st.sampled_from(NAMES[1:]), st.text()))
def test_what_a_queue_writes_reads_as_the_same_queue(view, values):
    asked = read({**values, "view": view})
    assert asked is not None and read(asked.values()) == asked
    assert all(len(value) <= LONGEST for value in asked.values().values())
