"""Hints on wording: found in both languages, silent about what is proven, never a refusal."""

import pytest

from surveys.questionnaires.metric_wordings import WORDINGS
from surveys.questionnaires.publishing import every_flaw
from surveys.questionnaires.starters import CHECK_BACK, CSAT, NPS
from surveys.questionnaires.texts import with_texts
from surveys.questionnaires.wording_check import hints_of, seconds_of
from tests.surveys.questionnaires.asking import row


def said(document, place="key"):
    return [
        (hint.language, hint.phrase % hint.values if hint.values else hint.phrase)
        for hint in hints_of(document)
        if hint.place == place
    ]


def asking(english, german="Wie war es?"):
    return with_texts(NPS, {"key.question": {"en": english, "de": german}})


@pytest.mark.parametrize("document", [*WORDINGS.values(), CHECK_BACK])
def test_the_ready_made_surveys_get_no_hints(document):
    assert hints_of(document) == []


@pytest.mark.parametrize(
    ("english", "german", "language", "word"),
    [
        ("How great was our service?", "Wie war es?", "en", "“great” could push"),
        ("Don’t you think it was fine?", "Wie war es?", "en", "“Don’t you” could push"),
        ("How was it?", "Wie großartig war es?", "de", "“großartig” could push"),
        ("How were parcel and courier?", "Wie war es?", "en", "“and”: does it ask two things"),
        ("How was it?", "Wie waren Paket und Bote?", "de", "“und”: does it ask two things"),
        ("Was it not late?", "Wie war es?", "en", "“not”: a question without a negation"),
        ("Wasn't it late?", "Wie war es?", "en", "“Wasn't”: a question without a negation"),
        ("How was it?", "Gab es keine Probleme?", "de", "“keine”: a question without a negation"),
        ("How was it, " + "really " * 25 + "?", "Wie war es?", "en", "up to 25 are read with ease"),
        ("How was it?", "", "de", "A text is not translated."),
    ],
)
def test_what_could_be_worded_better_is_told_in_its_language(english, german, language, word):
    found = said(asking(english, german))

    assert {tag for tag, _words in found} == {language}
    assert word in found[0][1]


@pytest.mark.parametrize(
    ("english", "german"),
    [("Do you agree or disagree?", "Wie war es?"), ("How was it?", "Sind Sie zufrieden oder unzufrieden?")],
)
def test_the_two_ends_of_one_thing_are_not_two_things(english, german):
    assert said(asking(english, german)) == []


@pytest.mark.parametrize("plain", ["How was it?", "What brand is it?", "Was the band good?", "Notes for us?"])
def test_parts_of_words_are_no_words(plain):
    assert said(asking(plain)) == []


def test_a_language_without_words_of_ours_gets_the_hints_that_need_none():
    document = {"texts": {"fr": {**NPS["texts"]["en"], "question": "C'est génial, non ? " + "et " * 30}}}

    assert [words for _tag, words in said(document)] == [
        "“C'est génial, non ? et et et et et et et…” has 34 words; up to 25 are read with ease."
    ]


def test_answers_that_lean_to_one_side_are_told():
    told = {"key.points.1": {"en": "Quite satisfied"}}
    assert said(with_texts(CSAT, told)) == [
        ("en", "The answers are not balanced: 3 on the good side, 1 on the bad one.")
    ]

    choices = {"c1": "Good", "c2": "Very good", "c3": "Bad"}
    texts = {
        "en": {"question": "How?", "choices": choices},
        "de": {"question": "Wie?", "choices": dict.fromkeys(choices, "Rot")},
    }
    document = {**NPS, "questions": [row("q1", "one", choices=list(choices), texts=texts)]}
    assert [tag for tag, words in said(document, "q1") if "balanced" in words] == ["en"]


def test_a_scale_with_words_at_one_end_only_is_told():
    texts = {tag: {"question": "How?", "low": "Bad", "high": ""} for tag in ("en", "de")}
    document = {**NPS, "questions": [row("q1", "scale", low=1, high=5, texts=texts)]}

    assert {words for _tag, words in said(document, "q1")} == {
        "Only one end of the scale has words; that pulls answers there."
    }


def test_the_time_it_takes_is_estimated_and_too_much_is_told():
    assert 20 < seconds_of(NPS) < 45
    long = {**NPS, "questions": [row(f"q{n}", "long_text") for n in range(5)]}
    assert seconds_of(long) > 120
    assert any("beyond two minutes" in words for _tag, words in said(long, ""))
    reasons = row("q1", "reasons", reasons={"": ["PRICE", "OTHER"]})
    assert seconds_of({**NPS, "questions": [reasons]}) > seconds_of(NPS)


def test_hints_stand_in_nobodys_way(make):
    assert every_flaw(make.survey(), asking("How great was it and why not?")) == []
