"""Every group that a score can belong to has a word."""

from surveys.questionnaires.groups import GROUPS as WORDS
from surveys.scales import GROUPS


def test_every_group_of_every_scale_has_a_word_and_no_word_is_left_over():
    assert {group for groups in GROUPS.values() for group in groups} == set(WORDS)
