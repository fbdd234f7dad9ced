"""Who gets a new task: the customer's own contact, else the least loaded agent who is present.

A short form of methodology 4.5: every open task counts the same, and a tie goes to whoever has
been without a new task for longest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from surveys.errors import N_

NEVER = datetime.min.replace(tzinfo=UTC)

WHY: dict[str, str] = {
    "dedicated": N_("the customer's own contact"),
    "least_loaded": N_("fewest open tasks among those present"),
    "longest_without": N_("as few open tasks as others, and longest without a new one"),
    "nobody": N_("nobody is present to take it"),
}


@dataclass(frozen=True)
class Candidate:
    """One staff member who might take the task; `last_given_at` is None if never given one."""

    staff_id: int
    away: bool
    open_tasks: int
    last_given_at: datetime | None = None


class Choice(NamedTuple):
    """Who was chosen (None: nobody), and the code of `WHY` that explains it."""

    staff_id: int | None
    why: str


def choose_owner(agents: Iterable[Candidate], dedicated: Candidate | None = None) -> Choice:
    """Return the owner of a new task among `agents`, or the customer's `dedicated` one unless away."""
    if dedicated is not None and not dedicated.away:
        return Choice(dedicated.staff_id, "dedicated")
    present = [agent for agent in agents if not agent.away]
    if not present:
        return Choice(None, "nobody")
    fewest = min(agent.open_tasks for agent in present)
    least_loaded = [agent for agent in present if agent.open_tasks == fewest]
    # The id settles the last tie, so that the same rows always give the same owner.
    chosen = min(least_loaded, key=lambda agent: (agent.last_given_at or NEVER, agent.staff_id))
    return Choice(chosen.staff_id, "least_loaded" if len(least_loaded) == 1 else "longest_without")
