"""A customer says whether they meant one of the lowest scores, where it stands beside kind words.

Perhaps the scale was read the wrong way round (methodology 5.2). While the answer can still be corrected, it is. Later
its score stays, and every figure counts it as it was given; what was meant stands beside it, for whoever works on the
task and for the line of Insights that says what it would change.
"""

from datetime import datetime

from feedback.follow_up.moving import record
from feedback.follow_up.queries import response_for_update, task_for_update, task_of_response
from feedback.privacy.own_page.correcting import Correction, correct, why_not
from feedback.privacy.own_page.queries import is_touched, reversed_among
from surveys.audit.changes import describe
from surveys.audit.noting import note
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.responses.models import Response
from surveys.scales import SCALES

MEANT = "own_page.mean"  # what an audit row calls it
NOT_ASKED = N_("This answer is not asked about, or no longer.")
CHOOSE = N_("Choose one of the points of the scale.")


def is_asked(response: Response, *, is_reversed: bool) -> bool:
    """Tell whether a customer is asked: an answer that is sent and counted, whose kind words have the lowest scores."""
    is_whole = not response.is_partial and not response.is_anonymous and response.excluded_at is None
    return is_reversed and is_whole and response.corrected_score is None


def stands_for(response: Response) -> int | None:
    """Return what an answer is known to mean: what was said later, else its score."""
    return response.score if response.corrected_score is None else response.corrected_score


def mean(response_id: int, score: int, now: datetime) -> None:
    """Take the customer's word, once, that they meant `score`; whoever presses twice has said it already.

    Refuses with Conflict, with Refusal for no such point, or with TooOften.
    """
    response = response_for_update(response_id)
    is_reversed = response is not None and response.id in reversed_among([response.id])
    if response is None:
        raise Conflict(NOT_ASKED)
    if not is_asked(response, is_reversed=is_reversed):
        if score != stands_for(response):
            raise Conflict(NOT_ASKED)
        return
    if score not in SCALES[response.survey.kind].scores:
        raise Refusal(CHOOSE, field="score")
    task = task_of_response(response_id)
    if task is not None:
        # As it is now: once somebody works on it the answer is corrected no more.
        task = task_for_update(task.id)
    is_final = why_not(response, task, task is not None and is_touched(task), now) is not None
    if score != response.score and not is_final:
        correct(response.id, Correction(score, response.comment, response.contact_permission), now)
        if SCALES[response.survey.kind].is_worst(score):
            response.corrected_score = score  # It has been said, and the page would ask about this one, too.
            db.session.flush()
        return
    response.corrected_score = score
    change = describe("response", response.public_id, "changed", {"corrected_score": (None, score)})
    note(MEANT, now, way="page", about=response.public_id, changes=[change])
    if task is not None:
        record(task, "meant", now, before=str(response.score), after=str(score))
    db.session.flush()
