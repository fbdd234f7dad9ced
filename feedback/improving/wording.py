"""Check what people say of an improvement before it is stored: lines, texts, hopes, who looks after it."""

from feedback.improving.verdicts import DIRECTIONS, MEASURES, Hope, is_possible
from surveys.errors import N_, Refusal
from surveys.responses.comments import without_controls
from surveys.staff.models import StaffMember


class LineUnfit(Refusal):
    """A text is missing, or longer than its place."""

    phrase = N_("Write 1 to %(most)s characters.")


class NobodyHere(Refusal):
    """An improvement is looked after by somebody who works here."""

    phrase = N_("%(name)s does not work here any more. Choose somebody else.")


class HopeUnfit(Refusal):
    """What is hoped for cannot come."""

    phrase = N_("The scale has no room for such a change. Write fewer points, or none.")


def checked_line(text: str | None, field: str, most: int, *, needed: bool = True) -> str:
    """Return a text on one line, fit to be the subject of a mail.

    Refuses with LineUnfit an empty one that is needed, and one that is too long.
    """
    line = " ".join(without_controls(text or "").split())
    if len(line) > most or (needed and not line):
        raise LineUnfit(field=field, most=most)
    return line


def checked_text(text: str | None, field: str, most: int, *, needed: bool = True) -> str:
    """Return a text with its lines; refuse as `checked_line` does."""
    said = (text or "").replace("\r\n", "\n").strip()
    if len(said) > most or (needed and not said):
        raise LineUnfit(field=field, most=most)
    return said


def checked_owner(owner: StaffMember | None) -> StaffMember | None:
    """Return who looks after it; refuse somebody who has left."""
    if owner is not None and not owner.is_active:
        raise NobodyHere(field="owner", name=owner.name)
    return owner


def checked_hope(hope: Hope, kind: str) -> Hope:
    """Return what is hoped for of a survey on the scale `kind`; refuse what is not one of ours or cannot come."""
    if hope.measure not in MEASURES or hope.direction not in DIRECTIONS:
        raise Refusal(N_("Choose one of those in the list."), field="measure")
    if not is_possible(hope, kind):
        raise HopeUnfit(field="least")
    return hope
