"""What an anonymous survey may not ask or look at."""

from surveys.questionnaires.anonymity import ASKS_WHO, LOOKS_AT_ORDER, flaws_of_anonymity
from surveys.questionnaires.starters import NPS
from tests.surveys.questionnaires.asking import row, when


def flaws(questions=(), thanks=()):
    definition = {**NPS, "questions": list(questions), "thanks": list(thanks)}
    return [(flaw.where, flaw.phrase) for flaw in flaws_of_anonymity(definition)]


def test_questions_about_the_matter_are_no_flaw():
    assert (
        flaws([row("q1"), row("q2", "reasons", reasons={"": ["DELIVERY"]}, show_if=[when("score", "3")])])
        == []
    )


def test_contact_details_are_a_flaw():
    assert flaws([row("q1"), row("q2", "contact")]) == [("q2", ASKS_WHO)]


def test_looking_at_the_order_is_a_flaw_wherever_it_stands():
    ending = {"when": [when("country", "AT")], "texts": {"en": {"text": "Servus"}}}
    jump = {"when": [when("attribute.channel", "web")], "to": "end"}

    found = flaws([row("q1", show_if=[when("country", "AT")]), row("q2", jumps=[jump])], [ending])

    assert found == [("q1", LOOKS_AT_ORDER), ("q2", LOOKS_AT_ORDER), ("thanks.0", LOOKS_AT_ORDER)]
