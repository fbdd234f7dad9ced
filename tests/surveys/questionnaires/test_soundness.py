"""A questionnaire is published only when every question can be shown, judged and reached."""

import pytest

from surveys.questionnaires.soundness import flaws_of
from surveys.questionnaires.starters import CSAT, NPS
from surveys.scales import SCALES
from tests.surveys.questionnaires.asking import row, when


def flaws(*questions, **parts):
    found = flaws_of({**NPS, "questions": list(questions), **parts}, SCALES["nps"])
    return [(flaw.where, flaw.phrase % flaw.values) for flaw in found]


def test_the_starters_are_sound():
    assert flaws() == []
    assert flaws_of(CSAT, SCALES["csat"]) == []


def test_a_questionnaire_with_logic_that_works_out_is_sound():
    assert (
        flaws(
            row("q1", "reasons", reasons={"": ["PRICE"], "detractor": ["DELIVERY.LATE"]}),
            row(
                "q2",
                "yes_no",
                show_if=[when("q1", "DELIVERY.LATE")],
                jumps=[{"when": [when("q2", "no")], "to": "q4"}],
            ),
            row("q3", show_if=[when("score", "3", op="at_most"), when("carrier", "DHL")]),
            row("q4", "one", choices=["a", "b"], show_if=[when("language", "de")]),
        )
        == []
    )


@pytest.mark.parametrize(
    ("questions", "where", "words"),
    [
        ([row(f"q{n}") for n in range(11)], "", "at most 10"),
        ([row("q1", texts={"en": {"question": "Why?"}})], "q1", "no words in de"),
        (
            [row("q1", "one", choices=["a", "b"], texts={t: {"question": "?"} for t in ("en", "de")})],
            "q1",
            "A choice",
        ),
        ([row("q1", "one", choices=["a"])], "q1", "at least 2"),
        ([row("q1", "reasons", reasons={})], "q1", "no reason"),
        ([row("q1", "reasons", reasons={"": [f"T{n}" for n in range(8)]})], "q1", "At most 7"),
        ([row("q1", "scale", low=5, high=1)], "q1", "2 to 11 points"),
        ([row("q1", show_if=[when("q2", "x")]), row("q2")], "q1", "comes later"),
        ([row("q1", show_if=[when("q1", "x")])], "q1", "comes later"),
        ([row("q1", show_if=[when("q9", "x")])], "q1", "was deleted"),
        ([row("q1", show_if=[when("group")])], "q1", "nothing to compare"),
        ([row("q1", show_if=[when("group", "satisfied")])], "q1", "nobody can answer"),
        ([row("q1", show_if=[when("score", "11")])], "q1", "nobody can answer"),
        ([row("q1", show_if=[when("value", "much", op="at_least")])], "q1", "no number"),
        ([row("q1", "yes_no"), row("q2", show_if=[when("q1", "perhaps")])], "q2", "nobody can answer"),
        ([row("q1"), row("q2", jumps=[{"when": [], "to": "q1"}])], "q2", "back"),
        ([row("q1", jumps=[{"when": [], "to": "q1"}])], "q1", "back"),
        ([row("q1", jumps=[{"when": [], "to": "q9"}])], "q1", "was deleted"),
    ],
)
def test_a_flaw_is_told_with_its_place(questions, where, words):
    assert {place for place, sentence in flaws(*questions) if words in sentence} == {where}


@pytest.mark.parametrize(
    "conditions",
    [
        [when("group", "detractor"), when("group", "promoter")],
        [when("group", "detractor"), when("score", "7", op="at_least")],
        [when("q1", "yes"), when("q1", "yes", op="none_of")],
        [when("language", "de"), when("language", "en")],
    ],
)
def test_a_question_that_no_answers_lead_to_is_a_flaw(conditions):
    found = flaws(row("q1", "yes_no"), row("q2", show_if=conditions))

    assert [place for place, sentence in found if "No answers lead" in sentence] == ["q2"]


def test_a_question_that_every_way_jumps_over_is_a_flaw():
    found = flaws(row("q1", jumps=[{"when": [], "to": "q3"}]), row("q2"), row("q3"))

    assert found == [("q2", "No answers lead to it: its conditions or a jump keep everybody away.")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Hello {name}?", "{name} is not known here"),
        ("Hello {customer.name}?", "{customer.name} would leave a gap"),
    ],
)
def test_a_place_for_a_name_has_to_be_known_and_to_leave_no_gap(words, sentence):
    found = flaws(row("q1", texts={language: {"question": words} for language in ("en", "de")}))

    assert [(place, told.startswith(sentence)) for place, told in found] == [("q1", True)]


def test_a_place_that_is_none_is_found_where_it_stands():
    texts = {
        language: NPS["texts"][language] | {"permission": "May {name} write?"} for language in ("en", "de")
    }
    thanks = [ending(""), {"when": [], "url": "", "texts": {"en": {"text": "Thank you, {name}"}}}]

    assert [place for place, _ in flaws(texts=texts, thanks=thanks)] == ["key", "thanks.1"]


def test_two_ticks_together_can_lead_somewhere():
    both = [when("q1", "a"), when("q1", "b")]

    assert flaws(row("q1", "many", choices=["a", "b", "c"]), row("q2", show_if=both)) == []


def ending(url, *conditions):
    return {"when": list(conditions), "url": url, "texts": {"en": {"heading": "Thank you"}}}


REVIEW, HELP = "https://reviews.example/shop", "https://shop.example/returns"


@pytest.mark.parametrize(
    "endings",
    [
        [ending(REVIEW, when("group", "promoter"))],
        [ending(REVIEW, when("score", "9", op="at_least"))],
        [ending("", when("group", "detractor")), ending(REVIEW)],
        [ending(HELP, when("group", "detractor")), ending(REVIEW)],
    ],
)
def test_an_offer_that_only_happy_answers_lead_to_is_refused(endings):
    found = flaws(thanks=endings)

    at = next(at for at, row in enumerate(endings) if row["url"] == REVIEW)
    assert [(place, "paint a false picture" in sentence) for place, sentence in found] == [
        (f"thanks.{at}", True)
    ]


def test_an_ending_that_waits_for_what_nobody_can_answer_is_a_flaw():
    found = flaws(thanks=[ending(HELP), ending("", when("group", "unhappy"))])

    assert found == [("thanks.1", "A condition waits for “unhappy”, which nobody can answer.")]


@pytest.mark.parametrize(
    "endings",
    [[ending(REVIEW)], [ending(HELP, when("group", "detractor"))], [ending(REVIEW, when("country", "DE"))]],
)
def test_an_offer_to_everybody_and_help_for_the_unhappy_are_fine(endings):
    assert flaws(thanks=endings) == []


def test_a_link_without_https_is_refused():
    assert ["https://" in sentence for _, sentence in flaws(thanks=[ending("http://shop.example")])] == [True]
