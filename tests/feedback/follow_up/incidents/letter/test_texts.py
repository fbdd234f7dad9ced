"""The letter to everybody in each language of customers."""

import pytest

from feedback.follow_up.incidents.letter.texts import DRAFTS, LANGUAGES, language_of, letter
from feedback.follow_up.triaging import left_in_brackets


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_wants_to_be_finished_and_a_letter_has_greeting_and_name(language):
    assert DRAFTS[language].count("[") == 2 and left_in_brackets(DRAFTS[language]) is not None
    assert "'" not in DRAFTS[language]
    whole = letter(language, " We are on it. \n", name="Dora", agent="Ben", shop="Olive")
    assert "Dora" in whole.split("\n")[0] and whole.endswith("We are on it.\n\nBen\nOlive\n")
    assert "None" not in letter(language, "x", name=None, agent="Ben", shop="Olive")


def test_who_reads_another_language_is_written_to_in_english():
    assert [language_of(each) for each in ("de-AT", "PL", "cs", "")] == ["de", "pl", "en", "en"]
