"""One customer's story in the order of time: every order, question, answer, task, mail and permission as a line."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext

from feedback.follow_up.conversation.models import Reply
from feedback.overview.models import CustomerMerge
from feedback.overview.queries import Story
from feedback.overview.words import DECISIONS, EVENTS
from surveys.customers.models import PermissionEvent
from surveys.errors import N_
from surveys.filters import masked, translated
from surveys.invitations.models import Invitation
from surveys.invitations.states import REASONS

MAILS = {
    "queued": N_("%(name)s wrote a mail; it leaves in a moment"),
    "sent": N_("%(name)s wrote a mail"),
    "failed": N_("%(name)s wrote a mail that did not reach them"),
    "uncertain": N_("%(name)s wrote a mail; nobody knows whether it left"),
    "taken_back": N_("%(name)s wrote a mail and took it back before it left"),
}


class Line(NamedTuple):
    """One thing that happened; `text` is what somebody wrote, `url` leads to more."""

    at: datetime
    said: str
    text: str | None = None
    url: str | None = None


def chronicle(
    story: Story,
    replies: Sequence[Reply],
    history: Sequence[PermissionEvent],
    merges: Sequence[CustomerMerge],
    permissions: dict[str, str],
) -> list[Line]:
    """Return everything that happened, the newest first; `permissions` are the words for kinds of permission."""
    lines = [
        *of_purchases(story),
        *of_invitations(story),
        *of_answers(story),
        *of_tasks(story),
        *(of_reply(reply) for reply in replies),
        *(Line(each.at, str(gettext(permissions.get(each.kind, each.kind)))) for each in history),
        *(
            Line(
                each.at,
                str(gettext(N_("%(name)s was merged into this customer"), name=each.duplicate.display_name)),
            )
            for each in merges
        ),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def of_purchases(story: Story) -> Iterator[Line]:
    """Yield what happened to each order."""
    for purchase in story.purchases:
        for column, word in EVENTS:
            at = getattr(purchase, column)
            if at is not None and column != "promised_at":
                yield Line(at, f"{gettext(word)}: {purchase.reference}")


def of_invitations(story: Story) -> Iterator[Line]:
    """Yield when the customer was asked, and when not."""
    without_order: Sequence[Invitation] = [*story.turns, *story.check_backs]
    for invitation in [*(each for group in story.invitations.values() for each in group), *without_order]:
        said = str(gettext(DECISIONS[invitation.state]))
        if invitation.reason is not None:
            why = {str(reason): words for reason, words in REASONS.items()}.get(invitation.reason)
            said += f": {gettext(why) if why else invitation.reason}"
        yield Line(invitation.sent_at or invitation.planned_at, said)


def of_answers(story: Story) -> Iterator[Line]:
    """Yield what they answered."""
    for row in story.responses:
        response = row.response
        said = str(gettext("Answered: %(survey)s", survey=translated(response.survey.name)))
        if response.score is not None:
            said += f", {response.score}"
        yield Line(
            row.at,
            said,
            masked(response.comment) or None,
            url_for("overview.response", public_id=response.public_id),
        )


def of_tasks(story: Story) -> Iterator[Line]:
    """Yield when a task began and when it ended."""
    for task in story.tasks:
        url = url_for("tasks.task", public_id=task.public_id)
        yield Line(task.opened_at, str(gettext("A task was opened")), url=url)
        if task.closed_at is not None:
            yield Line(task.closed_at, str(gettext("The task was closed")), url=url)


def of_reply(reply: Reply) -> Line:
    """Return the line for a mail of ours."""
    said = str(gettext(MAILS[reply.state], name=reply.author.name))
    return Line(reply.sent_at or reply.written_at, f"{said}: {reply.subject}", reply.body)
