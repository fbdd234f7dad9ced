"""What the demo's team does about it: takes tasks, writes, waits, solves, asks back, hears how it was."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from feedback.demo.casework import (
    CONTACT_AT_LATEST,
    WRITES_BACK,
    WRITES_BACK_ABOUT,
    Course,
    Standing,
    course,
    left_open,
    left_together,
    letter,
)
from feedback.demo.queries import response_to, task_ids
from feedback.follow_up import replying, triaging
from feedback.follow_up.clocks.countdown import UPDATE
from feedback.follow_up.clocks.timing import calendar_of, clocks_of
from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation.calling import log_try
from feedback.follow_up.escalating import escalate_overdue
from feedback.follow_up.incidents.gathering import DAY
from feedback.follow_up.models import Task
from feedback.follow_up.recovering import SILENCE, ask, give_up, record_answer
from feedback.follow_up.service_levels import add_business_time
from feedback.follow_up.states import OPEN_STATES, State
from surveys.channels.message import Channel, Message
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.invitations.post import Post
from surveys.invitations.sending import settle
from surveys.post_box.sorting import take_in
from surveys.responses.answering import Given, submit
from surveys.responses.queries import Asked
from surveys.staff.models import StaffMember

Keep = Callable[[float], None]
A_MOMENT = timedelta(minutes=1)
TRIES = ((5, "phone"), (3, "phone"), (2, "message"))  # days before the customer counts as unreachable
HOURS_TO_ANSWER = 1.5  # of business; before the solution, which takes two at least
NOTES = {
    "en": "Spoke to the warehouse; they look for a replacement and call back.",
    "de": "Mit dem Lager gesprochen; sie suchen Ersatz und rufen zurück.",
}
THANKS = {"en": "Quick and kind help, thank you!", "de": "Schnelle und freundliche Hilfe, danke!"}
POSTED = {
    "en": "Told the customer on the phone how far we are.",
    "de": "Am Telefon gesagt, wie weit wir sind.",
}
STILL_NOT = {"en": "Sorry, nothing has changed so far.", "de": "Leider hat sich bisher nichts geändert."}


class Silence(Channel):
    """A way out that lets nothing out: the demo's past was never really mailed."""

    def deliver(self, message: Message) -> None:
        """Let the message go nowhere."""


NOWHERE = Channels(mail=Silence(), kept=Silence())
POST = Post(base_url="http://localhost", mail_from=None, secret="the demo's past is never mailed")  # noqa: S106


class Team:
    """The team's year, task by task; one agent does the work, as owner of every task."""

    def __init__(self, agent: StaffMember, chance: random.Random, now: datetime, keep: Keep):
        self.agent = agent
        self.chance = chance
        self.now = now
        self.keep = keep
        self.events: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self.number = itertools.count()

    def run(self) -> None:
        """Work all tasks in the order of time, up to `now`."""
        tasks = [db.session.get_one(Task, task_id) for task_id in reversed(task_ids())]
        many = [task for task in tasks if self.is_of_a_running_incident(task)]
        tasks = [task for task in tasks if task not in many]
        left_so = [*left_open([self.standing(task) for task in tasks]), *left_together(len(many))]
        for task, left in zip([*tasks, *many], left_so, strict=True):
            late = task.response.purchase is not None and bool(task.response.purchase.is_late)
            self.open(task, course(self.chance, left, late, bool(task.response.comment)))
        total = max(1, len(self.events))
        for done in itertools.count():
            if not self.events:
                break
            at, _, happen, facts = heapq.heappop(self.events)
            happen(at, *facts)
            if done % 20 == 0:
                self.keep(min(1.0, done / total / 3))
        self.keep(1)
        escalate_overdue(self.now, 100)

    def is_of_a_running_incident(self, task: Task) -> bool:
        """Return whether a task is one of many from a cause that still brings further ones."""
        return task.incident is not None and self.now - task.incident.last_at < DAY

    def standing(self, task: Task) -> Standing:
        """Return how old the task is in the end, and which of its promises have run out by then."""
        contact, solution = (
            due is not None and due < self.now for due in (task.contact_due_at, task.resolution_due_at)
        )
        workable = self.after(task, task.opened_at, CONTACT_AT_LATEST) < self.now
        return Standing((self.now - task.opened_at).days, workable, contact, solution)

    def at(self, at: datetime, happen: Callable[..., None], *facts: Any) -> None:
        """Let something happen then, if that is not after `now`."""
        if at <= self.now:
            heapq.heappush(self.events, (at, next(self.number), happen, facts))

    def after(self, task: Task, start: datetime, hours: float) -> datetime:
        """Return the moment so many business hours after `start`."""
        return add_business_time(start, timedelta(hours=hours), calendar_of(task.customer.brand))

    def open(self, task: Task, plan: Course) -> None:
        """Plan the first contact of a task; one that is left new is not touched."""
        if plan.end != State.NEW:
            self.at(self.after(task, task.opened_at, plan.contact), self.contact, task, plan)

    def contact(self, at: datetime, task: Task, plan: Course) -> None:
        """Take the task and write to the customer, late perhaps; then go on as planned."""
        if task.due_at is not None and task.due_at < at:
            self.keep(0)
            escalate_overdue(at - timedelta(minutes=1), 100)
        if plan.end in ("no_action", "duplicate"):
            triaging.close(task, plan.end, at, actor=self.agent)
            return
        triaging.take(task, self.agent, at - triaging.UNDO_FOR)
        self.write(at, task)
        if plan.end == "unreachable":
            until = at + timedelta(days=6)
            triaging.wait_for_customer(task, until, at, actor=self.agent)
            self.at(until - timedelta(hours=1), self.close, task, plan)
        elif plan.end in (State.WAITING_CUSTOMER, State.WAITING_INTERNAL):
            self.leave_waiting(at, task, plan)
        elif plan.end == State.RESOLVED:
            self.at(self.now - A_MOMENT, self.solve, task, plan)
        elif plan.end in ("worked", State.VERIFYING):
            if plan.pause:
                self.pause(at, task, plan)
            else:
                self.at(self.after(task, at, HOURS_TO_ANSWER), self.hear, task)
            self.at(self.after(task, task.opened_at, plan.solution), self.resolve, task, plan, 0)

    def write(self, at: datetime, task: Task) -> None:
        """Send the customer a mail about the task, which was written a moment before."""
        language = "de" if task.response.locale.startswith("de") else "en"
        purchase = task.response.purchase
        late = purchase is not None and purchase.is_late
        kind = "silent" if not task.response.comment else "late" if late else "comment"
        subject, body = letter(
            language,
            kind,
            name=task.customer.display_name,
            order=purchase.reference if purchase else "",
            agent=self.agent.name,
            shop=task.customer.brand.name,
        )
        triaging.reply(task, subject, body, at - triaging.UNDO_FOR, actor=self.agent)
        self.keep(0)
        replying.send_due(at, 10, NOWHERE, POST)
        self.promise_next_word(task)

    def promise_next_word(self, task: Task) -> None:
        """Plan the next word to the customer, some time before it is due."""
        word = next((each.clock for each in clocks_of(task) if each.clock.name == UPDATE), None)
        in_time = word.at(0.75) if word else None
        if in_time is not None:
            self.at(in_time, self.keep_posted, task)

    def keep_posted(self, at: datetime, task: Task) -> None:
        """Tell the customer how far it is, unless that was done since, or it is their turn."""
        is_due = task.update_since is not None and at - task.update_since >= timedelta(hours=2)
        if is_due and task.state in (State.IN_PROGRESS, State.WAITING_INTERNAL):
            language = "de" if task.response.locale.startswith("de") else "en"
            triaging.note(task, POSTED[language], at, actor=self.agent, contacted=True)
            self.promise_next_word(task)

    def pause(self, at: datetime, task: Task, plan: Course) -> None:
        """Let the task wait for somebody; the solution comes after that."""
        language = "de" if task.response.locale.startswith("de") else "en"
        until = at + timedelta(days=6)
        if plan.pause == "internal":
            triaging.wait_for_colleagues(task, NOTES[language], until, at, actor=self.agent)
        else:
            triaging.wait_for_customer(task, until, at, actor=self.agent)

    def leave_waiting(self, at: datetime, task: Task, plan: Course) -> None:
        """Leave the task waiting at the end: for a colleague, or for a customer who has some days left."""
        recently = max(at, self.now - timedelta(days=self.chance.choice((1, 2, 3)), hours=1))
        self.at(recently, self.wait, task, plan)

    def wait(self, at: datetime, task: Task, plan: Course) -> None:
        """Begin the wait in which the task is left."""
        self.pause(at, task, Course(0, plan.end.removeprefix("waiting_"), 0, plan.end, "", "", ()))

    def close(self, at: datetime, task: Task, plan: Course) -> None:
        """End the task without a solution, after enough was tried to reach the customer."""
        if task.state in OPEN_STATES:
            for days, way in TRIES:
                log_try(task, way, "not_reached", None, at - timedelta(days=days), actor=self.agent)
            triaging.close(task, plan.end, at, actor=self.agent)

    def resolve(self, at: datetime, task: Task, plan: Course, turn: int) -> None:
        """Solve the task; the house then asks the customer whether it is solved."""
        self.solve(at, task, plan)
        ask(task.id, at)
        if task.verification is not None and task.verification.due_at is not None:
            self.at(task.verification.due_at, self.ask_back, task, plan, turn)

    def solve(self, at: datetime, task: Task, plan: Course) -> None:
        """Say what was done and what the cause was."""
        if task.state == State.WAITING_CUSTOMER and task.customer.email:
            self.hear(at, task)
        elif task.state in (State.WAITING_CUSTOMER, State.WAITING_INTERNAL):
            triaging.resume(task, at, actor=self.agent)
        triaging.resolve(task, plan.resolution, plan.cause, at, actor=self.agent)

    def hear(self, at: datetime, task: Task) -> None:
        """The customer answers our mail, by which the task goes on; every second one does not."""
        if task.id % 2 and task.state != State.WAITING_CUSTOMER:
            return
        language = "de" if task.response.locale.startswith("de") else "en"
        if not task.customer.email:
            return
        about = next((event.after for event in reversed(task.history) if event.kind == "replied"), None)
        mail = EmailMessage()
        mail["From"], mail["To"] = task.customer.email, task.customer.brand.reply_to or "care@shop.test"
        mail["Subject"], mail["Message-ID"] = (
            WRITES_BACK_ABOUT[language],
            f"<demo-{task.public_id}@customer.test>",
        )
        mail["In-Reply-To"] = POST.message_id(about or "")
        mail.set_content(WRITES_BACK[language][task.id // 2 % len(WRITES_BACK[language])])
        take_in(mail.as_bytes(), "imap", at, joining)

    def ask_back(self, at: datetime, task: Task, plan: Course, turn: int) -> None:
        """The check-back leaves; the customer answers within days, or never."""
        assert task.verification is not None
        settle(task.verification, None, at)
        says = plan.says[turn] if turn < len(plan.says) else None
        if says is None:
            self.at(at + SILENCE, lambda when: give_up(task.id, when))
        else:
            self.at(at + timedelta(hours=self.chance.uniform(2, 90)), self.answer, task, plan, turn, says)

    def answer(self, at: datetime, task: Task, plan: Course, turn: int, says: str) -> None:
        """The customer says whether it is solved; after a first no the task is worked again."""
        language = "de" if task.response.locale.startswith("de") else "en"
        comment = {"yes": THANKS, "no": STILL_NOT}.get(says, {}).get(language)
        if self.chance.random() < 0.5 and says != "no":
            comment = None
        assert task.verification is not None
        given = Given(f"demo-{task.verification.id}", None, says, comment, None)
        submit(asked_by(task.verification), given, at)
        response = response_to(task.verification.id)
        response.analysed_at = at
        record_answer(response.id, at)
        if says == "no" and turn == 0:
            self.at(self.after(task, at, self.chance.uniform(3, 12)), self.resolve, task, plan, 1)


def asked_by(invitation: Invitation) -> Asked:
    """Return what an invitation asks, as the customer's page would know it."""
    customer, version = invitation.customer, invitation.version
    brand = customer.brand
    return Asked(
        invitation_id=invitation.id,
        public_id=invitation.public_id,
        purpose=invitation.purpose,
        locale=invitation.locale,
        customer_id=customer.id,
        purchase_id=invitation.purchase_id,
        expires_at=invitation.expires_at,
        answered_at=invitation.answered_at,
        is_test=invitation.is_test,
        version_id=version.id,
        survey_id=version.survey_id,
        kind=version.survey.kind,
        definition="",
        brand_id=brand.id,
        brand_key=brand.key,
        brand_name=brand.name,
        colour=brand.colour,
        corners=brand.corners,
        logo_mark=brand.logo_mark,
        privacy_url=brand.privacy_url,
        imprint_url=brand.imprint_url,
        ahead=0,
    )
