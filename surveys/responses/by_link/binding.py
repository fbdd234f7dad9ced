"""Give answers their order when it comes late: the page after an order is often quicker than the shop's report of it.

Only orders count that the shop signed for. The answer is looked at anew, because now there is somebody to write to.
"""

from datetime import datetime

from surveys.database import db
from surveys.responses.by_link.queries import late_order_of, waiting_for_their_order
from surveys.responses.models import NEW, Response
from surveys.work import one_by_one

JOB = "bind-answers"


def bind_late(now: datetime, limit: int) -> int:
    """Bind up to `limit` answers whose order has arrived since; return how many."""
    return one_by_one(JOB, waiting_for_their_order(JOB, now, limit), bind)


def bind(response_id: int) -> None:
    """Let the answer belong to its order and that order's customer; changes nothing when somebody was quicker."""
    response = db.session.get(Response, response_id, with_for_update=True, populate_existing=True)
    order = late_order_of(response_id)
    if response is None or order is None:
        return
    response.purchase_id, response.customer_id = order
    response.follow_up_stage = NEW
    db.session.flush()
