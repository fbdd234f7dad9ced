"""Who may look at the personal data in what a customer wrote: the owner of its task, and who takes care of privacy."""

from collections.abc import Iterable

from surveys.errors import N_, Forbidden
from surveys.personal_data import personal_data
from surveys.responses.account import Said
from surveys.staff.permissions import may


class Covered(Forbidden):
    """Somebody else's task: its comment stays covered."""

    phrase = N_(
        "The personal data in this comment is shown to whoever owns its task, and to owners and admins."
        " Take the task, or ask one of them."
    )


def may_look(role: str, *, is_theirs: bool) -> bool:
    """Tell whether somebody may see the personal data in a comment; `is_theirs` says that they own its task."""
    return is_theirs or may(role, "privacy")


def check_may_look(role: str, *, is_theirs: bool) -> None:
    """Refuse who may not see it."""
    if not may_look(role, is_theirs=is_theirs):
        raise Covered()


def hides_personal_data(comment: str | None, further: Iterable[Said]) -> bool:
    """Tell whether something is covered in a comment or in the words of further answers.

    Contact details that were asked for are no find: they are shown to whoever may see persons at all.
    """
    written = [
        words for said in further if not said.is_personal for words in said.words if words not in said.ours
    ]
    return any(personal_data(text) for text in (comment or "", *written))
