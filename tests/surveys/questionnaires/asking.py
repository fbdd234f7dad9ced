"""Questionnaires to try things on: short ways to write down further questions."""

from typing import Any

from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import draft_of
from surveys.questionnaires.questions import Question, question_from


def row(key: str, kind: str = "short_text", **values: Any) -> dict[str, Any]:
    """Return a further question as a document keeps it, with words in English and German."""
    labels = {choice: choice.title() for choice in values.get("choices", ())}
    words = {"question": f"About {key}?", "choices": labels}
    return {"key": key, "kind": kind, "texts": {"en": words, "de": words}} | values


def asks(key: str, kind: str = "short_text", **values: Any) -> Question:
    """Return a further question."""
    return question_from(row(key, kind, **values))


def when(of: str, *values: str, op: str = "one_of") -> dict[str, Any]:
    """Return a condition as a document keeps it."""
    return {"of": of, "op": op, "values": list(values)}


def step_of(survey: Survey) -> int:
    """Return the newest step of the survey's draft, 0 where nothing is being written."""
    draft = draft_of(survey)
    return draft.step if draft else 0
