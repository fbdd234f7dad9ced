"""Rows of history in sentences: who did what, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask_babel import gettext
from markupsafe import Markup

from feedback.follow_up.clocks.countdown import CLOCKS
from feedback.follow_up.clocks.filters import long_moment
from feedback.follow_up.conversation.calling import CHANNELS, RESULTS
from feedback.follow_up.conversation.models import Letter, Reply
from feedback.follow_up.conversation.tries import REACHED
from feedback.follow_up.deciding.filters import level_why, rule_sentence
from feedback.follow_up.deciding.priorities import WHY
from feedback.follow_up.filters import code_word, detail_word, owner_reason
from feedback.follow_up.models import TaskEvent, TaskPromise
from surveys.errors import N_
from surveys.filters import masked, moment, money
from surveys.invitations.states import REASONS

HOUSE = "Nachklang"
TOLD = {
    "": N_("whoever owns it is told"),
    "admin": N_("the admins are told"),
    "owner": N_("the owners are told"),
}
TASK_CLOSED = N_("The task was closed without a solution.")
SAID = {"yes": N_("it is solved"), "partly": N_("it is partly solved"), "no": N_("it is not solved")}
MAILS = {
    "queued": N_("the mail leaves in a moment"),
    "sent": N_("the mail left"),
    "failed": N_("the mail did not reach them"),
    "uncertain": N_("nobody knows whether the mail left"),
    "taken_back": N_("taken back before it left"),
}
PHRASES = {
    "opened": N_("Opened as %(after)s. %(rule)s"),
    "raised": N_("More urgent now: %(before)s became %(after)s. %(why_level)s"),
    "lowered": N_("%(who)s made it less urgent: %(before)s became %(after)s"),
    "joined": N_("The customer answered again: it belongs here. %(rule)s"),
    "reminded": N_("%(clock)s: %(after)s%% of the time has passed; %(told)s"),
    "escalated": N_("The promised time has passed; %(told)s"),
    "snoozed": N_("%(who)s put it off until %(moment)s"),
    "woken": N_("%(who)s brought it back"),
    "promised": N_("%(who)s promised the customer something"),
    "promise_kept": N_("%(who)s says that a promise was kept"),
    "promise_withdrawn": N_("%(who)s took a promise back"),
    "promise_broken": N_("A promise was not kept in time"),
    "noted": N_("%(who)s noted"),
    "merged": N_("%(who)s merged it with another task of this customer"),
    "split": N_("%(who)s made a task of its own of one answer"),
    "mentioned": N_("%(who)s named %(name)s in a note"),
    "gathered": N_("Many tasks come from one cause; the team is told once of all of them"),
    "undone": N_("%(who)s undid what was done with several tasks"),
    "found": N_("%(who)s resolved it: %(before_word)s. Cause: %(after_word)s"),
    "gave": N_("%(who)s gave %(money)s out of goodwill"),
    "ended": N_("%(who)s closed it: %(after_word)s"),
    "check_back": N_("%(who)s asks the customer whether it is solved"),
    "check_back_moved": N_("The replacement has arrived; the customer is asked some days after that"),
    "answered": N_("The customer says: %(said)s"),
    "corrected": N_("The customer corrected the answer"),
    "meant": N_("The customer says: %(after)s was meant, not %(before)s. The answer counts as it was given"),
    "wrote": N_("The customer wrote"),
    "called": N_("%(who)s tried to reach the customer: %(channel)s. %(result)s."),
}
# The same rows where the promise is at hand.
OF_PROMISES = {
    "promised": N_("%(who)s promised the customer, until %(until)s:"),
    "promise_kept": N_("%(who)s says that the promise until %(until)s was kept:"),
    "promise_withdrawn": N_("%(who)s took the promise “%(what)s” until %(until)s back:"),
    "promise_broken": N_("The promise until %(until)s was not kept in time:"),
}
MOVES = {
    "waiting_customer": N_("%(who)s waits for the customer"),
    "waiting_internal": N_("%(who)s waits for a colleague"),
    "verifying": N_("The customer is asked whether it is solved"),
}
WOKEN = {
    "time": N_("It was put off until now and is back"),
    "customer": N_("It is back, because the customer did something"),
}
HOUSE_MOVES = {
    "wait_over": N_("The wait for the customer is over"),
    "colleague_wait_over": N_("The wait for a colleague is over"),
    "customer_reacted": N_("The wait is over, the customer has answered again"),
    "not_solved": N_("Taken up again, because it is not solved"),
    "wrote": N_("It goes on, because the customer wrote"),
    "not_arrived": N_("It goes on, because our mail did not reach the customer"),
    "allowed_again": N_("Taken up again, because the customer may be written to after all"),
}
RAISED_BY_SOMEBODY = N_("%(who)s made it more urgent: %(before)s became %(after)s")
SILENCE = N_("No answer within 14 days.")
# Rows whose text is a person's, unless it is a code of ours.
WRITTEN = frozenset(
    {
        "noted",
        "called",
        "answered",
        "moved",
        "raised",
        "lowered",
        "snoozed",
        "promised",
        "promise_kept",
        "promise_withdrawn",
        "promise_broken",
    }
)
# Rows that another row's sentence already tells.
SILENT = {"reply_sent", "check_back", "taken_back"}


@dataclass
class Entry:
    """One line of the history; `text` was written by somebody, `letter` came by mail, `kind` is said, late or nothing."""

    line: Markup
    at: datetime
    text: str | None = None
    kind: str = ""
    letter: Letter | None = None


def timeline(
    events: Sequence[TaskEvent],
    replies: Mapping[str, Reply],
    people: Mapping[str, str],
    zone: str = "UTC",
    letters: Mapping[str, Letter] = MappingProxyType({}),
    promises: Sequence[TaskPromise] = (),
) -> list[Entry]:
    """Return the history in sentences, the first thing first; moments are told in `zone`.

    `replies` are the task's mails, `letters` those of its customer and `people` the names of staff, all by public id;
    `promises` are those of the task.
    """
    entries: list[Entry] = []
    made = {each.public_id: each for each in promises}
    before: TaskEvent | None = None
    for event in events:
        if event.kind == "moved" and before is not None and _told_already(before, event):
            # What was said with the move belongs to the sentence that tells it.
            entries[-1].text = entries[-1].text or _closing_reason(event)
        elif event.kind not in SILENT:
            entries.append(entry_of(event, replies, people, zone, made.get(event.after or "")))
            entries[-1].letter = letters.get(event.after or "") if event.kind == "wrote" else None
        before = event
    return entries


def entry_of(
    event: TaskEvent,
    replies: Mapping[str, Reply],
    people: Mapping[str, str],
    zone: str = "UTC",
    promise: TaskPromise | None = None,
) -> Entry:
    """Return one row of history as a sentence; `promise` is the one that it is about."""
    if event.kind == "replied":
        return _reply_entry(event, replies.get(event.after or ""))
    if event.kind == "reply_failed":
        return _failure_entry(event)
    # The phrases are our own; whatever is put into them is escaped.
    values = _values(event, people)
    if event.kind == "snoozed":
        values["moment"] = moment(datetime.fromisoformat(event.after or ""), zone)
    phrase = _phrase(event)
    if promise is not None and event.kind in OF_PROMISES:
        phrase = OF_PROMISES[event.kind]
        values |= {"what": promise.what, "until": long_moment(promise.until, zone)}
    line = Markup(gettext(phrase)) % values  # noqa: S704
    written = event.kind in WRITTEN and event.text not in HOUSE_MOVES and event.text not in WHY
    text = event.text if written else None
    if event.text == "task_closed":
        text = str(gettext(TASK_CLOSED))
    if event.kind == "answered":
        text = masked(text) or None
    is_said = bool(text) or event.kind == "wrote"
    kind = "late" if event.kind in ("escalated", "promise_broken") else "said" if is_said else ""
    return Entry(line, event.at, text, kind)


def _told_already(before: TaskEvent, event: TaskEvent) -> bool:
    """Tell whether the row before says the same in better words."""
    if before.at != event.at or before.actor_id != event.actor_id:
        return False
    return before.kind in ("found", "ended") or (before.kind == "assigned" and event.before == "new")


def _closing_reason(event: TaskEvent) -> str | None:
    """Return what was written with a move, or the words for the house's own reason."""
    if event.text == "silence":
        return str(gettext(SILENCE))
    return str(gettext(REASONS[event.text])) if event.text in REASONS else event.text  # type: ignore[index]


def _reply_entry(event: TaskEvent, reply: Reply | None) -> Entry:
    """Return the line of a mail to the customer with what became of it."""
    mail = gettext(MAILS[reply.state if reply else "sent"])
    one = N_("%(who)s wrote to the customer; %(mail)s")
    many = N_("%(who)s wrote to all customers with tasks from the same cause; %(mail)s")
    phrase = Markup(gettext(many if event.before else one))  # noqa: S704
    kind = "late" if reply and reply.state in ("failed", "uncertain") else "said"
    return Entry(phrase % (_values(event, {}) | {"mail": mail}), event.at, event.text, kind)


def _failure_entry(event: TaskEvent) -> Entry:
    """Return the line of a mail that did not go as it should, with what to do."""
    if event.after == "uncertain":
        phrase = gettext(
            "Nobody knows whether the mail left. It is not sent again by itself: look it up at the"
            " mail server, or call the customer."
        )
    else:
        phrase = gettext("The mail did not reach the customer. Check the address, then write again.")
    return Entry(Markup("{}").format(phrase), event.at, event.text, "late")


def _phrase(event: TaskEvent) -> str:
    """Return the sentence of a row, with its places in it."""
    if event.kind == "moved":
        return _phrase_of_move(event)
    if event.kind == "assigned":
        return _phrase_of_giving(event)
    if event.kind == "escalated" and event.clock is not None:
        return N_("%(clock)s: the promised time has passed; %(told)s")
    if event.kind == "woken" and event.text in WOKEN:
        return WOKEN[event.text]
    if event.kind == "called" and event.after == REACHED:
        return N_("%(who)s reached the customer: %(channel)s")
    if event.kind == "noted" and event.after == "contacted":
        return N_("%(who)s reached the customer")
    if event.kind == "corrected" and event.after is not None:
        return N_("The customer corrected the answer: the score %(before)s became %(after)s")
    if event.kind == "meant" and event.before == event.after:
        return N_("The customer says: %(after)s is what was meant")
    if event.kind == "raised" and event.text and event.text not in WHY:
        return RAISED_BY_SOMEBODY
    return PHRASES[event.kind]


def _phrase_of_move(event: TaskEvent) -> str:
    """Return the sentence of a move from one state to another."""
    if event.after != "in_progress":
        return MOVES.get(event.after or "", N_("%(who)s moved it on"))
    if event.text in HOUSE_MOVES:
        return HOUSE_MOVES[event.text]
    if event.before == "new":
        return N_("%(who)s began to work on it")
    if (event.before or "").startswith("waiting"):
        return N_("%(who)s went on with it")
    return N_("%(who)s took it up again")


def _phrase_of_giving(event: TaskEvent) -> str:
    """Return the sentence of a change of owner."""
    if event.after is None:
        return N_("%(who)s put it back, nobody owns it")
    if event.actor is not None and event.actor.public_id == event.after:
        return N_("%(who)s took it")
    return N_("%(who)s gave it to %(name)s: %(why)s") if event.text else N_("%(who)s gave it to %(name)s")


def _values(event: TaskEvent, people: Mapping[str, str]) -> dict[str, str | Markup]:
    """Return what may stand in the places of a sentence."""
    before, after, text = event.before or "", event.after or "", event.text or ""
    return {
        "who": Markup("<b>{}</b>").format(event.actor.name if event.actor else HOUSE),
        "name": people.get(after, "–"),
        "why": owner_reason(text),
        "rule": rule_sentence(text) if event.kind in ("opened", "joined") else "",
        "why_level": level_why(text) if text in WHY else "",
        "told": gettext(TOLD.get(text, TOLD["admin"])),
        "clock": gettext(CLOCKS[event.clock]) if event.clock in CLOCKS else "",
        "said": gettext(SAID.get(after, after)),
        "channel": gettext(CHANNELS.get(before, before)) if event.kind == "called" else "",
        "result": gettext(RESULTS.get(after, after)) if event.kind == "called" else "",
        "before": before,
        "after": after,
        "before_word": code_word(before),
        "after_word": detail_word(text) if event.kind == "found" and text else code_word(after),
        "money": money(int(after), before) if event.kind == "gave" else "",
    }
