"""Files to take away: the answers of a list, tasks, and the tables of the page of insights."""

from collections.abc import Callable, Iterator
from functools import partial

from flask import Response, g, request, stream_with_context
from flask.typing import ResponseReturnValue

from feedback.exports import gathering, noting
from feedback.exports.files import FORMATS
from feedback.exports.queries import WantedTasks
from feedback.exports.summing import PARTS, table_of
from feedback.exports.tables import Table
from feedback.follow_up.states import STATES
from feedback.insights import reporting
from feedback.insights.selection import NotOnOffer
from feedback.insights.views import selected, wanted_of
from surveys.audit.door import staff_id
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.errors import Missing
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.queries import check_not_held_back
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.permissions import sees_personal_data

door = StaffDoor("export", __name__, permission="export")
tasks_door = StaffDoor("export_tasks", __name__, permission="export_tasks")


def answers(form: str) -> ResponseReturnValue:
    """Send the chosen responses; without personal data to those who see none."""
    now = business_now()
    wanted = wanted_of(selected(now))
    personal = sees_personal_data(current_staff().role)
    if not personal and not reporting.is_shown(wanted.selection, now):
        raise reporting.TooFewToShow()
    if wanted.selection.survey is not None:
        check_not_held_back(survey_by_key(wanted.selection.survey))
    return taken(
        gathering.answers(wanted, now, personal=personal, rest=db.session.rollback), form, "responses"
    )


def tasks(form: str) -> ResponseReturnValue:
    """Send the chosen tasks."""
    now = business_now()
    given = {name: value.strip() for name, value in request.args.items()}
    state = given.get("state") or None
    if state is not None and state not in STATES:
        raise NotOnOffer("state", state)
    about = given.get("about") or None
    if about not in (None, "danger"):
        raise NotOnOffer("about", about)
    selection = selected(now)
    wanted = WantedTasks(
        state=state,
        assignee=given.get("assignee"),
        brand=selection.brand,
        opened_since=selection.since if "since" in given else None,
        opened_until=selection.until if "until" in given else None,
        about_danger=about == "danger",
    )
    return taken(gathering.tasks(wanted, now, db.session.rollback), form, "tasks")


def figures(form: str) -> ResponseReturnValue:
    """Send one of the tables that the page of insights shows for the same choice."""
    now = business_now()
    name = request.args.get("table", "").strip() or "figures"
    if name not in PARTS:
        raise NotOnOffer("table", name)
    report = reporting.report(selected(now), now)
    if report is None:
        raise Missing()
    return taken(table_of(name, report, now), form, name)


ADDRESSES: tuple[tuple[StaffDoor, str, str, Callable[[str], ResponseReturnValue]], ...] = (
    (door, "export", "/responses/export", answers),
    (door, "figures", "/insights/export", figures),
    (tasks_door, "tasks", "/inbox/export", tasks),
)
for each, endpoint, path, view in ADDRESSES:
    for form in FORMATS:
        name = endpoint if form == "csv" else f"{endpoint}_{form}"
        each.add_url_rule(f"{path}.{form}", name, partial(view, form))


def taken(table: Table, form: str, name: str) -> Response:
    """Note who takes the table, and return it as a file that is written while it leaves."""
    db.session.rollback()
    actor_id = staff_id()
    begin_writing()
    noted = noting.begin(request.endpoint or "", real_now(), request.args, form, actor_id=actor_id)
    db.session.commit()
    g.is_export_noted = True
    return as_file(table, form, name, noted)


def as_file(table: Table, form: str, name: str, noted: int) -> Response:
    """Return the answer that sends a table; its end is noted in the row `noted`."""
    pieces = stream_with_context(accounted(FORMATS[form].write(table), table, noted))
    answer = Response(pieces, mimetype=FORMATS[form].media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def accounted(pieces: Iterator[bytes], table: Table, noted: int) -> Iterator[bytes]:
    """Yield the pieces; note at the end how many rows left, also when whoever wanted them has gone."""
    is_whole = False
    try:
        yield from pieces
        is_whole = True
    finally:
        db.session.rollback()
        begin_writing()
        noting.end(noted, table, is_whole=is_whole)
        db.session.commit()
