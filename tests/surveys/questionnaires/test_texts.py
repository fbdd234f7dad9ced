"""Every text has a name and a place; put back, it is where it was."""

from surveys.questionnaires.starters import CSAT, NPS, STARTERS
from surveys.questionnaires.texts import LABELS, completeness, flaws_of_key, slots_of, with_texts
from tests.surveys.questionnaires.asking import row

ENDING = {
    "when": [],
    "texts": {"en": {"heading": "Thanks", "link": "Shop"}, "de": {"heading": "Danke"}},
    "url": "",
}
LONG = {
    **CSAT,
    "questions": [row("q1", "one", choices=["c1", "c2"]), row("q2", "scale", low=1, high=5)],
    "thanks": [ENDING],
}


def test_texts_are_named_in_the_order_of_the_questionnaire():
    assert [slot.name for slot in slots_of(NPS)] == [
        "key.question",
        "key.low",
        "key.high",
        "key.why",
        "key.why.detractor",
        "key.why.passive",
        "key.why.promoter",
        "key.permission",
    ]
    names = [slot.name for slot in slots_of(LONG)]
    assert {"key.points.4", "q1.choices.c2", "q2.low", "thanks.0.link"} < set(names)
    assert len(names) == len(set(names))


def test_what_is_put_back_changes_nothing():
    for document in (*(starter[3] for starter in STARTERS), LONG):
        assert with_texts(
            document, {slot.name: dict(slot.texts) for slot in slots_of(document)}
        ) == with_texts(document, {})


def test_a_text_lands_in_its_place_and_the_document_before_stays_as_it_was():
    told = {
        "key.points.0": {"en": "Awful"},
        "key.why.neutral": {"de": ""},
        "q1.choices.c1": {"fr": "Un"},
        "thanks.0.heading": {"de": "Dankeschön"},
        "nowhere.at.all": {"en": "?"},
    }
    changed = with_texts(LONG, told)

    assert changed["texts"]["en"]["points"][0] == "Awful"
    assert "neutral" not in changed["texts"]["de"]["why"]
    assert changed["questions"][0]["texts"]["fr"] == {"question": "", "choices": {"c1": "Un"}}
    assert changed["thanks"][0]["texts"]["de"]["heading"] == "Dankeschön"
    assert LONG["texts"]["en"]["points"][0] == "Very dissatisfied"


def test_what_a_language_lacks_is_counted():
    slots = slots_of(LONG)
    assert completeness(slots, "en") == (len([slot for slot in slots if slot.is_used]),) * 2
    done, wanted = completeness(slots, "de")
    assert wanted - done == 1  # the words of the link


def test_a_key_question_without_words_is_a_flaw():
    assert [*flaws_of_key(NPS)] == [*flaws_of_key(CSAT)] == []
    found = [*flaws_of_key(with_texts(NPS, {"key.low": {"de": ""}, "key.question": {"en": " "}}))]
    assert [(flaw.where, flaw.values["language"]) for flaw in found] == [("key", "en"), ("key", "de")]
    assert {flaw.where for flaw in flaws_of_key(LONG)} == {"thanks.0"}


def test_every_kind_of_text_has_its_word():
    assert {slot.field for slot in slots_of(LONG)} | {"low", "high"} <= set(LABELS)


def test_a_choice_that_comes_back_in_two_lines_stays_one_choice():
    document = {**NPS, "questions": [row("q1", "one", choices=["c1", "c2"])]}
    changed = with_texts(document, {"q1.choices.c1": {"de": "Rot\r\noder rosa"}})

    assert changed["questions"][0]["texts"]["de"]["choices"]["c1"] == "Rot oder rosa"
