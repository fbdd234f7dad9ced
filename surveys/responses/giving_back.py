"""Give back what was left half-way, as the form fields that say it once more."""

import json
from datetime import datetime, timedelta

from surveys.responses.pages import field_of, plan_of
from surveys.responses.progress import fields_again
from surveys.responses.queries import Asked

GIVEN_BACK = timedelta(days=1)


def was_left_half_way(found: Asked, now: datetime) -> bool:
    """Return whether something was kept so lately that it is given back; mails get passed on, later it is not."""
    return found.kept_at is not None and found.kept_at > now - GIVEN_BACK


def kept_fields(found: Asked, chosen: str | None) -> dict[str, str]:
    """Return what was kept as form fields; a score that came with the link is newer."""
    answers = json.loads(found.kept_answers or "{}")
    said = answers.get("solved") if found.kept_score is None else str(found.kept_score)
    permission = None if found.kept_permission is None else ("no", "yes")[bool(found.kept_permission)]
    first = {
        field_of(found.kind): chosen or said,
        "comment": found.kept_comment,
        "contact_permission": permission,
    }
    return {name: value for name, value in first.items() if value} | fields_again(
        plan_of(found.definition).questions, answers
    )
