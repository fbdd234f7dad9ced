"""The page of themes: what hurts, for whom, what goes together with it, and in whose words."""

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from feedback.analysis.filters import theme_name
from feedback.insights.selection import UNKNOWN, NotOnOffer
from feedback.insights.suppression import K
from feedback.insights.themes.choices import PREFIX, answers_to, questions_with_one_choice
from feedback.insights.themes.models import THEMES as OF_THEMES
from feedback.insights.themes.reporting import segments_of, themes_report
from feedback.insights.views import last_days, selected
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.code_book.themes import THEMES
from surveys.questionnaires.definition import questions_of, words_of_question
from surveys.questionnaires.models import Survey
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.questions import OTHER, Question, QuestionText
from surveys.responses.account import SOMETHING_ELSE, YES_OR_NO
from surveys.responses.queries import anybody_answered
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.permissions import sees_personal_data

door = StaffDoor("theme_impact", __name__, permission="insights", url_prefix="/insights/themes")

PRESETS = (30, 90, 365)
OURS = {**YES_OR_NO, OTHER: SOMETHING_ELSE}  # words of the house for what can be chosen


@door.get("")
def themes() -> ResponseReturnValue:
    """Show what the themes of comments do to the score."""
    now = business_now()
    selection = selected(now).basic
    theme = chosen("theme", THEMES)
    report = themes_report(selection, theme, chosen("by", segments_of(selection)), now)
    return render_template(
        "insights/themes/themes.html",
        report=report,
        answered=report is not None and anybody_answered(),
        selection=report.selection if report else selection,
        choice_names=choice_names(report.focus.survey, selection.brand) if report else {},
        answers_offered=answers_to(report.focus.survey.current.definition) if report else set(),
        driver_names=driver_names(report.focus.survey, selection.brand) if report else {},
        brands=all_brands(),
        presets=[(days, last_days(selection, days, now)) for days in PRESETS],
        scales=SCALES,
        least=K,
        personal=sees_personal_data(current_staff().role),
        may_settle=allowed("settings"),
        of_themes=OF_THEMES,
        now=now,
    )


def choice_names(survey: Survey, brand: str | None) -> dict[str, str]:
    """Return the words for the questions with one choice by their dimension, for their values by both.

    What is not asked any more has the words that it was asked in last.
    """
    found = {}
    for version in survey.versions:
        for question in questions_with_one_choice(version.definition):
            words, name = words_here(question, brand), PREFIX + question.key
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


def chosen(name: str, offered: Iterable[str]) -> str | None:
    """Return what the address chooses of what is on offer, None without; refuse anything else."""
    given = request.args.get(name, "").strip()
    if given and given not in offered:
        raise NotOnOffer(name, given)
    return given or None


def driver_names(survey: Survey, brand: str | None) -> dict[str, str]:
    """Return the words for what drivers of a survey may be, by code: themes, its ratings, and its choices."""
    found = {code: theme_name(code) for code in THEMES}
    for question in questions_of(survey.current.definition):
        words = words_here(question, brand)
        found[question.key] = words.question
        for option in question.options:
            found[f"{question.key}.{option}"] = f"{words.question} {option_word(words, option)}"
    return found
