"""States of an invitation and the reasons for not asking.

Planned, then sent or refused: those three are the usual way. *Failed* says that the channel
refused for good. *Uncertain* says that a send was begun and nobody knows how it ended; only a
person may plan it again, because a customer is never mailed twice. Answered and expired are no
states: a sent invitation has `answered_at`, and a link's age says whether it is still good.
"""

from enum import StrEnum

from surveys.errors import N_, Conflict, Words


class State(StrEnum):
    """Where an invitation stands."""

    PLANNED = "planned"
    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Reason(StrEnum):
    """Why an invitation was refused."""

    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    OBJECTED = "objected"
    NO_PERMISSION = "no_permission"
    NO_EVIDENCE = "no_evidence"
    NOT_CONFIRMED = "not_confirmed"
    NO_ADDRESS = "no_address"
    UNDELIVERABLE = "undeliverable"
    COMPLAINED = "complained"
    SUPPRESSED = "suppressed"
    REST_PERIOD = "rest_period"
    TOO_LATE = "too_late"
    TOUCHPOINT_OFF = "touchpoint_off"
    SURVEY_CLOSED = "survey_closed"
    ONLY_TEAM = "only_team"
    TEAM_BUSY = "team_busy"
    ERASED = "erased"
    REOPENED = "reopened"
    CONDITIONS = "conditions"
    NOT_DRAWN = "not_drawn"
    NOT_HAPPENED = "not_happened"
    BOUGHT_AGAIN = "bought_again"
    THIS_ROUND = "this_round"
    OPEN_RETURN = "open_return"
    OPEN_TASK = "open_task"
    ANSWERED_LATELY = "answered_lately"
    YEARLY_LIMIT = "yearly_limit"
    PAUSED = "paused"
    ANSWERED = "answered"
    REMINDERS_OFF = "reminders_off"


REASONS: dict[Reason, str] = {
    Reason.CANCELLED: N_("The order was cancelled."),
    Reason.REFUNDED: N_("The order was refunded."),
    Reason.OBJECTED: N_("The customer does not want to be asked."),
    Reason.NO_PERMISSION: N_("There is no permission or other legal basis to ask this customer."),
    Reason.NO_EVIDENCE: N_(
        "In this customer's country existing customers may be asked only with evidence of the notice they were"
        " given, and none is stored. Send permission.evidence with the order, or declare what the shop shows"
        " under Settings, Permission."
    ),
    Reason.NOT_CONFIRMED: N_(
        "In this customer's country a consent counts once it was confirmed, and no confirmation is stored."
        " Send permission.confirmed_at, or ask for it on the customer's permission page."
    ),
    Reason.NO_ADDRESS: N_("The customer has no e-mail address."),
    Reason.UNDELIVERABLE: N_("Mail to this address came back."),
    Reason.COMPLAINED: N_("The customer reported one of our mails as unwanted."),
    Reason.SUPPRESSED: N_("The address is on the list of those that are not written to."),
    Reason.REST_PERIOD: N_("The customer was asked a short while ago; the rest period is not over."),
    Reason.TOO_LATE: N_("The right moment to ask had long passed."),
    Reason.TOUCHPOINT_OFF: N_("The touchpoint was switched off."),
    Reason.SURVEY_CLOSED: N_("The survey was closed or put into the archive."),
    Reason.ONLY_TEAM: N_("The touchpoint was being tested: it asked only people who work here."),
    Reason.ERASED: N_("The customer's data was erased."),
    Reason.REOPENED: N_("The task was taken up again before the question left."),
    Reason.TEAM_BUSY: N_(
        "The team could not have followed up in time, so the question was held back too long."
    ),
    Reason.CONDITIONS: N_("The touchpoint asks others: one of its conditions is not met."),
    Reason.NOT_DRAWN: N_("The touchpoint asks a part by chance, and this one was not drawn."),
    Reason.NOT_HAPPENED: N_("What the touchpoint waits for was taken back by the shop."),
    Reason.BOUGHT_AGAIN: N_(
        "The customer has bought again; this touchpoint asks those who have not bought since."
    ),
    Reason.THIS_ROUND: N_("The same person was asked in this round already, as another customer."),
    Reason.OPEN_RETURN: N_("A return was under way, and it was not settled in time."),
    Reason.OPEN_TASK: N_(
        "Somebody was looking after a problem of this customer, and it was not solved in time."
    ),
    Reason.ANSWERED_LATELY: N_(
        "The customer answered a short while ago; the rest after an answer is not over."
    ),
    Reason.YEARLY_LIMIT: N_("The customer has been asked as often as the yearly limit allows."),
    Reason.PAUSED: N_("The customer has paused questions, and the pause was not over in time."),
    Reason.ANSWERED: N_("The customer has answered."),
    Reason.REMINDERS_OFF: N_("Reminders were switched off."),
}

# What a request that was put off waits for.
WAITS: dict[str, str] = {
    "hours": N_("the hours in which customers are asked"),
    "busy": N_("another mail to the same address, which is leaving at this moment"),
    "mail": N_("the mail server, which did not take it"),
    Reason.REST_PERIOD: N_("the end of the rest period"),
    Reason.ANSWERED_LATELY: N_("the end of the rest after an answer"),
    Reason.YEARLY_LIMIT: N_("the yearly limit"),
    Reason.PAUSED: N_("the end of the pause that the customer asked for"),
    Reason.OPEN_RETURN: N_("the end of the return"),
    Reason.OPEN_TASK: N_("the solution of the customer's problem"),
    Reason.TEAM_BUSY: N_("the team, which can take on no more tasks now"),
    "precedence": N_("another question to the same customer that goes first"),
}

# Why somebody cannot be asked at this very moment.
PUT_OFF: dict[str, str] = {
    "busy": N_("Another mail to the same address is leaving at this moment. Try again in a minute."),
    Reason.REST_PERIOD: REASONS[Reason.REST_PERIOD],
    Reason.ANSWERED_LATELY: REASONS[Reason.ANSWERED_LATELY],
    Reason.YEARLY_LIMIT: REASONS[Reason.YEARLY_LIMIT],
    Reason.PAUSED: N_("The customer has paused questions. Ask when the pause is over."),
    Reason.OPEN_RETURN: N_("A return of this order is under way. Ask when it is settled."),
    Reason.OPEN_TASK: N_("Somebody is looking after a problem of this customer. Ask when it is solved."),
}

MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.SENT, State.REFUSED, State.FAILED, State.UNCERTAIN}),
    # A mail that left may come back later.
    State.SENT: frozenset({State.FAILED}),
    # Somebody looked it up at the mail server, or decides to send it once more.
    State.UNCERTAIN: frozenset({State.SENT, State.FAILED, State.PLANNED}),
    State.REFUSED: frozenset(),
    State.FAILED: frozenset(),
}


# What people read for a state.
STATES: dict[State, str] = {
    State.PLANNED: N_("planned"),
    State.SENT: N_("asked"),
    State.REFUSED: N_("not asked"),
    State.FAILED: N_("not delivered"),
    State.UNCERTAIN: N_("uncertain"),
}


def words(*states: State) -> Words:
    """Return states as a value of a refusal."""
    return Words({state.value: STATES[state] for state in states})


class IllegalMove(Conflict):
    """The invitation cannot go there from here; `allowed` lists where it can."""

    def __init__(self, current: State, wanted: State):
        self.allowed = tuple(state for state in State if state in MOVES[current])
        phrase = N_(
            "This invitation is “%(current)s” and cannot become “%(wanted)s”. Possible now: %(allowed)s."
        )
        if not self.allowed:
            phrase = N_("This invitation is “%(current)s” for good and cannot become “%(wanted)s”.")
        super().__init__(
            phrase,
            field="state",
            current=words(current),
            wanted=words(wanted),
            allowed=words(*self.allowed),
        )


def move(current: State | str, wanted: State | str) -> State:
    """Return `wanted` if an invitation may go there from `current`; raise IllegalMove otherwise.

    Both may be given as stored strings; a string that names no state is a ValueError.
    """
    current, wanted = State(current), State(wanted)
    if wanted not in MOVES[current]:
        raise IllegalMove(current, wanted)
    return wanted
