"""What somebody answered to the further questions, told in the words they read."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from surveys.code_book.customer_words import said
from surveys.errors import N_
from surveys.locales import long_day
from surveys.questionnaires.answers import as_words
from surveys.questionnaires.definition import questions_of, words_of_question
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.questions import (
    CONSENT,
    CONTACT,
    DATE,
    OTHER,
    REASONS,
    SCALE,
    WITH_CHOICES,
    YES_NO,
    Question,
    QuestionText,
)

YES_OR_NO = {"yes": N_("Yes"), "no": N_("No")}
SOMETHING_ELSE = N_("Something else")


class Said(NamedTuple):
    """One question with the words of its answer; those in `ours` are English, translated at the edge."""

    question: str
    words: tuple[str, ...]
    is_personal: bool
    ours: frozenset[str]


def account(
    definition: Mapping[str, Any], answers: Mapping[str, Any], language: str, shop: str
) -> list[Said]:
    """Return the answered questions in their order; `shop` is the name that the questions were asked in."""
    found, names = [], values_for(shop)
    for question in questions_of(definition):
        words = words_of_question(question, language).filled(lambda text: put_in(text, names))
        answer = in_words(question, words, answers, language)
        if answer:
            ours = frozenset(YES_OR_NO.values() if question.kind in (YES_NO, CONSENT) else ())
            if question.has_other and OTHER not in words.choices:
                ours = frozenset({SOMETHING_ELSE})
            found.append(Said(words.question, answer, question.kind == CONTACT, ours))
    return found


def labels(
    definition: Mapping[str, Any], answers: Mapping[str, Any], language: str, shop: str
) -> dict[str, dict[str, str]]:
    """Return the words of the choices and reasons that were chosen, by question and key, as they were read.

    *Other* without words of the shop's own is left out.
    """
    found, names = {}, values_for(shop)
    for question in questions_of(definition):
        if question.kind not in WITH_CHOICES | {REASONS}:
            continue
        words = words_of_question(question, language).choices
        if question.kind == REASONS:
            words = {code: said(code, language) for code in question.options}
        chosen = [key for key in as_words(answers.get(question.key)) if key in words]
        if chosen:
            found[question.key] = {key: put_in(words[key], names) for key in chosen}
    return found


def first_reason(definition: Mapping[str, Any], answers: Mapping[str, Any]) -> str | None:
    """Return the first theme that was ticked as a reason; None where none was, or only *other*."""
    for question in questions_of(definition):
        if question.kind == REASONS:
            ticked = [code for code in as_words(answers.get(question.key)) if code != "OTHER"]
            if ticked:
                return ticked[0]
    return None


def in_words(
    question: Question, words: QuestionText, answers: Mapping[str, Any], language: str
) -> tuple[str, ...]:
    """Return the answer to one question, empty when there is none."""
    given = as_words(answers.get(question.key))
    if question.kind == CONTACT:
        return tuple(str(answers[name]) for name in question.fields if name in answers)
    if question.kind == REASONS:
        return tuple(said(code, language) for code in given)
    if question.kind in (YES_NO, CONSENT):
        return tuple(YES_OR_NO.get(each, each) for each in given)
    if question.kind == DATE:
        return tuple(long_day(date.fromisoformat(day), language) for day in given)
    if question.kind == SCALE and given and (words.low or words.high):
        ends = ((question.low, words.low), (question.high, words.high))
        return (f"{given[0]} ({', '.join(f'{point} = {word}' for point, word in ends if word)})",)
    labels = dict(words.choices)
    if question.has_other:
        labels[OTHER] = answers.get(f"{question.key}.text") or labels.get(OTHER, SOMETHING_ELSE)
    return tuple(labels.get(each, each) for each in given)
