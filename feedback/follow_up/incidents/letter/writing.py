"""Write one letter to the customers of an incident who may be written to: who gets it, who does not and why.

Each gets it as a mail of their own in their own task, in their own language. Nothing goes by itself to a customer with
a task of P0 or P1, to anybody who does not want to be written to, or about an answer that does not count. Whoever writes
may leave single customers out besides.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from feedback.follow_up import triaging
from feedback.follow_up.clocks.timing import TOO_URGENT
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.conversation.showing import subject_in
from feedback.follow_up.inbox.many.ordering import begin
from feedback.follow_up.inbox.many.queries import lock_deed
from feedback.follow_up.inbox.models import BulkDeed
from feedback.follow_up.incidents.letter.queries import (
    Candidate,
    candidates,
    count_letters,
    is_open_in,
    is_written_to,
    open_tasks_of,
)
from feedback.follow_up.incidents.letter.texts import LANGUAGES, language_of, letter
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from feedback.follow_up.states import OPEN_STATES
from feedback.follow_up.triaging import PlaceholderLeft, TextMissing, left_in_brackets
from surveys.errors import N_, Conflict, Refusal, refuse_others, together
from surveys.invitations.states import REASONS, Reason
from surveys.masking import quoted
from surveys.staff.models import StaffMember

NOT_OPEN = N_("The task is not open any more.")
URGENT = N_("A task of priority P0 or P1 gets no letter to many. Write to the customer yourself.")
ALSO_URGENT = N_("The customer has another task of priority P0 or P1. Write to them yourself.")
EXCLUDED = N_("The answer is excluded, so nobody is written to about it.")
NO_PERMISSION = N_("The customer did not allow to be contacted about the answer.")
NO_TEXT = N_("Nothing was written in the language of this customer.")
BY_HAND = N_("Left out by hand. The task stays as it is.")
WRITTEN = N_("The customer gets this letter in another task of theirs.")


class LeftOut(Conflict):
    """This customer does not get the letter; the sentence says why."""


class NobodyLeft(Conflict):
    """A letter to many wants some."""

    phrase = N_("None of these customers can be written to. The list says why of each.")


class WrittenMeanwhile(Conflict):
    """Another letter was ordered after the page was opened."""

    phrase = N_("Another letter to everybody was written meanwhile. Read it below before you send yours.")


class NotOfThese(Refusal):
    """Only the customer of an open task of the incident can be left out of its letter."""

    phrase = N_("The task %(name)s is no open one of this incident. Leave it away.")


class Recipients(NamedTuple):
    """Who gets a letter, with the language of each, and the others with the reason."""

    told: list[tuple[Task, str]]
    left_out: list[tuple[Task, str]]

    @property
    def languages(self) -> dict[str, int]:
        """How many are written to in each language, most first."""
        found: dict[str, int] = {}
        for _, language in self.told:
            found[language] = found.get(language, 0) + 1
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def recipients_of(
    incident: Incident, texts: Mapping[str, str] | None = None, without: Collection[str] = ()
) -> Recipients:
    """Return who would get a letter with these texts by language; without any, who may be written to at all.

    `without` are the ids of tasks whose customers are left out by hand, also with other tasks of theirs.
    """
    told: list[tuple[Task, str]] = []
    left_out: list[tuple[Task, str]] = []
    seen: set[tuple[int, str]] = set()
    tasks = open_tasks_of(incident)
    unwanted = {person_of(task) for task in tasks if task.public_id in without}
    for each in candidates(tasks):
        person = person_of(each.task)
        why = BY_HAND if person in unwanted else why_not(each, texts)
        why = why or (WRITTEN if person in seen else None)
        if why is None:
            seen.add(person)
            told.append((each.task, language_of(each.task.response.locale)))
        else:
            left_out.append((each.task, why))
    return Recipients(told, left_out)


def person_of(task: Task) -> tuple[int, str]:
    """Return what makes a customer the same person for a shop: the address, without one the customer."""
    return task.customer.brand_id, task.customer.email or task.customer.public_id


def why_not(candidate: Candidate, texts: Mapping[str, str] | None) -> str | None:
    """Return the sentence that says why a customer gets no letter; None when they get it."""
    task, answer = candidate.task, candidate.task.response
    if task.state not in OPEN_STATES:
        return NOT_OPEN
    if task.priority in TOO_URGENT:
        return URGENT
    if candidate.has_urgent:
        return ALSO_URGENT
    if answer.excluded_at is not None:
        return EXCLUDED
    if answer.contact_permission is False:
        return NO_PERMISSION
    if candidate.barred is not None:
        return REASONS[Reason(candidate.barred)]
    if not task.customer.email:
        return REASONS[Reason.NO_ADDRESS]
    return NO_TEXT if texts is not None and language_of(answer.locale) not in texts else None


def order_letter(
    incident: Incident,
    said: Mapping[str, str],
    seen: int,
    now: datetime,
    *,
    by: StaffMember,
    without: Collection[str] = (),
) -> BulkDeed:
    """Order a letter to everybody of an incident with texts that were `checked`; `seen` is how many there were before.

    Its items are all open tasks: those that are left out, by hand those of `without`, keep the reason. Refuses with
    WrittenMeanwhile and NobodyLeft.
    """
    if count_letters(incident) != seen:
        raise WrittenMeanwhile(field="letters")
    to = recipients_of(incident, said, without)
    if not to.told:
        raise NobodyLeft()
    by_hand = [task.public_id for task, why in to.left_out if why == BY_HAND]
    details = {"texts": dict(said), "incident": incident.public_id, "without": by_hand}
    return begin("write", details, is_open_in(incident), now, by=by, incident=incident)


def checked(texts: Mapping[str, str], name: str = "text_") -> dict[str, str]:
    """Return the texts that were written; refuse with TextMissing when none was, with PlaceholderLeft each unfinished.

    Without any language to write in there is nobody to write to: NobodyLeft. An input is called `name` and its language.
    """
    said = {code: texts[code].strip() for code in LANGUAGES if texts.get(code, "").strip()}
    if not texts:
        raise NobodyLeft()
    if not said:
        raise TextMissing(field=f"{name}{next(iter(texts))}")
    unfinished: list[Refusal] = [
        PlaceholderLeft(field=f"{name}{code}", part=part)
        for code, text in said.items()
        if (part := left_in_brackets(text)) is not None
    ]
    if unfinished:
        raise together(unfinished)
    return said


def known(incident: Incident, without: Sequence[str], name: str) -> Sequence[str]:
    """Return the ids of tasks to leave out; refuse each that is no open one of the incident with NotOfThese."""
    open_ones = {task.public_id for task in open_tasks_of(incident)}
    refuse_others(
        without, open_ones, lambda place, each: NotOfThese(field=f"{name}/{place}", name=quoted(each))
    )
    return without


def write(deed: BulkDeed, task: Task, now: datetime) -> Reply:
    """Write the letter of a deed to the customer of one task; refuse with LeftOut or as a reply does.

    The task stays where it is and whose it is: nobody has looked at it yet.
    """
    lock_deed(deed)
    texts: Mapping[str, str] = deed.details["texts"]
    is_unwanted = task.public_id in deed.details.get("without", ())
    why = BY_HAND if is_unwanted else why_not(candidates([task])[0], texts)
    why = why or (WRITTEN if is_written_to(deed, task) else None)
    if why is not None:
        raise LeftOut(why)
    subject, body = as_written(task, texts, deed.staff)
    return triaging.reply(task, subject, body, now, actor=deed.staff, to_many=deed.details["incident"])


def as_written(task: Task, texts: Mapping[str, str], author: StaffMember) -> tuple[str, str]:
    """Return subject and text of the mail to the customer of a task: an answer to what they know from us."""
    language, customer = language_of(task.response.locale), task.customer
    body = letter(language, texts[language], name=customer.name, agent=author.name, shop=customer.brand.name)
    return subject_in(task, language), body
