"""What the page about who is asked wants to know: how far decisions have come, and what waits."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.invitations.states import State


class Funnel(NamedTuple):
    """How many decisions of one touchpoint came how far; `lost` failed or are uncertain."""

    decided: int
    refused: int
    waiting: int
    sent: int
    lost: int
    answered: int


def funnels(since: datetime) -> dict[int, Funnel]:
    """Return how far the decisions made since then have come, by the id of the touchpoint; tests are left out.

    Their answers count in no other figure either.
    """
    made = (Invitation.planned_at >= since, Invitation.touchpoint_id.is_not(None), ~Invitation.is_test)
    columns = (Invitation.touchpoint_id, Invitation.state, func.count(), func.count(Invitation.answered_at))
    grouped = select(*columns).where(*made).group_by(Invitation.touchpoint_id, Invitation.state)
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for touchpoint_id, state, count, answered in db.session.execute(grouped):
        counts[touchpoint_id][state] += count
        counts[touchpoint_id]["answered"] += answered
    return {
        touchpoint_id: Funnel(
            decided=sum(by[state] for state in State),
            refused=by["refused"],
            waiting=by["planned"],
            sent=by["sent"] + by["failed"] + by["uncertain"],
            lost=by["failed"] + by["uncertain"],
            answered=by["answered"],
        )
        for touchpoint_id, by in counts.items()
    }


def put_off(limit: int) -> list[Invitation]:
    """Return invitations that wait for something, the next to have a chance first."""
    waiting = (
        select(Invitation).where(Invitation.put_off.is_not(None)).order_by(Invitation.due_at, Invitation.id)
    )
    at_hand = (
        joinedload(Invitation.purchase),
        joinedload(Invitation.customer),
        joinedload(Invitation.touchpoint),
    )
    return list(db.session.scalars(waiting.options(*at_hand).limit(limit)))
