"""Where a survey stands: written, asked, closed, or put away."""

from datetime import datetime
from enum import StrEnum

from surveys.errors import N_


class State(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    ARCHIVED = "archived"


STATES: dict[str, str] = {
    State.DRAFT: N_("draft"),
    State.PUBLISHED: N_("published"),
    State.CLOSED: N_("closed"),
    State.ARCHIVED: N_("archived"),
}


def state_of(
    is_published: bool, closes_at: datetime | None, archived_at: datetime | None, now: datetime
) -> State:
    """Return where a survey stands at `now`; only a published one is asked and answered."""
    if archived_at is not None:
        return State.ARCHIVED
    if not is_published:
        return State.DRAFT
    return State.CLOSED if closes_at is not None and closes_at <= now else State.PUBLISHED
