"""Write the mail to a staff member: what happened, the customer's own words, and the way to the task."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup

from feedback.follow_up.clocks.countdown import CLOCKS
from feedback.follow_up.incidents.filters import incident_word
from feedback.follow_up.models import Task, TaskEvent
from feedback.notices.models import NoticeMail, StaffMail
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.errors import N_
from surveys.filters import masked
from surveys.invitations.post import Post
from surveys.questionnaires.groups import GROUPS
from surveys.scales import SCALES
from surveys.staff.models import StaffMember

HOUSE = "Nachklang"
WORDS = {
    "opened": N_("A new task that nobody owns"),
    "assigned": N_("Yours now"),
    "mentioned": N_("You are named in a note"),
    "reminded": N_("The promised time is running out"),
    "escalated": N_("The promised time has passed"),
    "answered": N_("The customer says it is not solved"),
    "wrote": N_("The customer wrote"),
    "meant": N_("The customer has said which score was meant"),
    "reply_failed": N_("A mail to the customer did not arrive, or nobody knows whether it did"),
    "moved": N_("The wait is over, it is your turn"),
    "gathered": N_("Many tasks come from one cause"),
}
MOST_IN_A_MAIL = 20  # Tasks that a mail shows; of more it gives the number, so that a flood stays one page.
FULL, EMPTY = "▮", "▯"


def compose(mail: NoticeMail, post: Post) -> Message:
    """Return the mail with everything in the bundle, one block for each task, in the reader's language."""
    staff = mail.staff
    with force_locale(staff.locale):
        events: dict[Task, list[TaskEvent]] = {}
        for notice in mail.notices:
            events.setdefault(notice.event.task, []).append(notice.event)
        subject = subject_of(events, is_digest=mail.digest_day is not None)
        urgent = sorted(events.items(), key=lambda each: (each[0].priority, each[0].id))
        blocks = [block(task, rows, staff.locale, post) for task, rows in urgent[:MOST_IN_A_MAIL]]
        if (left := len(urgent) - MOST_IN_A_MAIL) > 0:
            blocks.append([rest(left), f"{post.base_url}/news"])
    text = "\n\n\n".join("\n".join(lines) for lines in blocks) + "\n"
    return to_staff(mail, staff, post, Words(subject, text, as_html(staff.locale, subject, blocks)))


class Words(NamedTuple):
    """What a mail says: its subject, and the same in both parts."""

    subject: str
    text: str
    html: str


def to_staff(
    mail: StaffMail, staff: StaffMember, post: Post, words: Words, headers: dict[str, str] | None = None
) -> Message:
    """Return a mail of the house to somebody of the team, whatever it tells; nobody reads answers to it."""
    return Message(
        to_name=staff.name,
        to_email=staff.email,
        from_name=HOUSE,
        from_email=post.sender,
        reply_to=None,
        subject=words.subject,
        text=words.text,
        html=words.html,
        message_id=post.message_id(mail.public_id),
        headers=headers or {},
    )


def subject_of(events: dict[Task, list[TaskEvent]], *, is_digest: bool = False) -> str:
    """Return what happened to whom, or how many tasks the mail is about."""
    if is_digest:
        return str(ngettext("Your digest: one task", "Your digest: %(num)s tasks", len(events)))
    if len(events) == 1:
        ((task, rows),) = events.items()
        name = " ".join(task.customer.display_name.split())
        return f"{task.priority} · {name}: {gettext(WORDS[rows[-1].kind])}"
    first = min(task.priority for task in events)
    return str(
        ngettext(
            "One task needs you, %(first)s",
            "%(num)s tasks need you, the most urgent %(first)s",
            len(events),
            first=first,
        )
    )


def block(task: Task, rows: list[TaskEvent], language: str, post: Post) -> list[str]:
    """Return the lines about one task; the last is its address."""
    response = task.response
    happened = ". ".join(dict.fromkeys(said_of(row) for row in rows))
    facts = [task.priority, task.customer.display_name]
    if response.purchase is not None:
        facts.append(gettext("order %(reference)s", reference=response.purchase.reference))
    lines = [f"{happened}.", " · ".join(facts)]
    if response.score is not None:
        group = gettext(GROUPS[response.group]) if response.group else ""
        lines.append(strokes(response.survey.kind, response.score, group))
    lines.append(f"“{masked(response.comment)}”" if response.comment else gettext("No comment"))
    said = [masked(row.text) for row in rows if row.kind in ("answered", "mentioned") and row.text]
    lines += [gettext("The customer adds: “%(text)s”", text=text) for text in said]
    if task.due_at is not None:
        lines.append(gettext("Due %(moment)s", moment=moment(task.due_at, task, language)))
    if task.incident is not None and any(row.kind == "gathered" for row in rows):
        lines.append(gettext("You are told of all of them once, by this. They stand together under:"))
        return [*lines, f"{post.base_url}/inbox?view=open&incident={task.incident.public_id}"]
    return [*lines, f"{post.base_url}/tasks/{task.public_id}"]


def said_of(event: TaskEvent) -> str:
    """Return what happened, with whose time it was where it is about a clock."""
    words = str(gettext(WORDS[event.kind]))
    if event.kind == "gathered" and event.task.incident is not None:
        return f"{words} ({incident_word(event.task.incident)})"
    return f"{words} ({gettext(CLOCKS[event.clock])})" if event.clock in CLOCKS else words


def rest(left: int) -> str:
    """Return the line about the tasks for which a mail has no room."""
    return str(
        ngettext(
            "One more task is not shown here. Everything new for you stands under:",
            "%(num)s more tasks are not shown here. Everything new for you stands under:",
            left,
        )
    )


def strokes(kind: str, score: int, group: str) -> str:
    """Return a score as a row of strokes with its number and the word for its group, for mails without pictures."""
    high = SCALES[kind].high if kind in SCALES else score
    said = gettext("%(score)s of %(high)s, %(group)s", score=score, high=high, group=group)
    return f"{FULL * score}{EMPTY * (high - score)}  {said}"


def moment(at: datetime, task: Task, language: str) -> str:
    """Return a moment in the shop's zone and the reader's language."""
    zone = ZoneInfo(task.customer.brand.time_zone)
    return str(format_datetime(at.astimezone(zone), gettext("EEE d MMM, HH:mm"), locale=language))


def as_html(language: str, subject: str, blocks: list[list[str]]) -> str:
    """Return the same lines as a simple page whose addresses are links."""
    link = Markup('<a href="{0}">{0}</a>')
    return plain_page(language, subject, ([*lines, link.format(address)] for *lines, address in blocks))
