import pytest

from surveys.questionnaires.definition import languages, wording
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.starters import NPS, STARTERS


def test_the_wording_follows_the_language_and_names_the_shop():
    german = wording(NPS, "de").filled(lambda text: put_in(text, values_for("Feinwerk")))

    assert "Feinwerk" in german.question
    assert german.why["detractor"] == "Was ist schiefgegangen?"


def test_an_unknown_language_falls_back_to_english():
    assert wording(NPS, "pl").language == "en"


@pytest.mark.parametrize("definition", [definition for *_, definition in STARTERS])
def test_every_starter_speaks_english_and_german_with_the_same_parts(definition):
    assert languages(definition) == ("en", "de")
    english, german = definition["texts"]["en"], definition["texts"]["de"]
    assert english.keys() == german.keys()
    assert english["why"].keys() == german["why"].keys()
    assert len(english.get("points", ())) == len(german.get("points", ()))
