"""An incident: what its tasks have in common, and one letter to all of its customers."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.follow_up.conversation.views import as_it_leaves
from feedback.follow_up.inbox.many.queries import LISTED, refused_of
from feedback.follow_up.inbox.many.working import work_at_once
from feedback.follow_up.incidents.forms import LetterForm
from feedback.follow_up.incidents.gathering import DAY, theme_of
from feedback.follow_up.incidents.letter.queries import Letters, letters_to
from feedback.follow_up.incidents.letter.writing import (
    Recipients,
    as_written,
    checked,
    order_letter,
    recipients_of,
)
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.incidents.queries import incident_or_missing
from feedback.follow_up.models import Task
from surveys.channels.message import Message
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.models import StaffMember

READ_FIRST = 3
door = StaffDoor("incidents", __name__, permission="tasks", url_prefix="/inbox/incidents")


class Preview(NamedTuple):
    """A letter as it leaves to one of those who get it in this language."""

    language: str
    people: int
    mail: Message


@door.get("/<public_id>")
def incident(public_id: str) -> ResponseReturnValue:
    """Show an incident, who of it can be written to, and the letters so far."""
    return page(incident_or_missing(public_id))


@door.post("/<public_id>/letter")
def write(public_id: str) -> ResponseReturnValue:
    """Write to all who may be written to and are not left out; what was not previewed as it is, is previewed first."""
    found, form, now = incident_or_missing(public_id), LetterForm(), business_now()
    form.offer(recipients_of(found).languages)
    if not form.validate():
        return page(found, form), 422
    try:
        texts, without = checked(form.texts), form.without.data or []
        if "send" not in request.form or form.tried.data != fingerprint(texts, without):
            return page(found, form, texts)
        seen = form.letters.data or 0
        deed = order_letter(found, texts, seen, now, by=current_staff(), without=without)
        work_at_once(deed, now)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(incident_or_missing(public_id), form), refusal.status
    return redirect(url_for("inbox.many", public_id=deed.public_id), 303)


def page(found: Incident, form: LetterForm | None = None, texts: Mapping[str, str] | None = None) -> str:
    """Return the page; `form` is the one that was sent, `texts` those of it to be shown as they would read."""
    anybody, letters, now = recipients_of(found), letters_to(found), business_now()
    if form is None:
        form, begun = LetterForm(formdata=None), begun_by(current_staff(), letters)
        form.offer(anybody.languages, begun.get("texts", {}))
        form.without.data = begun.get("without", [])
    without = form.without.data or []
    to = recipients_of(found, texts, without)
    form.letters.data = len(letters)
    form.tried.data = fingerprint(texts, without) if texts else ""
    return render_template(
        "follow_up/incident.html",
        incident=found,
        form=form,
        to=to,
        anybody=[task for task, _ in anybody.told],
        without=frozenset(without),
        fields=[form[name] for code in anybody.languages if (name := f"text_{code}") in form],
        previews=previews_of(to, texts, current_staff()) if texts else [],
        said=newest_words(to),
        themes=themes_of(anybody),
        letters=[(each, refused_of(each.deed).items) for each in letters],
        listed=LISTED,
        is_running=found.last_at > now - DAY,
        me=current_staff(),
        now=now,
    )


def newest_words(to: Recipients) -> list[Task]:
    """Return the newest tasks in whose answers something was written, to be read before anybody is written to."""
    tasks = [task for task, _ in (*to.told, *to.left_out)]
    written = [it for it in tasks if it.response.comment and it.response.excluded_at is None]
    return sorted(written, key=lambda it: it.id, reverse=True)[:READ_FIRST]


def themes_of(to: Recipients) -> list[tuple[str, int]]:
    """Return what those who get a letter complain of and how many each, most first: an article says little of that."""
    themes = (theme_of(task.reason or "") for task, _ in to.told)
    return Counter(theme.named for theme in themes if theme is not None).most_common()


def begun_by(author: StaffMember, letters: Sequence[Letters]) -> Mapping[str, Any]:
    """Return the last letter if the author took all of it back, to be mended: texts, who is left out; else nothing."""
    last = letters[0] if letters else None
    if last is None or last.deed.staff_id != author.id or not last.taken_back or last.reached:
        return {}
    return last.deed.details


def previews_of(to: Recipients, texts: Mapping[str, str], author: StaffMember) -> list[Preview]:
    """Return the letter in each language, to the first who gets it in that one."""
    first: dict[str, Task] = {}
    for task, language in to.told:
        first.setdefault(language, task)
    return [
        Preview(language, people, as_it_leaves(it, *as_written(it, texts, author), author))
        for language, people in to.languages.items()
        for it in (first[language],)
    ]


def fingerprint(texts: Mapping[str, str], without: Collection[str]) -> str:
    """Return a short name for what was written and for who is left out, the same for the same."""
    return hashlib.sha256(repr((sorted(texts.items()), sorted(without))).encode()).hexdigest()[:20]
