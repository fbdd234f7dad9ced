from feedback.analysis.intents.patterns import rule_of
from feedback.analysis.intents.wording import Rulebook, Worded


def test_an_ordinal_and_a_short_form_end_no_sentence() -> None:
    text = "am 2. überwiesen. art. 15 gilt! ok"
    assert [text[a:b].strip() for a, b in Worded(text).sentences] == [
        "am 2. überwiesen.",
        "art. 15 gilt!",
        "ok",
    ]


def test_a_rule_whose_words_the_text_lacks_is_not_even_tried() -> None:
    assert list(Worded("call us").matches(Rulebook([rule_of("call .. bank", {})]))) == []
    assert list(Worded("").matches(Rulebook([rule_of("*anwalt", {})]))) == []


def test_no_more_is_found_than_was_asked_for() -> None:
    assert len(list(Worded("fire " * 50).matches(Rulebook([rule_of("fire", {})]), most=3))) == 3
