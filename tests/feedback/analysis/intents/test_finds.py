import random
import re
import time
from pathlib import Path

import pytest

from feedback.analysis.intents import finds
from feedback.analysis.intents.finds import FILES, INTENTS, find_intents, ruled_out, rules_of


def intents(comment: str, language: str | None = "en") -> set[str]:
    return {find.intent for find in find_intents(comment, language)}


@pytest.mark.parametrize(
    ("comment", "intent"),
    [
        ("My lawyer will contact you", "legal"),
        ("The charger caught fire", "safety"),
        ("i was charged TWICE for one order", "payment"),
        ("I’ll dispute this with my bank", "chargeback"),
        ("You won't see me again.", "churn"),
        ("This goes straight on Trustpilot.", "public_threat"),
        ("Delete all my data.", "data_request"),
        ("I opted out and the mailings still come.", "data_request"),
        ("Please refund me.", "refund"),
        ("Please call me back.", "contact"),
        ("Do you ship to Norway?", "question"),
    ],
)
def test_what_an_english_customer_wants_is_found(comment: str, intent: str) -> None:
    assert intent in intents(comment)


@pytest.mark.parametrize(
    ("comment", "intent"),
    [
        ("Mein Anwalt meldet sich bei Ihnen.", "legal"),
        ("Das Ladegerät ist in Flammen aufgegangen.", "safety"),
        ("wurde doppelt abgebucht", "payment"),
        ("Ich lasse das Geld von der Bank zurückholen.", "chargeback"),
        ("Nie wieder bestelle ich hier.", "churn"),
        ("Das kommt auf Trustpilot.", "public_threat"),
        ("Löschen Sie alle meine Daten.", "data_request"),
        ("Trotz Abmeldung kommt weiter Werbung.", "data_request"),
        ("Ich will mein Geld zurück.", "refund"),
        ("Rufen Sie mich bitte an.", "contact"),
        ("Liefert ihr nach Norwegen?", "question"),
    ],
)
def test_what_a_german_customer_wants_is_found(comment: str, intent: str) -> None:
    assert intent in intents(comment, "de")


@pytest.mark.parametrize(
    ("comment", "language"),
    [
        ("Keine Antwort, wie in ein schwarzes Loch.", "de"),
        ("I don't need a lawyer, all fine", "en"),
        ("My husband is a lawyer and loves it.", "en"),
        ("The burning candle smells great, and the court shoes fit.", "en"),
        ("I was charged twice but it was fixed at once.", "en"),
        ("With any other shop I would have called my bank.", "en"),
        ('The card says "call me" in gold letters.', "en"),
        ("Middling, you get that elsewhere too.", "en"),
        ("Mittelmaß, das gibt es anderswo auch.", "de"),
        ("Ich bin durch einen Freund auf euch gekommen.", "de"),
        ("Ein Anwalt war nicht nötig.", "de"),
        ("Mein Mann ist Anwalt und liebt die Tasche.", "de"),
        ("Die brennende Kerze duftet nach Zimt.", "de"),
        ("Wurde doppelt abgebucht, aber innerhalb einer Stunde korrigiert.", "de"),
        ("Bei jedem anderen Shop hätte ich meine Bank angerufen.", "de"),
        ("", "en"),
        ("Bin hin und weg ❤️", "de"),
    ],
)
def test_what_only_sounds_like_it_is_left_alone(comment: str, language: str) -> None:
    assert intents(comment, language) == set()


@pytest.mark.parametrize(
    ("comment", "language", "intent"),
    [
        ("Somebody recommended you, and we're staying.", "en", "churn"),
        ("Your receipt was in my junk folder.", "en", "data_protection"),
        ("Your “where is my parcel” page told me it had been delivered.", "en", "data_protection"),
        ("Laut Statusseite zugestellt, hier ist aber nichts.", "de", "data_protection"),
        ("Eine Freundin hat euch empfohlen und ich bleibe.", "de", "churn"),
        ("Die Rechnung lag im Spam-Ordner.", "de", "data_protection"),
    ],
)
def test_words_rule_out_what_the_whole_may_sound_like(comment: str, language: str, intent: str) -> None:
    assert intent in ruled_out(comment, language) & ruled_out(comment, None)


@pytest.mark.parametrize(
    "comment", ["I'm staying away from you.", "We are staying with Amazon.", "Ich bleibe bei der Konkurrenz."]
)
def test_staying_elsewhere_rules_nothing_out(comment: str) -> None:
    assert not ruled_out(comment, None)


def test_a_page_that_follows_parcels_may_still_leak() -> None:
    assert not ruled_out("Your tracking page shows me a stranger's name and street.", None)


def test_danger_is_found_even_where_it_was_made_good() -> None:
    assert intents("The kettle burnt my hand. It was replaced at once.") == {"safety"}


def test_what_was_solved_and_came_back_counts() -> None:
    assert "payment" in intents("I was charged twice, it was fixed at once, and today it happened again.")


def test_who_wrote_in_an_unknown_language_is_searched_in_both() -> None:
    assert intents("Mein Anwalt meldet sich. My lawyer will write.", None) == {"legal"}
    assert intents("Mein Anwalt meldet sich", None) == intents("My lawyer is informed", "xx") == {"legal"}


def test_finds_say_where_their_words_stand_in_the_comment_as_written() -> None:
    comment = "İstanbul 🙂 — My SOLICITOR’s letter is on its way.  Refund me!"
    found = {find.intent: comment[find.start : find.end] for find in find_intents(comment, "en")}

    assert "SOLICITOR" in found["legal"]
    assert found["refund"] == "Refund me"


def test_finds_of_one_intent_never_overlap_and_lie_within_the_comment() -> None:
    words = vocabulary("en")
    draw = random.Random(5)
    for _ in range(200):
        comment = " ".join(draw.choice(words) for _ in range(30))
        ends = dict.fromkeys(INTENTS, 0)
        for find in find_intents(comment, "en"):
            assert ends[find.intent] <= find.start < find.end <= len(comment)
            ends[find.intent] = find.end


def vocabulary(language: str) -> list[str]:
    rules = (Path(finds.__file__).parent / FILES[language]).read_text("utf-8")
    return sorted(set(re.findall(r"[a-zäöüß]{2,}", rules)))


def hostile() -> list[str]:
    draw = random.Random(7)
    made = [
        "a" * 5000,
        "a " * 2500,
        "( " * 2500,
        "🙂" * 5000,
        '"a ' * 1667,
        "x. " * 1667,
        "? " * 2500,
        "\n" * 5000,
    ]
    for language in FILES:
        words = vocabulary(language)
        made += [f"{draw.choice(words)} " * 600 for _ in range(20)]
        made.append(" ".join(draw.choice(words) for _ in range(900)))
    made += ["my bank my card " * 320, "never again " * 420, "ich nie nicht mehr " * 270, "no refund. " * 460]
    return [text[:5000] for text in made]


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_text_of_5000_characters_takes_50_ms(language: str) -> None:
    rules_of(language)

    for text in hostile():
        assert min(seconds(text, language) for _ in range(3)) < 0.05, text[:60]


def seconds(text: str, language: str) -> float:
    begun = time.process_time()
    find_intents(text, language)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("comment", "language"),
    [
        ("You never sold my data.", "en"),
        ("I asked myself whether to call, but not my bank.", "en"),
        ("Meine Daten wurden nicht weitergegeben.", "de"),
        ("Der Stecker wird nicht heiß und es riecht nicht verbrannt.", "de"),
        ("Verbrannt hat sich niemand.", "de"),
    ],
)
def test_a_gap_between_the_words_of_a_rule_skips_no_denial(comment: str, language: str) -> None:
    assert intents(comment, language) == set()


@pytest.mark.parametrize("language", FILES)
def test_every_rule_can_be_compiled_although_few_ever_are(language: str) -> None:
    rules = rules_of(language)

    for each in (rules.sure, rules.weak, rules.across, rules.guards, rules.ruled_out):
        assert all(rule.pattern.pattern for book in each.values() for rule in book.rules)


@pytest.mark.parametrize(
    ("comment", "language", "intent"),
    [
        ("I'd sooner cycle to the next town in the rain than order here again", "en", "churn"),
        ("Somebody got into my account and bought two watches", "en", "payment"),
        ("Where is my 25 euros deposit", "en", "payment"),
        ("My cousin works for the regional newspaper", "en", "public_threat"),
        ("I am afraid to open the door since he threatened me", "en", "safety"),
        ("Wenn bis Dienstag nichts kommt gehe ich zum Anwalt", "de", "legal"),
        ("Der Laden ist für uns gestorben", "de", "churn"),
        ("Ich glaube kaum, dass ich noch mal etwas bestelle", "de", "churn"),
        ("Meine Diagnose stand außen drauf, für jeden lesbar", "de", "data_protection"),
        ("Davon werde ich allen Kollegen abraten", "de", "public_threat"),
    ],
)
def test_kinds_of_phrases_are_known_and_not_one_wording_each(comment, language, intent):
    assert intent in intents(comment, language)


def test_what_somebody_never_agreed_to_says_whether_it_is_about_money_or_data():
    assert "payment" not in intents("I never agreed to you passing my number on")
    assert "data_protection" in intents("I never agreed to you passing my number on")
    assert intents("I never agreed to a membership") & {"payment", "data_protection"} == {"payment"}
    assert not intents("I never agreed to a substitute") & {"payment", "data_protection"}


@pytest.mark.parametrize(
    ("comment", "language", "wanted"),
    [
        ("A real person picked up after two rings, so kind", "en", False),
        ("It was lovely to talk to a real person for once", "en", False),
        ("Asked how to dim it and got a quick reply from a real person", "en", False),
        ("Never got a real answer from a real person", "en", True),
        ("I want to talk to a real person", "en", True),
        ("Is there a real person anywhere", "en", True),
        ("Ein echter Mensch ging ran, super nett", "de", False),
        ("Ich will mit einem echten Menschen sprechen", "de", True),
    ],
)
def test_whoever_praises_a_real_person_wishes_for_no_contact(comment, language, wanted):
    assert ("contact" in intents(comment, language)) is wanted
