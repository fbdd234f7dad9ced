"""The questions with one choice as dimensions, of the heat map and of what is explored.

Only questions whose answer is one of a few values part the answers: of several ticks an answer would stand in several
rows, and a small row could be worked out from the others.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from feedback.insights.dimensions.names import CHOICE, UNKNOWN
from surveys.questionnaires.definition import questions_of
from surveys.questionnaires.questions import ONE, YES_NO, Question

Definition = Mapping[str, Any]


def questions_with_one_choice(definition: Definition) -> Sequence[Question]:
    """Return the questions of a questionnaire of which an answer has one value of a few."""
    return [each for each in questions_of(definition) if each.kind in (ONE, YES_NO) and each.options]


def dimensions_of(definition: Definition) -> list[str]:
    """Return the dimensions that the choices of a questionnaire are."""
    return [CHOICE + question.key for question in questions_with_one_choice(definition)]


def parted(answer: str) -> tuple[str, str]:
    """Return the key of the question and the value that a filter by an answer names, such as "size.m"."""
    key, _, value = answer.partition(".")
    return key, value


def answers_to(definition: Definition) -> set[str]:
    """Return what a list can be filtered by: the questions with each of their values, and with none."""
    return {
        f"{question.key}.{value}"
        for question in questions_with_one_choice(definition)
        for value in (*question.options, UNKNOWN)
    }
