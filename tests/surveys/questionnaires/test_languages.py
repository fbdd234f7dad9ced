"""Ready-made questionnaires speak every language; those with other words are left alone."""

import pytest

from surveys.locales import CUSTOMER_LANGUAGES
from surveys.questionnaires.definition import wording
from surveys.questionnaires.languages import can_be_extended, in_every_language, missing_languages
from surveys.questionnaires.soundness import flaws_of
from surveys.questionnaires.starters import NPS, STARTERS
from surveys.scales import SCALES


@pytest.mark.parametrize(("key", "kind", "made"), [(key, kind, made) for key, _, kind, made in STARTERS])
def test_in_every_language_it_is_sound_and_english_and_german_are_as_they_were(key, kind, made):
    whole = in_every_language(kind, made)

    assert set(whole["texts"]) == set(CUSTOMER_LANGUAGES)
    assert flaws_of(whole, SCALES.get(kind)) == []
    assert all(whole["texts"][tag] == text for tag, text in made["texts"].items())
    assert wording(whole, "pl").language == "pl"
    assert can_be_extended(key, kind, made) and not can_be_extended(key, kind, whole)


def test_some_languages_may_be_there_already():
    whole = in_every_language("nps", NPS)
    half = {"texts": {tag: whole["texts"][tag] for tag in ("en", "de", "fr")}}

    assert missing_languages("nps", half) == ("es", "it", "nl", "pl")
    assert can_be_extended("nps", "nps", half)


def test_words_of_its_own_and_unknown_kinds_are_left_alone():
    own = {"texts": {**NPS["texts"], "en": {**NPS["texts"]["en"], "question": "How was it?"}}}

    assert not can_be_extended("nps", "nps", own)
    assert not can_be_extended("ours", "nps", NPS)
    assert in_every_language("stars", NPS)["texts"] == NPS["texts"]
    assert missing_languages("stars", NPS) == ()
