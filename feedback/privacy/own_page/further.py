"""What was answered to the further questions of a questionnaire, in the words in which it was asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from surveys.code_book.themes import label
from surveys.errors import N_
from surveys.questionnaires.answers import as_words
from surveys.questionnaires.definition import questions_of, words_of_question
from surveys.questionnaires.questions import CONSENT, REASONS, YES_NO, Question, QuestionText

YES_OR_NO: dict[str, str] = {"yes": N_("Yes"), "no": N_("No")}


class Further(NamedTuple):
    """One question with what was said; `is_ours` where that is a word of the house, to be translated."""

    question: str
    said: tuple[str, ...]
    is_ours: bool = False


def further_answers(
    definition: Mapping[str, Any], answers: Mapping[str, Any], language: str
) -> list[Further]:
    """Return the further questions that were answered, in their order."""
    found = []
    for question in questions_of(definition):
        words = words_of_question(question, language)
        said = said_to(question, words, answers, language)
        if said:
            found.append(Further(words.question, said, question.kind in (YES_NO, CONSENT)))
    return found


def said_to(
    question: Question, words: QuestionText, answers: Mapping[str, Any], language: str
) -> tuple[str, ...]:
    """Return the answer to one question, then what was written beside it; nothing where it was left out."""
    answer = answers.get(question.key)
    if question.kind == CONSENT:
        return () if answer is None else (YES_OR_NO["yes"],)
    if question.kind == YES_NO:
        return tuple(YES_OR_NO[word] for word in as_words(answer) if word in YES_OR_NO)
    if question.kind == REASONS:
        return tuple(label(code, language) for code in as_words(answer))
    chosen = tuple(words.choices.get(word, word) for word in as_words(answer))
    beside = (str(answers[name]) for name in question.fields if name != question.key and name in answers)
    return (*chosen, *beside)
