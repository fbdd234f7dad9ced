"""Further answers are told in the words their respondent read."""

from surveys.questionnaires.starters import NPS
from surveys.responses.account import account, first_reason, labels
from tests.surveys.questionnaires.asking import row

QUESTIONS = [
    row("q1", "reasons", reasons={"": ["DELIVERY.LATE", "GONE"]}),
    row("q2", "many", choices=["red"], other=True),
    row("q3", "yes_no"),
    row("q4", "contact"),
    row("q5", "number"),
    row("q6", texts={"en": {"question": "What should {shop} keep?"}}),
]


def told(language="en", **answers):
    found = account({**NPS, "questions": QUESTIONS}, answers, language, "Kiesel")
    return [(said.question, said.words) for said in found]


def test_codes_and_choices_become_words():
    answers = {
        "q1": ["DELIVERY.LATE", "GONE"],
        "q2": ["red", "other"],
        "q2.text": "mauve",
        "q3": "no",
        "q5": 4,
    }

    assert told(**answers) == [
        ("About q1?", ("It came late", "GONE")),
        ("About q2?", ("Red", "mauve")),
        ("About q3?", ("No",)),
        ("About q5?", ("4",)),
    ]
    assert told("de", q1=["DELIVERY.LATE"]) == [("About q1?", ("Kam zu spät",))]


def test_a_day_is_written_out_and_something_else_is_named_also_without_a_word_about_it():
    questions = [row("q1", "date"), row("q2", "one", choices=["red"], other=True)]
    answers = {"q1": "2026-11-09", "q2": "other"}

    day, other = account({**NPS, "questions": questions}, answers, "de", "Kiesel")

    assert day.words == ("9. November 2026",)
    assert (other.words, other.ours) == (("Something else",), {"Something else"})


def test_the_question_names_the_shop_and_contact_details_are_marked_as_personal():
    answers = {"q4.email": "pat@example.test", "q6": "The tea."}

    first, second = account({**NPS, "questions": QUESTIONS}, answers, "en", "Kiesel")

    assert (first.words, first.is_personal) == (("pat@example.test",), True)
    assert (second.question, second.words, second.is_personal) == (
        "What should Kiesel keep?",
        ("The tea.",),
        False,
    )


def test_nothing_answered_is_nothing_told():
    assert told() == []


def test_the_first_reason_is_a_theme_that_was_ticked():
    document = {**NPS, "questions": QUESTIONS}

    assert first_reason(document, {"q1": ["OTHER", "DELIVERY.LATE", "PRICE"]}) == "DELIVERY.LATE"
    assert first_reason(document, {"q1": ["OTHER"]}) is None
    assert first_reason(document, {"q2": ["red"]}) is None
    assert first_reason(NPS, {}) is None


def test_keys_of_choices_have_the_words_they_were_read_in():
    questions = [*QUESTIONS, row("q7", "one", choices=["red", "blue"])]
    answers = {"q1": ["DELIVERY.LATE"], "q2": ["red", "other"], "q2.text": "mauve", "q3": "no", "q7": "blue"}

    found = labels({**NPS, "questions": questions}, answers, "de", "Kiesel")

    assert found == {"q1": {"DELIVERY.LATE": "Kam zu spät"}, "q2": {"red": "Red"}, "q7": {"blue": "Blue"}}


def test_a_point_of_a_scale_is_told_with_what_its_ends_mean():
    ends = {"en": {"question": "How easy?", "low": "Hard", "high": "Easy"}}
    questions = [row("q1", "scale", low=1, high=5, texts=ends), row("q2", "scale", low=1, high=3)]

    first, second = account({**NPS, "questions": questions}, {"q1": "2", "q2": "3"}, "en", "Kiesel")

    assert (first.words, second.words) == (("2 (1 = Hard, 5 = Easy)",), ("3",))
