"""What has become of an answer, in plain words for the one who gave it: nothing of staff, notes or urgency."""

from surveys.errors import N_

RECEIVED = N_("%(shop)s has your answer.")
LOOKED_AT = N_("%(shop)s is looking at it.")
WAITS_FOR_YOU = N_("%(shop)s waits for an answer from you.")
THOUGHT_SOLVED = N_("%(shop)s believes that it is solved.")
ENDED = N_("%(shop)s has closed it.")
COURSES: dict[str, str] = {
    "new": LOOKED_AT,
    "in_progress": LOOKED_AT,
    "waiting_internal": LOOKED_AT,
    "waiting_customer": WAITS_FOR_YOU,
    "resolved": THOUGHT_SOLVED,
    "verifying": THOUGHT_SOLVED,
}
ENDS: dict[str, str] = {
    "recovered": N_("Solved, as you told us."),
    "partly": N_("Closed. You told us that it was solved in part."),
    "not_recovered": N_("Closed. You told us that it was not solved."),
    "unverified": THOUGHT_SOLVED,
    "no_permission": N_("Closed, because you do not want to be written to about it."),
}


def course_of(state: str | None, outcome: str | None) -> str:
    """Return the sentence for a task's state and outcome; `state` is None where there is no task."""
    if state is None:
        return RECEIVED
    return COURSES.get(state) or ENDS.get(outcome or "", ENDED)
