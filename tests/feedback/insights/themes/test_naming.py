"""Questions and their answers are called as the shop calls them, by its own name."""

from feedback.insights.themes.naming import choice_names, driver_names
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.surveys.questionnaires.asking import row


def test_questions_are_told_with_the_name_of_the_shop_and_of_several_without(app, make, now):
    survey, words = make.survey("nps"), {"question": "Do you know {shop}?", "choices": {"c1": "Just {shop}"}}
    asked = row("known", "one", choices=["c1"], other=True, texts={"en": words})
    publish(survey, {**NPS, "questions": [asked, row("again", "yes_no")]}, now)
    brand = make.brand()
    with app.test_request_context():
        assert choice_names(survey, None)["answer.known"] == f"Do you know {brand.name}?"
    make.brand("other", name="Other Shop")
    with app.test_request_context():
        names = choice_names(survey, "other")
        assert (names["answer.known"], names["answer.known.c1"]) == (
            "Do you know Other Shop?",
            "Just Other Shop",
        )
        assert (names["answer.known.other"], names["answer.again.no"]) == ("Something else", "No")
        assert choice_names(survey, None)["answer.known"] == "Do you know …?"
        assert driver_names(survey, "other")["known.c1"] == "Do you know Other Shop? Just Other Shop"
        assert driver_names(survey, None)["again.yes"] == "About again? Yes"
