"""Changes to a questionnaire's document: each takes one and returns another, and leaves the first as it was."""

import re
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from itertools import count
from typing import Any

from surveys.questionnaires.definition import THANKS

Document = dict[str, Any]
QUESTIONS = "questions"


def rows_of(definition: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    """Return a copy of the further questions or of the endings."""
    return deepcopy(list(definition.get(part, ())))


def with_rows(definition: Mapping[str, Any], part: str, rows: Sequence[Mapping[str, Any]]) -> Document:
    """Return the document with other rows; a part that is empty is left out."""
    changed = deepcopy({name: value for name, value in definition.items() if name != part})
    return changed | ({part: [dict(row) for row in rows]} if rows else {})


def with_question(definition: Mapping[str, Any], row: Mapping[str, Any]) -> Document:
    """Return the document with a question in place of the one of its key, or behind all others."""
    rows = rows_of(definition, QUESTIONS)
    if row["key"] in {each["key"] for each in rows}:
        return with_rows(definition, QUESTIONS, [row if each["key"] == row["key"] else each for each in rows])
    return with_rows(definition, QUESTIONS, [*rows, row])


def without_question(definition: Mapping[str, Any], key: str) -> Document:
    """Return the document without a question; conditions that look at it stay and are told as flaws."""
    rows = [row for row in rows_of(definition, QUESTIONS) if row["key"] != key]
    return with_rows(definition, QUESTIONS, rows)


def moved_question(definition: Mapping[str, Any], key: str, by: int) -> Document:
    """Return the document with a question `by` places later, as far as there are places."""
    rows = rows_of(definition, QUESTIONS)
    at = next((at for at, row in enumerate(rows) if row["key"] == key), None)
    return with_rows(definition, QUESTIONS, rows if at is None else moved(rows, at, by))


def with_ending(definition: Mapping[str, Any], at: int | None, row: Mapping[str, Any]) -> Document:
    """Return the document with an ending in place of number `at`, or behind all others."""
    rows: list[Mapping[str, Any]] = [*rows_of(definition, THANKS)]
    if at is None:
        rows.append(row)
    else:
        rows[at] = row
    return with_rows(definition, THANKS, rows)


def without_ending(definition: Mapping[str, Any], at: int) -> Document:
    """Return the document without the ending number `at`."""
    rows = rows_of(definition, THANKS)
    return with_rows(definition, THANKS, rows[:at] + rows[at + 1 :])


def moved_ending(definition: Mapping[str, Any], at: int, by: int) -> Document:
    """Return the document with an ending `by` places later, as far as there are places."""
    return with_rows(definition, THANKS, moved(rows_of(definition, THANKS), at, by))


def moved(rows: Sequence[dict[str, Any]], at: int, by: int) -> list[dict[str, Any]]:
    """Return the rows with number `at` moved."""
    found = list(rows)
    found.insert(max(0, min(at + by, len(found) - 1)), found.pop(at))
    return found


def with_language(
    definition: Mapping[str, Any], language: str, words: Mapping[str, Any] | None = None
) -> Document:
    """Return the document with `words`, or an empty block, for a language; one it speaks already stays."""
    changed = deepcopy(dict(definition))
    changed["texts"].setdefault(language, deepcopy(dict(words or {"question": ""})))
    return changed


def without_language(definition: Mapping[str, Any], language: str) -> Document:
    """Return the document without a language, unless it is the only one."""
    changed = deepcopy(dict(definition))
    if set(changed["texts"]) == {language}:
        return changed
    for texts in (
        changed["texts"],
        *(row["texts"] for part in (QUESTIONS, THANKS) for row in changed.get(part, ())),
    ):
        texts.pop(language, None)
    return changed


def next_key(prefix: str, taken: Collection[str]) -> str:
    """Return the first key such as q3 behind all that are taken: a key of before never means something new."""
    numbers = [int(key[len(prefix) :]) for key in taken if re.fullmatch(rf"{prefix}[0-9]{{1,6}}", key)]
    return next(
        key for key in (f"{prefix}{n}" for n in count(max(numbers, default=0) + 1)) if key not in taken
    )


def keyed_choices(
    lines: Mapping[str, Sequence[str]], before: Mapping[str, Mapping[str, str]], taken: Collection[str]
) -> dict[str, dict[str, str]]:
    """Return choices by their keys, each with its words by language, in the order of the lines.

    All languages have as many lines. `before` holds the choices of until now: one that reads the
    same in some language keeps its key wherever it stands; when there are as many as before, one
    that was reworded keeps the key of its place. All others are new.
    """
    rows = [dict(zip(lines, texts, strict=True)) for texts in zip(*lines.values(), strict=True)]
    keys: list[str | None] = []
    for row in rows:
        same = (
            key
            for key, old in before.items()
            if key not in keys and any(row[tag] == old.get(tag) for tag in row)
        )
        keys.append(next(same, None))
    if len(rows) == len(before):
        keys = [found or (key if key not in keys else None) for found, key in zip(keys, before, strict=True)]
    found: dict[str, dict[str, str]] = {}
    used = {*taken, *before}
    for key, row in zip(keys, rows, strict=True):
        named = key or next_key("c", used)
        used.add(named)
        found[named] = row
    return found
