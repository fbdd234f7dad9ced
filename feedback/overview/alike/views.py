"""Comments like one of them: a page of its own, because searching costs more than showing a response."""

from flask import render_template
from flask.typing import ResponseReturnValue

from feedback.analysis.examining import ENCODER
from feedback.analysis.likeness.queries import has_vector
from feedback.overview.alike.queries import comments_like
from feedback.overview.queries import Found, response_with_task, tasks_of_responses
from surveys.clock import business_now
from surveys.errors import N_
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.permissions import sees_personal_data

door = StaffDoor("alike", __name__, permission="responses", url_prefix="/responses/<public_id>/alike")

# Why nothing can be searched for: a title and what to do.
NO_COMMENT = (N_("There is no comment"), N_("This answer has none, so none can be like it."))
UNREAD = (
    N_("The comment has not been read yet"),
    N_("While the loop runs, that takes a few seconds. Then open this page again."),
)
SAYS_NOTHING = (
    N_("There is nothing to compare"),
    N_("The comment says nothing that could be read, so nothing can be like it."),
)
NO_ENCODER = (
    N_("The encoder is missing"),
    N_(
        "The comment was read by its words alone; likeness needs the encoder. Whoever runs the server installs it with"
        " “make encoder” and restarts the loop; then all comments are read again."
    ),
)
NONE_LIKE_IT = (
    N_("No other comment is like this one"),
    N_("Nobody among the newest 100,000 has written anything similar."),
)


@door.get("")
def comments(public_id: str) -> ResponseReturnValue:
    """List the comments most like that of one response."""
    found = response_with_task(public_id)
    why = why_not(found)
    rows = [] if why else comments_like(found.response)
    return render_template(
        "overview/alike.html",
        response=found.response,
        rows=rows,
        why=why or NONE_LIKE_IT,
        tasks=tasks_of_responses([row.response for row in rows]),
        scales=SCALES,
        personal=sees_personal_data(current_staff().role),
        now=business_now(),
    )


def why_not(found: Found) -> tuple[str, str] | None:
    """Return why nothing can be searched for, None when it can."""
    if not (found.response.comment or "").strip():
        return NO_COMMENT
    if found.analysis is None:
        return UNREAD
    if has_vector(found.response.id):
        return None
    return SAYS_NOTHING if ENCODER in found.analysis.analyzer else NO_ENCODER
