"""May we ask, now, later or never: judged from what is known, by the same rules for a mail and for a dry run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from surveys.invitations.cadence import AskingRule, earliest_next, opening, too_late
from surveys.invitations.clocks import PROGRAMMES
from surveys.invitations.states import Reason
from surveys.segments.conditions import Unmet

A_MOMENT = timedelta(minutes=1)
LOOK_AGAIN = timedelta(hours=6)  # a return or a problem is looked at four times a day
YEAR = timedelta(days=365)


class Verdict(NamedTuple):
    """Refused for a `reason`, put off until `later` because of something, or, with neither, free to go."""

    reason: Reason | None = None
    later: datetime | None = None
    because: str | None = None


@dataclass(frozen=True)
class Standing:
    """What speaks against asking a customer, about a purchase or by a programme, whatever the time.

    `barred` is why nobody writes to the address, `permission` what the legal basis lacks; both as
    reasons, None when nothing is wrong. `has_bought_again` is looked up where the trigger asks for it.
    One `is_outside_test` does not work here while the touchpoint asks only the team.
    """

    has_objected: bool = False
    barred: str | None = None
    is_cancelled: bool = False
    is_refunded: bool = False
    has_bought_again: bool = False
    is_on: bool = True
    is_survey_over: bool = False
    is_outside_test: bool = False
    permission: str | None = None
    unmet: Unmet | None = None
    has_address: bool = True


@dataclass(frozen=True)
class Past:
    """What happened with a person before: when they were asked and answered, and what they wait for.

    `asked` is sorted; it goes back as far as the rule looks. `held` is why to wait (OPEN_RETURN, OPEN_TASK).
    `paused_until` is the end of a pause that they asked for.
    One that `gives_way` has another question to the same person before it.
    """

    asked: Sequence[datetime] = ()
    answered: datetime | None = None
    held: Reason | None = None
    paused_until: datetime | None = None
    is_busy: bool = False
    gives_way: bool = False


def called_off(trigger: str, is_cancelled: bool, is_refunded: bool) -> Reason | None:
    """Return the reason not to ask about an order that was cancelled or refunded.

    A touchpoint about returns asks about refunded orders, one about refunds about cancelled ones too;
    a programme asks about no order.
    """
    if trigger in PROGRAMMES:
        return None
    if is_cancelled and trigger != "refunded":
        return Reason.CANCELLED
    return Reason.REFUNDED if is_refunded and trigger not in ("returned", "refunded") else None


def refused(standing: Standing, trigger: str) -> Reason | None:
    """Return why this customer must not be asked about this order; None when they may be."""
    if standing.has_objected:
        return Reason.OBJECTED
    if standing.barred is not None:
        return Reason(standing.barred)
    off = called_off(trigger, standing.is_cancelled, standing.is_refunded)
    if off is not None:
        return off
    if standing.has_bought_again and trigger == "lapsed":
        return Reason.BOUGHT_AGAIN
    if not standing.is_on:
        return Reason.TOUCHPOINT_OFF
    if standing.is_survey_over:
        return Reason.SURVEY_CLOSED
    if standing.is_outside_test:
        return Reason.ONLY_TEAM
    if standing.permission is not None:
        return Reason(standing.permission)
    if standing.unmet is not None:
        return Reason.CONDITIONS
    return None if standing.has_address else Reason.NO_ADDRESS


def timed(
    wanted: datetime, now: datetime, rule: AskingRule, past: Past, zone: ZoneInfo, *, any_hour: bool = False
) -> Verdict:
    """Return whether somebody who may be asked is asked at `now`; `wanted` is when it was first due.

    Asked to go at `any_hour`, it passes over the hours of the day and nothing else.
    """
    if too_late(wanted, now, rule.latest):
        return Verdict(Reason.TOO_LATE)
    again, because = rested(rule, past, now)
    if again is not None and again > now:
        later = opening(again, rule, zone)
        if too_late(wanted, later, rule.latest):
            return Verdict(because if isinstance(because, Reason) else Reason.TOO_LATE)
        return Verdict(later=later, because=because)
    at = opening(now, rule, zone)
    return Verdict(later=at, because="hours") if at > now and not any_hour else Verdict()


def without_team(wanted: datetime, now: datetime, rule: AskingRule, zone: ZoneInfo) -> Verdict:
    """Return what becomes of a question for which nobody could follow up now: it waits, or it would be too late."""
    later = opening(now + LOOK_AGAIN, rule, zone)
    is_late = too_late(wanted, later, rule.latest)
    return Verdict(Reason.TEAM_BUSY) if is_late else Verdict(later=later, because=Reason.TEAM_BUSY)


def rested(rule: AskingRule, past: Past, now: datetime) -> tuple[datetime | None, str]:
    """Return the first moment at which the person may be asked again, and what it waits for.

    None when nothing is to be waited for. The longest wait is the one that is named.
    """
    if past.is_busy:
        return now + A_MOMENT, "busy"
    waits: list[tuple[datetime, str]] = []
    if past.held is not None:
        waits.append((now + LOOK_AGAIN, past.held))
    if past.gives_way:
        waits.append((now + LOOK_AGAIN, "precedence"))
    after_asking = earliest_next(past.asked[-1] if past.asked else None, rule.rest)
    if after_asking is not None:
        waits.append((after_asking, Reason.REST_PERIOD))
    if past.paused_until is not None:
        waits.append((past.paused_until, Reason.PAUSED))
    if past.answered is not None and rule.rest_after_answer:
        waits.append((past.answered + rule.rest_after_answer, Reason.ANSWERED_LATELY))
    if rule.yearly and len(past.asked) >= rule.yearly:
        waits.append((past.asked[-rule.yearly] + YEAR, Reason.YEARLY_LIMIT))
    return max(waits, default=(None, ""), key=lambda wait: wait[0] or now)
