"""Which questions come next: decided on the server, the same in every channel and without script.

The way through a questionnaire only ever leads forward: a question is passed, shown or jumped
over, never come back to. So no path can trap a respondent, whatever the conditions say; the
longest way has as many pages as there are questions.

A page ends before a question whose conditions look at an answer of the same page, and after a
question that may jump, because both can only be judged once the page was sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.questionnaires.answers import known_of
from surveys.questionnaires.conditions import Known, all_met
from surveys.questionnaires.questions import END, Question

MOST_ON_A_PAGE = 4


def next_page(questions: Sequence[Question], known: Known, after: str | None) -> tuple[Question, ...]:
    """Return the questions of the page after the question `after` (None: after the key question).

    Empty means that the survey is at its end. An unknown `after` counts as the key question.
    """
    place = place_after(questions, known, after)
    page: list[Question] = []
    shown: set[str] = set()
    while place < len(questions):
        question = questions[place]
        looks_at = {condition.of for condition in question.show_if}
        if page and (question.starts_page or looks_at & shown or len(page) == MOST_ON_A_PAGE):
            break
        if all_met(question.show_if, known):
            page.append(question)
            shown.add(question.key)
            if question.jumps:
                break
        place += 1
    return tuple(page)


def place_after(questions: Sequence[Question], known: Known, after: str | None) -> int:
    """Return the index of the first question that may follow `after`, its jumps considered."""
    keys = [question.key for question in questions]
    if after is None or after not in keys:
        return 0
    place = keys.index(after)
    for jump in questions[place].jumps:
        if all_met(jump.when, known):
            # A jump back or to nothing is refused when a questionnaire is published; here it only leads on.
            to = len(keys) if jump.to == END else keys.index(jump.to) if jump.to in keys else 0
            return max(place + 1, to)
    return place + 1


def way_through(questions: Sequence[Question], known: Known) -> Iterator[tuple[Question, ...]]:
    """Yield the pages that somebody sees of whom `known` is known in the end."""
    after = None
    while page := next_page(questions, known, after):
        yield page
        after = page[-1].key


def known_on_the_way(questions: Sequence[Question], known: Known, answers: Mapping[str, Any]) -> Known:
    """Return `known` with the answers to questions that are asked.

    An answer on a way that was left again must decide about no later question: nobody would know why it is asked.
    """
    after = None
    while page := next_page(questions, known, after):
        asked = {question.key for question in page}
        said = {name: answer for name, answer in answers.items() if name.partition(".")[0] in asked}
        known, after = known_of(said, known), page[-1].key
    return known


def on_the_way(questions: Sequence[Question], known: Known, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the answers whose questions were asked in the end.

    Whoever goes back and changes an answer may leave answers on a way that was not taken; they
    would be counted although nobody asked.
    """
    asked = {question.key for page in way_through(questions, known) for question in page}
    return {name: answer for name, answer in answers.items() if name.partition(".")[0] in asked}
