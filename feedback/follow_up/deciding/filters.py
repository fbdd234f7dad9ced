"""How rules, points and reasons read on pages."""

from collections.abc import Mapping
from typing import NamedTuple

from babel.lists import format_list
from flask import Flask
from flask_babel import get_locale, gettext

from feedback.analysis.filters import as_shown
from feedback.analysis.intents.words import INTENT_NAMES
from feedback.analysis.mismatch import MISMATCHES
from feedback.follow_up.deciding.book import KINDS, Rule
from feedback.follow_up.deciding.chips import chips_of
from feedback.follow_up.deciding.points import PART_NAMES
from feedback.follow_up.deciding.priorities import WHY
from feedback.follow_up.deciding.queries import weights_of
from feedback.follow_up.deciding.words import CHIPS, MOOD_NAMES, rule_in_short, rule_text
from feedback.follow_up.models import Signal, Task
from surveys.errors import N_

LONGEST_WORDS = 40


class Reason(NamedTuple):
    """A chip as it is shown: what it says, and the customer's own words for it, "" without any."""

    said: str
    words: str
    locale: str


class Part(NamedTuple):
    """One part of the points as it is shown: what it measures, its points, and how many there could be."""

    said: str
    points: float
    most: int


def rule_word(key: str) -> str:
    """Return why a task is here, in two words."""
    return str(gettext(rule_in_short(key)))


def rule_sentence(key: str) -> str:
    """Return why a task is here, as a sentence."""
    return str(gettext(rule_text(key)))


def level_why(code: str) -> str:
    """Return what a priority rests on, as a sentence."""
    return str(gettext(WHY.get(code, code)))


def rule_meaning(rule: Rule) -> str:
    """Return what a rule looks for: its name, and all the signs that it names."""
    signs = rule_signs(rule)
    return f"{rule_name(rule)}: {signs}" if signs else rule_name(rule)


def rule_name(rule: Rule) -> str:
    """Return what kind of thing a rule looks for, in a few words."""
    if rule.kind == "group":
        whom = MOOD_NAMES.get(rule.mood or "unhappy", "")
        return str(gettext("A score of %(whom)s", whom=gettext(whom)))
    if rule.kind == "score":
        return str(gettext("A score of at most %(score)s", score=rule.at_most))
    return str(gettext(KINDS[rule.kind]))


def rule_signs(rule: Rule) -> str:
    """Return the signs that a rule names, any one of which is enough; "" where it names none."""
    if rule.kind == "mismatch":
        return "; ".join(str(gettext(MISMATCHES[flag])) for flag in rule.flags)
    words = [str(gettext(INTENT_NAMES[code])) for code in rule.intents]
    return format_list(words, style="or", locale=get_locale()) if words else ""


def rule_limits(rule: Rule, names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return where a rule counts, each limit in a few words; `names` are those of shops, surveys and segments."""
    phrases = {
        "brand": N_("only the shop %(name)s"),
        "survey": N_("only the survey “%(name)s”"),
        "segment": N_("the VIPs are “%(name)s”")
        if rule.kind == "vip"
        else N_("only customers in “%(name)s”"),
    }
    return [
        str(gettext(phrase, name=names[field].get(key, key)))
        for field, phrase in phrases.items()
        if (key := getattr(rule, field)) is not None
    ]


def reasons(task: Task) -> list[Reason]:
    """Return why a task stands where it stands, three reasons at most; personal data in quoted words is covered."""
    found = []
    for chip in chips_of(task.signals, task.is_broken):
        words = ""
        response = task.signals[chip.signal].response if chip.signal is not None else task.response
        if chip.place is not None and response.comment and response.analysed_at is not None:
            shown = as_shown(response, unmasked=False)
            place = shown.place(*chip.place)
            words = " ".join(shown.text[slice(*place)].split()) if place else ""
            # A whole sentence is no word that decided; the comment stands beside it anyhow.
            words = words if len(words) <= LONGEST_WORDS else ""
        found.append(Reason(str(gettext(CHIPS.get(chip.code, chip.code))), words, response.locale))
    return found


def point_parts(signal: Signal) -> list[Part]:
    """Return the parts of an answer's points in plain words, each with what there could be by the weights of then."""
    most = weights_of(signal.weights_version).parts
    return [
        Part(str(gettext(said)), round(most[name] * signal.parts.get(name, 0.0), 2), most[name])
        for name, said in PART_NAMES.items()
    ]


def leading_signal(task: Task) -> Signal | None:
    """Return the answer whose points count for the task: that with the most, the earlier of two; None without any."""
    return max(task.signals, key=lambda signal: signal.points, default=None)


def deciding_signal(task: Task) -> Signal | None:
    """Return the answer that asks for the most urgent level, the earlier of two; None without any."""
    return min(task.signals, key=lambda signal: signal.priority, default=None)


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        rule_word,
        rule_sentence,
        level_why,
        rule_meaning,
        rule_name,
        rule_signs,
        rule_limits,
        reasons,
        point_parts,
        leading_signal,
        deciding_signal,
    ):
        app.add_template_filter(function)
