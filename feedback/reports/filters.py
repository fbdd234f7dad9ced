"""Views in words."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.analysis.filters import flag_words, theme_name
from feedback.insights.dimensions.names import CHOICE, question_of
from feedback.insights.filters import day_text, dimension_name, group_word, place_name
from feedback.insights.listing import ANY_FLAG
from feedback.insights.selection import Selection
from feedback.insights.themes.choices import parted
from feedback.insights.themes.naming import choice_names
from feedback.insights.words import MOODS
from feedback.reports.choosing import apart
from feedback.reports.listing import fit_sentence
from feedback.reports.models import EXPLORE, RESPONSES, THEMES, SavedView
from surveys.errors import N_
from surveys.filters import translated
from surveys.questionnaires.queries import UnknownSurvey, survey_by_key

DAYS = ("since", "until")
PAGES = {THEMES: N_("What hurts"), RESPONSES: N_("Responses")}
KNOWN = frozenset(field.name for field in fields(Selection))


def flag_in_words(flag: str) -> str:
    """Return how words and score disagree where one has chosen that."""
    return str(gettext("disagree")) if flag == ANY_FLAG else flag_words(flag, short=True)


def segment_in_words(dimension: str) -> str:
    """Return by what the heat map is split; a question of which the words are gone by its key."""
    return question_of(dimension) or dimension_name(dimension)


def mood_in_words(mood: str) -> str:
    """Return whose answers a list shows."""
    return str(gettext(MOODS[mood]))


# What pages choose beside the selection: what it is called, and how its value reads.
CHOSEN: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "theme": (N_("Theme"), theme_name),
    "by": (N_("For whom, by"), segment_in_words),
    "q": (N_("Words in the comment"), str),
    "mood": (N_("Mood"), mood_in_words),
    "group": (N_("Group"), group_word),
    "flag": (N_("Words and score"), flag_in_words),
    "answer": (N_("Answer"), str),
    "contact": (N_("Contact"), lambda _value: str(gettext("not wanted"))),
}


def view_words(view: SavedView, names: Mapping[str, str]) -> str:
    """Return what a view shows, in words: its page, its filters and its days; `names` are those of surveys and shops."""
    page = [str(gettext(PAGES[view.page]))] if view.page in PAGES else []
    return " · ".join([*page, *chosen_words(view, names), days_words(view)])


def chosen_words(view: SavedView, names: Mapping[str, str]) -> list[str]:
    """Return each filter of a view in words; `names` are those of surveys and shops by the filter's key."""
    query, chosen = apart(view.page, view.query)
    said = [filter_words(name, value, names) for name, value in query.items() if name not in DAYS]
    asked = questions_in_words(view.page, query, chosen)
    for name, value in chosen.items():
        words = asked.get(name) or choice_words(view.page, name, value)
        if words:
            said.append(words)
    return said


def questions_in_words(page: str, query: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what is chosen of a question of a survey, in the question's own words; nothing of one it never had."""
    survey, split, answer = query.get("survey"), chosen.get("by", ""), chosen.get("answer", "")
    if survey is None or not (answer or question_of(split)):
        return {}
    try:
        names = choice_names(survey_by_key(survey), query.get("brand"))
    except UnknownSurvey:
        return {}
    said, question = {}, names.get(CHOICE + parted(answer)[0])
    if question is not None and CHOICE + answer in names:
        said["answer"] = f"{question}: {names[CHOICE + answer]}"
    if split in names:
        said["by"] = split_in_words(page, names[split])
    return said


def split_in_words(page: str, what: str) -> str:
    """Return by what a page parts the answers."""
    if page == EXPLORE:
        return str(gettext("Split by %(what)s", what=what))
    return f"{gettext(CHOSEN['by'][0])}: {what}"


def days_words(view: SavedView) -> str:
    """Return the days of a view in words."""
    if view.last_days is not None:
        return str(ngettext("today", "last %(num)s days", view.last_days))
    return " – ".join(
        day_text(date.fromisoformat(view.query[name])) if name in view.query else "…" for name in DAYS
    )


def choice_words(page: str, name: str, value: str) -> str:
    """Return in words what a page chooses beside the selection; "" for what needs none."""
    if page == EXPLORE:
        return split_in_words(page, segment_in_words(value)) if name == "by" else ""
    if name not in CHOSEN:
        return ""
    label, in_words = CHOSEN[name]
    return f"{gettext(label)}: {in_words(value)}"


def filter_words(name: str, value: str, names: Mapping[str, str]) -> str:
    """Return one filter in words; one that this program does not know as it stands in the address."""
    if name in ("survey", "brand"):
        return translated(names.get(f"{name} {value}", value))
    if name in KNOWN:
        return f"{dimension_name(name)}: {place_name(value, name)}"
    return f"{name}: {value}"


def init_app(app: Flask) -> None:
    """Give the filters to all templates."""
    app.add_template_filter(view_words)
    app.add_template_filter(fit_sentence)
