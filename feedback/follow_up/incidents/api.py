"""Many tasks from one cause over the JSON API: list and read incidents, write one letter to everybody of one."""

from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up.inbox.many.api import MOST, ordered
from feedback.follow_up.inbox.many.working import work_at_once
from feedback.follow_up.incidents.gathering import DAY
from feedback.follow_up.incidents.letter.queries import Letters, letters_to
from feedback.follow_up.incidents.letter.texts import LANGUAGES, language_of
from feedback.follow_up.incidents.letter.writing import (
    Recipients,
    checked,
    known,
    order_letter,
    recipients_of,
)
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.incidents.queries import incident_or_missing, page_of_incidents
from feedback.follow_up.incidents.views import previews_of
from feedback.follow_up.queries import worker_named
from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line40, Line400, ListQuery, OnePath, written
from surveys.clock import business_now
from surveys.customers.queries import brand_for
from surveys.database import db

door = MachineDoor("incidents_api", __name__, url_prefix="/api/v1/incidents")

Language = Literal["en", "de", "fr", "es", "it", "nl", "pl"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]


class IncidentsQuery(ListQuery):
    """Which incidents to list."""

    brand: str | None = Field(None, max_length=40)
    running: bool | None = Field(None, description="True: only those whose last task came within a day.")


class IncidentLetterIn(Body):
    """A letter that somebody thinks of writing to everybody."""

    by: Line400 = Field(
        description="E-mail or id of the staff member who writes; it stands below the letter."
    )
    texts: dict[Language, Text] = Field(
        min_length=1,
        description="What stands between greeting and name, by language; customers of another one get no letter.",
    )
    without: list[Line40] = Field(
        default_factory=list,
        max_length=MOST,
        description="Ids of tasks of the incident whose customers get no letter; their tasks stay as they are.",
    )

    @property
    def by_language(self) -> dict[str, str]:
        """The texts by the code of their language."""
        return {str(code): text for code, text in self.texts.items()}


class SentIncidentLetterIn(IncidentLetterIn):
    """A letter to everybody who may be written to."""

    letters: int = Field(
        ge=0, description="How many letters the incident had before: 409 when somebody wrote one meanwhile."
    )


@door.get("")
def list_incidents(query: IncidentsQuery) -> Response:
    """List many tasks from one cause, the newest first."""
    since = business_now() - DAY if query.running else None
    brand = brand_for(query.brand) if query.brand else None
    page = page_of_incidents(brand, since, query.limit, query.cursor)
    return listing([incident_shape(each.incident, each.open) for each in page.items], page.next)


@door.get("/<public_id>")
def one_incident(path: OnePath) -> Response:
    """Return an incident with its letters, and who of it can be written to in which language."""
    found = incident_or_missing(path.public_id)
    to = recipients_of(found)
    shape = incident_shape(found, len(to.told) + len(to.left_out))
    letters = [letter_shape(each) for each in letters_to(found)]
    return jsonify({**shape, "letters": letters, "recipients": recipients_shape(to)})


@door.post("/<public_id>/letters/preview")
def preview_letter(path: OnePath, body: IncidentLetterIn) -> Response:
    """Return the letter as it would leave to one customer of each language, and who would get none; nothing is stored."""
    found, by = incident_or_missing(path.public_id), worker_named(body.by, "by")
    texts = checked(body.by_language, "texts/")
    to = recipients_of(found, texts, known(found, body.without, "without"))
    names = ("from_name", "from_email", "to_name", "to_email", "subject", "text", "html")
    previews = [
        {"language": each.language, **{name: getattr(each.mail, name) for name in names}}
        for each in previews_of(to, texts, by)
    ]
    return jsonify({"previews": previews, "recipients": recipients_shape(to)})


@door.post("/<public_id>/letters")
def write_letter(path: OnePath, body: SentIncidentLetterIn) -> tuple[Response, int]:
    """Write to everybody who may be written to, each in their own task; it is a deed on many tasks (bulk-deeds).

    Each mail leaves after 10 seconds; the undo of the deed takes back what has not left.
    """
    found, by, now = incident_or_missing(path.public_id), worker_named(body.by, "by"), business_now()
    without = known(found, body.without, "without")
    texts = checked(body.by_language, "texts/")
    deed = order_letter(found, texts, body.letters, now, by=by, without=without)
    work_at_once(deed, now)
    db.session.commit()
    return ordered(deed)


def incident_shape(incident: Incident, open_tasks: int) -> dict[str, Any]:
    """Return the JSON form of an incident; `usual` is how many such tasks there are on a usual day."""
    return {
        "id": incident.public_id,
        "brand": incident.brand.key,
        "sign": incident.sign,
        "named": incident.named,
        "title": incident.title,
        "usual": incident.usual,
        "began_at": written(incident.began_at),
        "last_at": written(incident.last_at),
        "is_running": incident.last_at >= business_now() - DAY,
        "open_tasks": open_tasks,
    }


def letter_shape(letters: Letters) -> dict[str, Any]:
    """Return the JSON form of a letter to everybody; `id` is that of the deed."""
    deed = letters.deed
    return {
        "id": deed.public_id,
        "by": deed.staff.email,
        "texts": deed.details["texts"],
        "made_at": written(deed.made_at),
        "done_at": written(deed.done_at),
        "waiting": letters.waiting,
        "written": letters.written,
        "left_out": letters.left_out,
        "taken_back": letters.taken_back,
    }


def recipients_shape(to: Recipients) -> dict[str, Any]:
    """Return how many are written to in which language, and each task whose customer is left out with why."""
    left_out = [
        {"task": task.public_id, "language": language_of(task.response.locale), "why": why}
        for task, why in to.left_out
    ]
    return {"languages": to.languages, "written_to": len(to.told), "left_out": left_out}


assert set(Language.__args__) == set(LANGUAGES)  # type: ignore[attr-defined]
