"""Which languages a ready-made questionnaire speaks, and those it could speak."""

from collections.abc import Mapping
from typing import Any

from surveys.locales.words.languages import WORDS
from surveys.questionnaires.starters import STARTERS


def in_every_language(kind: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with the words of every added language that it lacks and that knows its kind."""
    added = {tag: words.questions[kind] for tag, words in WORDS.items() if kind in words.questions}
    return {**definition, "texts": {**added, **definition["texts"]}}


def missing_languages(kind: str, definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the added languages that know the kind and in which the document has no words yet."""
    known = (tag for tag, words in WORDS.items() if kind in words.questions)
    return tuple(tag for tag in known if tag not in definition["texts"])


def can_be_extended(key: str, kind: str, definition: Mapping[str, Any]) -> bool:
    """Return whether the document is the ready-made one and only lacks languages; other words need other translations."""
    made = next((document for name, _, of, document in STARTERS if (name, of) == (key, kind)), None)
    if made is None or not missing_languages(kind, definition):
        return False
    own = {tag: text for tag, text in definition["texts"].items() if tag not in WORDS}
    return {**definition, "texts": own} == made
