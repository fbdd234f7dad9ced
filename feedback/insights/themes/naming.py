"""What the questions of a survey and the values of their answers are called, in the reader's language."""

from flask_babel import get_locale, gettext

from feedback.analysis.filters import theme_name
from feedback.insights.dimensions.names import CHOICE, UNKNOWN
from feedback.insights.themes.choices import questions_with_one_choice
from surveys.brand.queries import all_brands
from surveys.code_book.themes import THEMES
from surveys.questionnaires.definition import questions_of, words_of_question
from surveys.questionnaires.models import Survey
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.questions import OTHER, Question, QuestionText
from surveys.responses.account import SOMETHING_ELSE, YES_OR_NO

OURS = {**YES_OR_NO, OTHER: SOMETHING_ELSE}  # words of the house for what can be chosen


def choice_names(survey: Survey, brand: str | None) -> dict[str, str]:
    """Return the words for the questions with one choice by their dimension, for their values by both.

    What is not asked any more has the words that it was asked in last.
    """
    found = {}
    for version in survey.versions:
        for question in questions_with_one_choice(version.definition):
            words, name = words_here(question, brand), CHOICE + question.key
            found[name], found[f"{name}.{UNKNOWN}"] = words.question, gettext("not answered")
            for option in question.options:
                found[f"{name}.{option}"] = option_word(words, option)
    return found


def words_here(question: Question, brand: str | None) -> QuestionText:
    """Return the words of a question in the reader's language, with the shop's name; of several none is named."""
    shops = [each.name for each in all_brands() if brand in (None, each.key)]
    names = values_for(shops[0] if len(shops) == 1 else "…")
    return words_of_question(question, str(get_locale())).filled(lambda text: put_in(text, names))


def option_word(words: QuestionText, option: str) -> str:
    """Return the words of what can be chosen; yes, no and something else may have none of the shop's own."""
    return words.choices.get(option) or (gettext(OURS[option]) if option in OURS else theme_name(option))


def driver_names(survey: Survey, brand: str | None) -> dict[str, str]:
    """Return the words for what drivers of a survey may be, by code: themes, its ratings, and its choices."""
    found = {code: theme_name(code) for code in THEMES}
    for question in questions_of(survey.current.definition):
        words = words_here(question, brand)
        found[question.key] = words.question
        for option in question.options:
            found[f"{question.key}.{option}"] = f"{words.question} {option_word(words, option)}"
    return found
