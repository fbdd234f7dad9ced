from dataclasses import asdict

from surveys.permission.letters import DE, EN, LETTERS, letter_in


def places(text):
    return {place for place in ("{shop}", "{date}", "{name}") if place in text}


def test_an_unknown_language_gets_english():
    assert letter_in("ja") is EN and letter_in("de") is DE


def test_every_language_fills_the_same_places():
    for letter in LETTERS.values():
        for name, text in asdict(letter).items():
            english = asdict(EN)[name]
            assert places(text) == places(english), name
