"""Who gets a task: the customer's own contact, whoever handled them before, else the least loaded agent.

The order is that of methodology 4.5. Agents have to speak the customer's language; what they have open weighs by its
priority, and a tie goes to whoever has been without a new task for longest. Nobody gets a task who is away, whom the
comment names, or whom it would load above their capacity. When that leaves nobody, it waits without an owner.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from surveys.errors import N_

NEVER = datetime.min.replace(tzinfo=UTC)
# What an open task weighs (methodology 4.5). One of P4 is read in the digest and weighs nothing.
WEIGHTS: Mapping[str, int] = {"P0": 8, "P1": 5, "P2": 3, "P3": 1, "P4": 0}

WHY: dict[str, str] = {
    "dedicated": N_("the customer's own contact"),
    "handled_before": N_("handled this customer on %(day)s"),
    "speaks_least_loaded": N_("speaks %(language)s, least load"),
    "speaks_longest_without": N_(
        "speaks %(language)s, as little load as others, and longest without a new task"
    ),
    "least_loaded": N_("least load among those present"),
    "longest_without": N_("as little load as others, and longest without a new task"),
    "stood_in": N_("its owner is away and a promised time has passed"),
    "nobody": N_("nobody is present to take it"),
    "named": N_("the comment names everybody who could take it"),
    "no_speaker": N_("nobody present speaks %(language)s"),
    "full": N_("everybody who could take it has as much as they can take on"),
}
WAITS = ("nobody", "named", "no_speaker", "full")  # why nobody was chosen


@dataclass(frozen=True)
class Candidate:
    """One staff member who might take the task.

    `load` is the weight of what they have open, `capacity` the most it may be (None: no limit), `languages` the codes
    of those they speak (none said: all). `last_given_at` is None if they were never given a task.
    """

    staff_id: int
    away: bool = False
    load: int = 0
    last_given_at: datetime | None = None
    capacity: int | None = None
    languages: frozenset[str] = frozenset()

    def bears(self, weight: int) -> bool:
        """Return whether a task of this weight does not load them above their capacity."""
        return self.capacity is None or self.load + weight <= self.capacity

    def speaks(self, language: str) -> bool:
        """Return whether they write to customers in the language."""
        return not self.languages or language in self.languages


@dataclass(frozen=True)
class Case:
    """What the rules know of a task: its weight, the customer's language, and for whom it is never.

    `dedicated` is the customer's own contact; `handler` handled the customer last, on the day `handled_on`. Each is
    None where there is none. `barred` are the ids of those whom the comment names, or who gave it away.
    """

    weight: int
    language: str
    dedicated: Candidate | None = None
    handler: Candidate | None = None
    handled_on: date | None = None
    barred: frozenset[int] = frozenset()


class Choice(NamedTuple):
    """Who was chosen (None: nobody), the code of `WHY` that explains it, and the day or language that it names."""

    staff_id: int | None
    code: str
    fact: str = ""

    @property
    def why(self) -> str:
        """The code with its fact after a colon, as a task and its history keep it: at most 30 characters."""
        return f"{self.code}:{self.fact}" if self.fact else self.code


def told_apart(why: str | None) -> tuple[str, str]:
    """Return code and fact of a kept reason; both are empty for None and for words of a person."""
    code, _, fact = (why or "").partition(":")
    return (code, fact) if code in WHY else ("", "")


def choose_owner(agents: Iterable[Candidate], case: Case) -> Choice:
    """Return the owner of a task, and why: by the rules in their order, the same for the same rows in any order."""
    for known, code in ((case.dedicated, "dedicated"), (case.handler, "handled_before")):
        if known is not None and _may_have(known, case):
            day = case.handled_on.isoformat() if code == "handled_before" and case.handled_on else ""
            return Choice(known.staff_id, code, day)
    return _among(list(agents), case)


def _may_have(known: Candidate, case: Case) -> bool:
    """Return whether somebody who knows the customer can take it, in whatever language."""
    return not known.away and known.staff_id not in case.barred and known.bears(case.weight)


def _among(agents: list[Candidate], case: Case) -> Choice:
    """Return the least loaded of those who can take it, else why there is nobody."""
    present = [agent for agent in agents if not agent.away]
    free = [agent for agent in present if agent.staff_id not in case.barred]
    speakers = [agent for agent in free if agent.speaks(case.language)]
    able = [agent for agent in speakers if agent.bears(case.weight)]
    if not able:
        if present and not free:
            return Choice(None, "named")
        if free and not speakers:
            return Choice(None, "no_speaker", case.language)
        return Choice(None, "full" if speakers else "nobody")
    least = min(agent.load for agent in able)
    tied = [agent for agent in able if agent.load == least]
    # The id settles the last tie, so that the same rows always give the same owner.
    chosen = min(tied, key=lambda agent: (agent.last_given_at or NEVER, agent.staff_id))
    code = "least_loaded" if len(tied) == 1 else "longest_without"
    # The language is a reason only where it left somebody out.
    if len(speakers) < len(free):
        return Choice(chosen.staff_id, f"speaks_{code}", case.language)
    return Choice(chosen.staff_id, code)
