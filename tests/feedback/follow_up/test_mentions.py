"""Who is named in a note."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.mentions import named_in

TEAM = {"b": "Ben Agent", "d": "Dora Owner", "b2": "Bert Blue", "b3": "Bert Brown", "j": "Jörg"}


def test_whole_names_and_first_names_that_one_person_has():
    assert named_in("@Ben please call, @jörg knows the order", TEAM) == ["b", "j"]
    assert named_in("Ask @Bert", TEAM) == []
    assert named_in("Ask @bert blue!", TEAM) == ["b2"]


def test_addresses_and_longer_words_name_nobody():
    assert named_in("mail ben@ben.example, @Benjamin, Ben", TEAM) == []


@given(st.text())
def test_any_text_names_only_people_there_are(text):
    assert set(named_in(text, TEAM)) <= set(TEAM)
    assert named_in(text, {}) == [] and named_in(text, {"x": " "}) == []
