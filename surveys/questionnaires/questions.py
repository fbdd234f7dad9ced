"""The further questions of a questionnaire: their kinds, and what each may hold.

After the key question a questionnaire may ask up to ten more. None of them is mandatory: a
question that stands in the way costs more answers than it brings (methodology 3.1). The texts of
each language lie with their question; the codes of reasons come from the code book.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.errors import N_
from surveys.questionnaires.conditions import Condition, from_data

MOST_QUESTIONS, MOST_CHOICES, MOST_REASONS = 10, 20, 7
END = "end"  # where a jump leads that ends the survey
OTHER = "other"  # the key of the choice beside which one writes

REASONS, SHORT, LONG, ONE, MANY, SCALE = "reasons", "short_text", "long_text", "one", "many", "scale"
YES_NO, NUMBER, DATE, CONTACT, CONSENT = "yes_no", "number", "date", "contact", "consent"
KINDS: dict[str, str] = {
    REASONS: N_("Reasons to tick"),
    SHORT: N_("Short text"),
    LONG: N_("Long text"),
    ONE: N_("One choice"),
    MANY: N_("Several choices"),
    SCALE: N_("Scale with your own labels"),
    YES_NO: N_("Yes or no"),
    NUMBER: N_("A number"),
    DATE: N_("Date"),
    CONTACT: N_("Contact details"),
    CONSENT: N_("Consent"),
}
WITH_CHOICES = frozenset({ONE, MANY})
CONTACT_PARTS = ("name", "email", "phone")


@dataclass(frozen=True)
class QuestionText:
    """The words of one question in one language."""

    question: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    low: str = ""
    high: str = ""

    def filled(self, put: Callable[[str], str]) -> "QuestionText":
        """Return the words with `put` done to each: it fills the places for names."""
        labels = {choice: put(label) for choice, label in self.choices.items()}
        return QuestionText(put(self.question), put(self.hint), labels, put(self.low), put(self.high))


@dataclass(frozen=True)
class Jump:
    """Where to go on when every condition is met after this question: a later question, or the end."""

    when: tuple[Condition, ...]
    to: str


@dataclass(frozen=True)
class Question:
    """One further question.

    `choices` are the keys of what can be chosen; `reasons` the codes by the group of the score,
    "" for every group without a list of its own; `low` and `high` the ends of a scale or the bounds
    of a number, None where there is none.
    """

    key: str
    kind: str
    texts: Mapping[str, QuestionText]
    choices: tuple[str, ...] = ()
    has_other: bool = False
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    low: int | None = None
    high: int | None = None
    show_if: tuple[Condition, ...] = ()
    jumps: tuple[Jump, ...] = ()
    starts_page: bool = False

    def reasons_for(self, group: str | None) -> tuple[str, ...]:
        """Return the codes offered to whoever gave a score of `group`."""
        return self.reasons.get(group or "", self.reasons.get("", ()))

    @property
    def options(self) -> tuple[str, ...]:
        """Every value that an answer may have, where those can be counted."""
        if self.kind in WITH_CHOICES:
            return (*self.choices, OTHER) if self.has_other else self.choices
        if self.kind == REASONS:
            return tuple(dict.fromkeys(code for codes in self.reasons.values() for code in codes))
        if self.kind == SCALE:
            return tuple(str(point) for point in self.points)
        return {YES_NO: ("yes", "no"), CONSENT: ("yes",)}.get(self.kind, ())

    @property
    def points(self) -> range:
        """The points of a scale, low to high."""
        return range(self.low or 0, (self.high or 0) + 1) if self.kind == SCALE else range(0)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its form fields: every tick box has one of its own, so none comes twice."""
        if self.kind in (MANY, REASONS):
            ticks = tuple(f"{self.key}.{option}" for option in self.options)
            return (*ticks, f"{self.key}.text") if self.kind == MANY and self.has_other else ticks
        if self.kind == CONTACT:
            return tuple(f"{self.key}.{part}" for part in CONTACT_PARTS)
        return (self.key, f"{self.key}.text") if self.has_other else (self.key,)


def question_from(row: Mapping[str, Any]) -> Question:
    """Return the question that a frozen questionnaire keeps as `row`."""
    return Question(
        key=row["key"],
        kind=row["kind"],
        texts={language: text_from(block) for language, block in row["texts"].items()},
        choices=tuple(row.get("choices", ())),
        has_other=row.get("other", False),
        reasons={group: tuple(codes) for group, codes in row.get("reasons", {}).items()},
        low=row.get("low"),
        high=row.get("high"),
        show_if=from_data(row.get("show_if", ())),
        jumps=tuple(Jump(from_data(jump["when"]), jump["to"]) for jump in row.get("jumps", ())),
        starts_page=row.get("starts_page", False),
    )


def text_from(block: Mapping[str, Any]) -> QuestionText:
    """Return the words of one language."""
    return QuestionText(
        block["question"],
        block.get("hint", ""),
        dict(block.get("choices", {})),
        block.get("low", ""),
        block.get("high", ""),
    )
