"""What an improvement is about: a theme of the code book, or a cause that the team found behind tasks."""

from collections.abc import Mapping
from typing import NamedTuple

from feedback.follow_up.closing.causes import first_level
from feedback.follow_up.codes import CAUSES
from surveys.code_book.themes import DETAILS, THEMES, Label
from surveys.code_book.themes import label as theme_label
from surveys.errors import N_, Refusal

THEME, CAUSE = "theme", "cause"
KINDS = (THEME, CAUSE)


class NoSubject(Refusal):
    """There is no such theme or cause."""

    phrase = N_("Choose a theme of the code book or a cause from the list.")


class Subject(NamedTuple):
    """A theme or a cause, of either level, by its code."""

    about: str
    code: str

    @property
    def codes(self) -> list[str]:
        """The code with those of its details: whoever wrote of a detail wrote of the theme."""
        return [self.code, *(code for code in DETAILS if code.startswith(f"{self.code}."))]


def checked(about: str | None, code: str | None, details: Mapping[str, Label]) -> Subject:
    """Return the subject if there is one; `details` are the finer causes there are. Refuses with NoSubject."""
    known = {THEME: {**THEMES, **DETAILS}, CAUSE: {**CAUSES, **details}}.get(about or "", {})
    if code not in known:
        raise NoSubject(field="code")
    return Subject(about or "", code or "")


def label(subject: Subject, details: Mapping[str, Label], language: str) -> str:
    """Return the words for a subject: "Delivery: Late"; the code itself where the book lost it."""
    if subject.about == THEME:
        return theme_label(subject.code, language)
    first = CAUSES.get(first_level(subject.code))
    if subject.code in details and first is not None:
        return f"{first.within(language)}: {details[subject.code].within(language)}"
    return first.within(language) if first is not None and "." not in subject.code else subject.code
