"""Change an improvement and move it on, through the one gate of `states`."""

from datetime import date, datetime
from typing import TypedDict

from feedback.improving.measuring import hope_of, zone_of
from feedback.improving.models import Improvement
from feedback.improving.states import (
    STILL_HOPED,
    ReasonMissing,
    State,
    check_in_effect,
    check_window,
    move,
)
from feedback.improving.verdicts import Hope
from feedback.improving.wording import checked_hope, checked_line, checked_owner, checked_text
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

LONGEST_NOTE = 4_000


class HopedAlready(Conflict):
    """What was hoped for is fixed."""

    phrase = N_(
        "What was hoped for and the days are fixed once it is in effect: chosen after the fact, they would prove nothing."
    )


class ReasonAlone(Refusal):
    """A reason goes with declining."""

    phrase = N_("This goes with a change of state; send both together.")


class Given(TypedDict, total=False):
    """What to change; what is left out stays as it is."""

    title: str
    owner: StaffMember | None
    hypothesis: str
    measure: str
    direction: str
    least: float | None
    effect_on: date | None
    check_on: date | None
    note: str
    state: State
    reason: str


HOPED = ("hypothesis", "measure", "direction", "least", "effect_on", "check_on")


def change(improvement: Improvement, given: Given, now: datetime) -> None:
    """Change what is given, then move where that is asked; refuses as a whole.

    Raises IllegalMove, HopedAlready (both 409), DayMissing, NotYet, WindowUnfit, ReasonMissing, or what texts lack.
    """
    _check_still_open(improvement, given)
    if "title" in given:
        improvement.title = checked_line(given["title"], "title", 200)
    if "owner" in given:
        improvement.owner = checked_owner(given["owner"])
    if "note" in given:
        improvement.note = checked_text(given["note"], "note", LONGEST_NOTE, needed=False)
    _hope(improvement, given)
    if "state" in given:
        _move(improvement, given["state"], given.get("reason"), now)
    elif given.get("reason"):
        raise ReasonAlone(field="reason")
    improvement.changed_at = now
    db.session.flush()


def _check_still_open(improvement: Improvement, given: Given) -> None:
    """Refuse to change what was hoped for once it is in effect; the same value again changes nothing."""
    if improvement.state in STILL_HOPED:
        return
    for name in HOPED:
        if name in given and given[name] != getattr(improvement, name):  # type: ignore[literal-required]
            raise HopedAlready(field=name)


def _hope(improvement: Improvement, given: Given) -> None:
    """Store what is hoped for, and its days."""
    if "hypothesis" in given:
        improvement.hypothesis = checked_line(given["hypothesis"], "hypothesis", 500, needed=False)
    hoped = hope_of(improvement)
    wanted = Hope(
        given.get("measure", hoped.measure),
        given.get("direction", hoped.direction),
        given.get("least", hoped.least),
    )
    improvement.measure, improvement.direction, improvement.least = checked_hope(
        wanted, improvement.survey.kind
    )
    effect_on = given.get("effect_on", improvement.effect_on)
    check_on = given.get("check_on", improvement.check_on)
    check_window(effect_on, check_on)
    improvement.effect_on, improvement.check_on = effect_on, check_on


def _move(improvement: Improvement, wanted: State, reason: str | None, now: datetime) -> None:
    """Move through the gate; what each state needs is checked after it."""
    state = move(State(improvement.state), wanted)
    if state == State.IN_EFFECT:
        today = now.astimezone(zone_of(improvement)).date()
        check_in_effect(improvement.effect_on, improvement.check_on, today)
    if state == State.DECLINED:
        if not (reason or "").strip():
            raise ReasonMissing(field="reason")
        improvement.reason = checked_line(reason, "reason", 500)
    improvement.state = state
