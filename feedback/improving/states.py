"""States of an improvement and the one gate that every move passes.

Staff take it from an idea to the day it takes effect; the verdict is the system's alone, at the end of the window. Until
then it may be declined, with a reason that can be told. What was hoped for is fixed once it is in effect: a hope that
is chosen after the figures are known proves nothing.
"""

from datetime import date, timedelta
from enum import StrEnum

from feedback.insights.selection import FIRST_YEAR, LAST_YEAR
from surveys.errors import N_, Conflict, Refusal, Words

SHORTEST, LONGEST = timedelta(days=7), timedelta(days=366)
OLDEST = timedelta(days=2 * 366)


class State(StrEnum):
    """Where an improvement stands."""

    IDEA = "idea"
    PLANNED = "planned"
    IN_EFFECT = "in_effect"
    CHECKED = "checked"
    DECLINED = "declined"


# What people read for a state.
STATES: dict[str, str] = {
    State.IDEA: N_("idea"),
    State.PLANNED: N_("planned"),
    State.IN_EFFECT: N_("in effect"),
    State.CHECKED: N_("checked"),
    State.DECLINED: N_("declined"),
}
MOVES: dict[State, tuple[State, ...]] = {
    State.IDEA: (State.PLANNED, State.DECLINED),
    State.PLANNED: (State.IN_EFFECT, State.DECLINED),
    State.IN_EFFECT: (State.DECLINED,),
    State.CHECKED: (),
    State.DECLINED: (),
}
SYSTEM_MOVES: dict[State, tuple[State, ...]] = {State.IN_EFFECT: (State.CHECKED,)}
OPEN = (State.IDEA, State.PLANNED, State.IN_EFFECT)
STILL_HOPED = (State.IDEA, State.PLANNED)  # the hypothesis may be changed
TOLD = (State.IN_EFFECT, State.CHECKED, State.DECLINED)  # there is something to tell customers


def words(*states: State) -> Words:
    """Return states as a value of a refusal."""
    return Words({state.value: STATES[state] for state in states})


class IllegalMove(Conflict):
    """The improvement cannot go there from here; `allowed` lists where it can."""

    def __init__(self, current: State, wanted: State):
        self.allowed = MOVES[current]
        phrase = (
            N_("This improvement is “%(current)s” and cannot become “%(wanted)s”. Possible now: %(allowed)s.")
            if self.allowed
            else N_("This improvement is “%(current)s” and cannot become “%(wanted)s”: it stays as it is.")
        )
        values = {"allowed": words(*self.allowed)} if self.allowed else {}
        super().__init__(phrase, field="state", current=words(current), wanted=words(wanted), **values)


class ReasonMissing(Refusal):
    """Whoever declines says why."""

    phrase = N_("Say why it is declined; those who raised it may ask.")


class DayMissing(Refusal):
    """An improvement in effect has a day since when, and one on which it is checked."""

    phrase = N_("Say since which day it is in effect, and on which day it is checked.")


class NotYet(Refusal):
    """It cannot be in effect from a day that has not come."""

    phrase = N_("It cannot be in effect from a day that is still to come. Leave it planned until then.")


class TooLongAgo(Refusal):
    """Nobody remembers what else changed."""

    phrase = N_("That day is more than two years ago. Choose a later one.")


class WindowUnfit(Refusal):
    """The check is too near, too far, or before the beginning."""

    phrase = N_("The check must be 7 to 366 days after the day on which it takes effect.")


def move(current: State, wanted: State, *, by_system: bool = False) -> State:
    """Return `wanted` if an improvement may go there from `current`; refuse with IllegalMove, which names the others."""
    if wanted not in (SYSTEM_MOVES.get(current, ()) if by_system else MOVES[current]):
        raise IllegalMove(current, wanted)
    return wanted


def check_window(effect_on: date | None, check_on: date | None) -> None:
    """Refuse days that make no window, or lie at the ends of the calendar; either may be missing."""
    for name, day in (("effect_on", effect_on), ("check_on", check_on)):
        if day is not None and not FIRST_YEAR < day.year < LAST_YEAR:
            raise Refusal(N_("Choose a day nearer to today."), field=name)
    if effect_on is not None and check_on is not None and not SHORTEST <= check_on - effect_on <= LONGEST:
        raise WindowUnfit(field="check_on")


def check_in_effect(effect_on: date | None, check_on: date | None, today: date) -> None:
    """Refuse what cannot be in effect today: days missing, to come, or long ago."""
    if effect_on is None or check_on is None:
        raise DayMissing(field="effect_on" if effect_on is None else "check_on")
    if effect_on > today:
        raise NotYet(field="effect_on")
    if today - effect_on > OLDEST:
        raise TooLongAgo(field="effect_on")
    check_window(effect_on, check_on)
