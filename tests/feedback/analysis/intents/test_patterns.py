import pytest

from feedback.analysis.intents.patterns import rule_of
from feedback.analysis.intents.wording import Rulebook, Worded

LISTS = {"bank": "bank|card company", "mine": "my @bank|our @bank"}


def found(line: str, text: str, **kwargs: bool) -> list[str]:
    rule = rule_of(line, LISTS, across=kwargs.get("across", False))
    return [text[start:end] for start, end in Worded(text).matches(Rulebook([rule]), **kwargs)]


@pytest.mark.parametrize(
    ("line", "text", "words"),
    [
        ("caught fire", "the plug caught fire", ["caught fire"]),
        ("caught fire", "the plug caught. fire came later", []),
        ("burn*", "it burnt and burns, sunburnt", ["burnt", "burns"]),
        ("*anwalt", "mein anwalt, dein rechtsanwalt, anwaltlich", ["anwalt", "rechtsanwalt"]),
        (
            "(call|ring) me [back] please",
            "call me please, ring me back please",
            ["call me please", "ring me back please"],
        ),
        ("[please] call me", "call me or please call me", ["call me", "please call me"]),
        ("told .. bank", "told that nice bank", ["told that nice bank"]),
        ("told .. bank", "told one two three four five bank", []),
        ("won't", "i wont and i won't", ["wont", "won't"]),
        ("# euro", "12,50 euro", ["12,50 euro"]),
        ("^never again", "well, never again. never again!", ["never again"]),
        ("never$", "never say never!", ["never!"]),
        ("^?", "fine. is it blue?", ["is it blue?"]),
        ("call @mine", "call my card company", ["call my card company"]),
    ],
)
def test_a_rule_is_written_in_a_customers_words(line: str, text: str, words: list[str]) -> None:
    assert sorted(found(line, text)) == sorted(words)


def test_a_rule_may_run_over_the_end_of_a_sentence() -> None:
    assert found("paid ... nothing", "i paid. it is june. nothing.", across=True) == [
        "paid. it is june. nothing"
    ]


def test_a_bracket_too_many_is_told() -> None:
    with pytest.raises(ValueError, match="bracket"):
        rule_of("one) two", {})
