"""The ready question in every language of customers."""

import pytest

from feedback.follow_up.inbox.many.letters import LETTERS, question


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_is_whole_with_and_without_name_and_order(language):
    whole = question(language, name="Dora", order="A-1", agent="Ben", shop="Olive")
    assert "Dora" in whole and "A-1" in whole and whole.endswith("Ben\nOlive\n") and whole.count("?") >= 1
    bare = question(language, name=None, order=None, agent="Ben", shop="Olive")
    assert not set("{}[]") & set(whole + bare) and "None" not in bare


def test_a_language_without_a_letter_gets_the_english_one():
    assert question("pt-BR", name=None, order=None, agent="Ben", shop="Olive").startswith("Hello,")
