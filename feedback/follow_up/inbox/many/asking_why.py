"""Ask somebody who gave a low score and no word what happened: one ready mail, for quiet tasks only."""

from datetime import datetime

from feedback.follow_up import triaging
from feedback.follow_up.clocks.timing import TOO_URGENT
from feedback.follow_up.inbox.many.letters import question
from feedback.follow_up.models import Task
from feedback.follow_up.queries import replies_of
from feedback.follow_up.skeletons import reply_subject
from feedback.follow_up.states import OPEN_STATES
from surveys.errors import N_, Conflict
from surveys.staff.models import StaffMember


class NotToBeAsked(Conflict):
    """A ready mail does not fit this task."""


def ask_why(task: Task, now: datetime, *, actor: StaffMember) -> None:
    """Write the customer of a quiet task the ready question; refuse with NotToBeAsked or as a reply does."""
    if task.priority in TOO_URGENT:
        raise NotToBeAsked(
            N_("A task of priority P0 or P1 gets no ready-made mail. Write to the customer yourself.")
        )
    if not task.is_silent:
        raise NotToBeAsked(N_("The customer has said what happened. Answer that yourself."))
    if task.state not in OPEN_STATES or task.contacted_at is not None or replies_of(task):
        raise NotToBeAsked(N_("The customer has been written to already, or the task is not open any more."))
    response, shop = task.response, task.customer.brand.name
    subject = reply_subject(
        response.locale, shop=shop, kind=response.survey.kind, invited=response.invitation_id is not None
    )
    order = response.purchase.reference if response.purchase else None
    body = question(response.locale, name=task.customer.name, order=order, agent=actor.name, shop=shop)
    triaging.reply(task, subject, body, now, actor=actor)
