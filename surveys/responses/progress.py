"""How far a respondent has come through the further questions, told by their form alone.

Every page carries all answers given before it in hidden fields, so each form is complete in itself: the
way back, a second window and a failed network lose nothing, and where somebody is needs no memory
but theirs. `through` names the last further question of the page that was sent.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from surveys.questionnaires.answers import Fault, read, sent_again
from surveys.questionnaires.conditions import Known
from surveys.questionnaires.paths import known_on_the_way, next_page, on_the_way, way_through
from surveys.questionnaires.questions import Question

THROUGH = "through"


class Progress(NamedTuple):
    """What a form says about the further questions, judged on `known`, their answers included."""

    questions: Sequence[Question]
    known: Known
    answers: Mapping[str, Any]
    faults: Mapping[str, Fault]
    through: str | None

    @property
    def page(self) -> tuple[Question, ...]:
        """The questions to show now: those with a fault once more, else the next; empty at the end."""
        if self.faults:
            wrong = {name.partition(".")[0] for name in self.faults}
            for page in way_through(self.questions, self.known):
                if any(question.key in wrong for question in page):
                    return page
        return next_page(self.questions, self.known, self.through)

    @property
    def place(self) -> tuple[int, int]:
        """The number of the page to show now, and of how many as far as is known; the key question is the first."""
        pages = list(way_through(self.questions, self.known))
        number = next((n for n, page in enumerate(pages, 2) if page == self.page), 1)
        return number, len(pages) + 1

    def final(self) -> dict[str, Any]:
        """Return the answers to the questions that were asked in the end."""
        return on_the_way(self.questions, self.known, self.answers)


def progress(questions: Sequence[Question], values: Mapping[str, str], known: Known) -> Progress:
    """Return how far the form with these fields has come; `known` is all but its further answers."""
    group = next(iter(known.get("group", ())), None)
    found = read(questions, values, group)
    known = known_on_the_way(questions, known, found.answers)
    # What nobody is asked any more cannot be put right, either.
    faults = on_the_way(questions, known, found.faults)
    return Progress(questions, known, found.answers, faults, values.get(THROUGH) or None)


def further_fields(questions: Sequence[Question]) -> frozenset[str]:
    """Return the names of the fields that a questionnaire's further pages have."""
    return frozenset(
        {THROUGH, *(name for question in questions for name in question.fields)} if questions else ()
    )


def carried(values: Mapping[str, str], page: Sequence[Question]) -> dict[str, str]:
    """Return what a page takes along in hidden fields: all that was said but what it asks itself."""
    asked = {name for question in page for name in question.fields}
    return {
        name: value for name, value in values.items() if value and name not in asked | {THROUGH, "partial"}
    }


def fields_again(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the form fields that say the kept answers once more."""
    fields: dict[str, str] = {}
    for question in questions:
        fields |= sent_again(question, answers)
    return fields
