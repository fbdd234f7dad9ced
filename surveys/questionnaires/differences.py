"""What two questionnaires say differently, text by text; and what of their order and logic is not the same."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from surveys.questionnaires.definition import THANKS
from surveys.questionnaires.texts import Slot, slots_of

# What of a further question is no text.
PLAIN = ("kind", "choices", "other", "reasons", "low", "high", "starts_page")
LOGIC = ("show_if", "jumps")


class TextChange(NamedTuple):
    """One text that reads differently in one language; empty where there was none or is none."""

    slot: Slot
    language: str
    before: str
    after: str


class Differences(NamedTuple):
    """All that is different: texts, questions that came or went, and questions whose answers or logic changed.

    `is_reordered` says that questions which are in both come in another order.
    """

    texts: list[TextChange]
    added: list[str]
    removed: list[str]
    answered_differently: list[str]
    asked_differently: list[str]
    is_reordered: bool
    ends_differently: bool

    @property
    def is_nothing(self) -> bool:
        """Whether both say the same."""
        return not any(self)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    """Return what `after` says differently from `before`."""
    old, new = rows_by_key(before), rows_by_key(after)
    both = [key for key in new if key in old]
    return Differences(
        texts=text_changes(before, after),
        added=[key for key in new if key not in old],
        removed=[key for key in old if key not in new],
        answered_differently=[key for key in both if differ(old[key], new[key], PLAIN)],
        asked_differently=[key for key in both if differ(old[key], new[key], LOGIC)],
        is_reordered=[key for key in old if key in new] != both,
        ends_differently=endings_without_texts(before) != endings_without_texts(after),
    )


def text_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[TextChange]:
    """Return the texts that are not the same, in the order of the newer questionnaire, then what is gone."""
    old = {slot.name: slot for slot in slots_of(before)}
    new = {slot.name: slot for slot in slots_of(after)}
    found = []
    for name in dict.fromkeys((*new, *old)):
        slot = new.get(name) or old[name]
        was: Mapping[str, str] = old[name].texts if name in old else {}
        now: Mapping[str, str] = new[name].texts if name in new else {}
        for language in dict.fromkeys((*was, *now)):
            if (one := was.get(language, "")) != (other := now.get(language, "")):
                found.append(TextChange(slot, language, one, other))
    return found


def rows_by_key(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the further questions by their keys, in their order."""
    return {row["key"]: row for row in definition.get("questions", ())}


def differ(one: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    """Return whether two questions differ in one of these; nothing there and nothing in there are the same."""
    return any((one.get(name) or None) != (other.get(name) or None) for name in names)


def endings_without_texts(definition: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return to whom the endings are said, and where they lead."""
    return [(list(row.get("when", ())), row.get("url", "")) for row in definition.get(THANKS, ())]
