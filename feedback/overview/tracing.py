"""The whole chain behind a purchase or a response: purchase, decision, mail, answer, reading, rule, task."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from feedback.analysis.models import Analysis
from feedback.follow_up.deciding.words import rule_text
from feedback.follow_up.models import Task
from feedback.follow_up.opening import why_no_task
from feedback.overview.queries import (
    Found,
    found_where,
    purchases_called,
    reminders_of,
    responses_about,
    turns_called,
)
from feedback.overview.words import NO_TASK
from surveys.customers.models import Purchase
from surveys.errors import N_, Missing
from surveys.invitations.explaining import Explained, explain, explain_turn
from surveys.invitations.models import Invitation
from surveys.invitations.states import REASONS, WAITS, Reason
from surveys.responses.models import Response


class Line(NamedTuple):
    """One line of the chain: how deep it stands, and what it says, in English."""

    depth: int
    text: str


class NothingCalled(Missing):
    """Neither a purchase nor a response nor an asked customer has this name."""

    phrase = N_(
        "There is no purchase and no response called %(name)s. Give the order's number, or the id of an order"
        " or a response as its page shows it in the address; for programmes, a customer's e-mail address or id."
    )


def trace(name: str, now: datetime) -> list[Line]:
    """Return the chain of every purchase with this number or id, or of the response with this id.

    A customer's address or id leads to their turns in programmes. Refuses with NothingCalled when there is none.
    """
    purchases, response = purchases_called(name)
    lines = [line for purchase in purchases for line in of_purchase(purchase, now)]
    lines += [line for turn in turns_called(name) for line in of_turn(turn, now)]
    turn = response.response.invitation if response is not None else None
    if turn is not None and turn.round_id is not None:
        lines += of_turn(turn, now)
    elif response is not None and response.response.purchase is not None:
        lines += of_purchase(response.response.purchase, now)
    elif response is not None:
        lines += [Line(0, "no purchase: the answer was recorded without one")]
        lines += of_answer(response, 0)
    if not lines:
        raise NothingCalled(name=f"“{name[:60]}”")
    return lines


def of_purchase(purchase: Purchase, now: datetime) -> list[Line]:
    """Return the chain of one purchase."""
    zone = ZoneInfo(purchase.brand.time_zone)
    events = ("placed", "shipped", "delivered", "returned", "refunded", "cancelled")
    told = {event: getattr(purchase, f"{event}_at") for event in events}
    happened = ", ".join(f"{event} {at_in(zone, at)}" for event, at in told.items() if at is not None)
    considered = at_in(zone, purchase.considered_at) if purchase.considered_at else "not yet"
    lines = [
        Line(0, f"purchase {purchase.reference} ({purchase.public_id}) of {purchase.brand.name}"),
        Line(1, f"{happened} ({zone.key})"),
        Line(1, f"considered: {considered}"),
    ]
    answers = responses_about(purchase)
    for row in explain(purchase, now):
        lines += of_decision(row, zone)
        if row.invitation is not None:
            own = [each for each in answers if each.response.invitation_id == row.invitation.id]
            lines += [line for found in own for line in of_answer(found, 2)]
    for found in answers:
        if found.response.invitation is None or found.response.invitation.touchpoint_id is None:
            lines += of_answer(found, 1)
    return lines


def of_turn(turn: Invitation, now: datetime) -> list[Line]:
    """Return the chain of one customer's turn in a round of a programme."""
    zone = ZoneInfo(turn.customer.brand.time_zone)
    number = turn.facts["round"]
    lines = [
        Line(0, f"customer {turn.customer.public_id} of {turn.customer.brand.name}, round {number}, no order")
    ]
    lines += of_decision(explain_turn(turn, now), zone)
    return lines + [
        line for found in found_where(Response.invitation_id == turn.id) for line in of_answer(found, 2)
    ]


def of_decision(row: Explained, zone: ZoneInfo) -> Iterator[Line]:
    """Yield what one touchpoint decided, on what it rests, and what became of the mail."""
    touchpoint, invitation = row.touchpoint, row.invitation
    state = "nothing decided" if invitation is None else decided(invitation, zone)
    changed = at_in(zone, touchpoint.changed_at)
    yield Line(1, f"touchpoint “{touchpoint.name}” (as set on {changed}): {state}")
    for check in row.checks:
        yield Line(2, f"{'yes' if check.is_fine else 'NO '} {filled(check.phrase, check.values)}")
    if invitation is None:
        return
    if invitation.share < 1:
        yield Line(2, f"drawn with probability {invitation.share:g}")
    if "condition" in invitation.facts:
        yield Line(2, f"condition {invitation.facts['condition']}, found {invitation.facts['found']}")
    if invitation.attempts or invitation.sent_at:
        failed = f", last error: {invitation.last_error}" if invitation.last_error else ""
        asked = f"{invitation.version.survey.key} version {invitation.version.number}, {invitation.locale}"
        yield Line(2, f"mail: {asked}, {invitation.attempts} attempts{failed}")
    for reminder in reminders_of(invitation):
        when = f" {at_in(zone, reminder.sent_at)}" if reminder.sent_at else ""
        why = f": {REASONS[Reason(reminder.reason)]}" if reminder.reason else ""
        yield Line(2, f"reminder {reminder.number}: {reminder.state}{when}{why}")


def decided(invitation: Invitation, zone: ZoneInfo) -> str:
    """Return a decision in words."""
    if invitation.state == "refused":
        return f"not asked: {REASONS[Reason(invitation.reason or '')]}"
    if invitation.state == "planned":
        due = "its event" if invitation.due_at is None else at_in(zone, invitation.due_at)
        waits = f", waits for {WAITS[invitation.put_off]}" if invitation.put_off else ""
        return f"planned for {due}{waits}"
    when = f" {at_in(zone, invitation.sent_at)}" if invitation.sent_at else ""
    return f"{invitation.state}{when}"


def of_answer(found: Found, depth: int) -> Iterator[Line]:
    """Yield an answer with its reading, the rule and the task."""
    response, zone = found.response, ZoneInfo(found.response.brand.time_zone)
    at = at_in(zone, response.submitted_at or response.saved_at)
    version = f"{response.survey.key} version {response.version.number}"
    score = "no score" if response.score is None else f"score {response.score} ({response.group})"
    half_way = ", left half-way" if response.is_partial else ", anonymous" if response.is_anonymous else ""
    excluded = f", excluded ({response.excluded_reason})" if response.excluded_reason else ""
    yield Line(depth, f"answer {response.public_id}: {score}, {version}, {at}{half_way}{excluded}")
    yield Line(depth + 1, f"reading: {reading(response, found.analysis)}")
    if found.task is None:
        yield Line(depth + 1, f"task: none. {NO_TASK[why_no_task(response, found.analysis)]}")
    else:
        yield Line(depth + 1, f"task: {task_words(found.task, zone)}")


def reading(response: Response, analysis: Analysis | None) -> str:
    """Return what the reader made of the comment."""
    if analysis is None:
        return "no comment" if not response.comment else "not read yet"
    polarity = "" if analysis.polarity is None else f" {analysis.polarity:+.2f}"
    return (
        f"{analysis.label}{polarity} in {analysis.language or 'an unknown language'}, by {analysis.analyzer}"
    )


def task_words(task: Task, zone: ZoneInfo) -> str:
    """Return a task with the rule that opened it and who has it."""
    owner = task.assignee.name if task.assignee else "nobody"
    because = f" ({task.assigned_because})" if task.assigned_because else ""
    opened = f"Opened {at_in(zone, task.opened_at)}, owner {owner}{because}"
    return (
        f"{task.public_id}, {task.state}, {task.priority}, rule {task.rule}: {rule_text(task.rule)} {opened}"
    )


def filled(phrase: str, values: Any) -> str:
    """Return an English phrase with its values."""
    return phrase % values if "%(" in phrase else phrase


def at_in(zone: ZoneInfo, at: datetime) -> str:
    """Return a moment in the shop's time."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
