"""Whom of the team a comment names."""

import pytest

from feedback.follow_up.assigning.naming import named_in

TEAM = {1: "Ben Fischer", 2: "Nadia Kühn", 3: "Will Stone", 4: "Nadia Roth", 5: "José"}


@pytest.mark.parametrize(
    ("comment", "named"),
    [
        ("Ben was rude on the phone.", {1}),
        ("I spoke with ben fischer twice.", {1}),
        ("BEN never called back", {1}),
        ("Bens Antwort kam nie", set()),
        ("Ben's answer never came", {1}),
        ("I will not buy again", set()),
        ("will stone hung up on me", {3}),
        ("Nadia was rude", set()),  # There are two of them.
        ("Frau Nadia Kuhn hat aufgelegt", {2}),
        ("nadia   KÜHN hung up", {2}),
        ("Jose forgot me", {5}),
        ("the bench is broken, Benjamin", set()),
        ("Ben and Jose, both of them!", {1, 5}),
        ("", set()),
    ],
)
def test_names_count_as_whole_words(comment, named):
    assert named_in([comment], TEAM) == named


def test_every_comment_of_the_task_counts():
    assert named_in(["All late.", "And then Ben shouted."], TEAM) == {1}


def test_names_with_signs_in_them_and_empty_ones_break_nothing():
    assert named_in(["Mia (Office) said no"], {1: "Mia (Office)", 2: "  ", 3: "A+B [x"}) == {1}
