"""Take an answer out of the numbers, or back into them. Nothing is deleted: it stays, marked and with the reason.

Who did it and when it was taken back is in the register of what staff changed.
"""

from datetime import datetime

from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.responses.models import Response
from surveys.responses.reasons import REASONS
from surveys.scales import SCALES
from surveys.staff.models import StaffMember


class NotAReason(Refusal):
    """What was said is none of the reasons there are."""

    phrase = N_("Choose why the answer should not count: one of the reasons in the list.")


class CountsNowhere(Refusal):
    """An answer to a check-back has no score; it belongs to its task."""

    phrase = N_(
        "This answer says whether a task was solved. It counts in no score, so it cannot be excluded."
    )


def exclude(response: Response, reason: str, by: StaffMember | None, now: datetime) -> None:
    """Let the response count nowhere from now on; `by` is None when that happens by itself.

    One that is excluded already gets the new reason. Its open task stays: somebody may be working on it.
    """
    if reason not in REASONS:
        raise NotAReason(field="reason")
    if response.survey.kind not in SCALES:
        raise CountsNowhere()
    response.excluded_at, response.excluded_reason, response.excluded_by = now, reason, by
    db.session.flush()


def put_back(response: Response) -> None:
    """Let the response count again; one that does already stays as it is."""
    response.excluded_at = response.excluded_reason = response.excluded_by = None
    db.session.flush()
