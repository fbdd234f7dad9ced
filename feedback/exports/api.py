"""Exports over the JSON API: the same files as on the pages, and what their columns mean."""

from typing import Literal

from flask import Response, g, jsonify, request
from pydantic import Field

from feedback.exports import gathering, noting
from feedback.exports.columns import ALL
from feedback.exports.queries import WantedTasks
from feedback.exports.summing import table_of
from feedback.exports.tables import Table
from feedback.exports.views import as_file
from feedback.follow_up.api import StateName
from feedback.insights import queries, reporting
from feedback.insights.api import PERIOD, ResponseFilter, wanted_responses
from feedback.insights.selection import read, read_period
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.errors import Missing

door = MachineDoor("exports_api", __name__, url_prefix="/api/v1/exports")

Form = Literal["csv", "xlsx", "jsonl"]
FORM = "csv, xlsx, or jsonl: one JSON object a line."


class AnswersQuery(ResponseFilter):
    """Which answers to export, as for the list of responses."""

    format: Form = Field("csv", description=FORM)
    without_personal_data: bool = Field(
        False, description="Leave out who answered; personal data in comments is covered."
    )


class TasksQuery(Query):
    """Which tasks to export; days are those of the brand's calendar."""

    format: Form = Field("csv", description=FORM)
    state: StateName | None = None
    assignee: str | None = Field(
        None, max_length=254, description="E-mail or id of a staff member; empty: nobody."
    )
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description=f"Opened since. {PERIOD}")
    until: str | None = Field(None, max_length=40, description=f"Opened until. {PERIOD}")
    about: Literal["danger"] | None = Field(
        None, description="Only those with an answer that spoke of danger to a person or of law."
    )


class FiguresQuery(Query):
    """Which figures to export: what the page of insights shows for these days, else for the last 90."""

    format: Form = Field("csv", description=FORM)
    table: Literal["figures", "trend", "spread", "differences"] = "figures"
    survey: str | None = Field(None, max_length=60)
    brand: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=10, description="A day of the brand's calendar: 2026-11-24.")
    until: str | None = Field(None, max_length=10, description="A day of the brand's calendar, included.")
    country: str | None = Field(None, max_length=2)
    carrier: str | None = Field(None, max_length=100)
    language: str | None = Field(None, max_length=6)


@door.get("/columns")
def columns() -> Response:
    """Return what the columns of each table mean; further questions and attributes have columns of their own."""
    shape = {
        table: [{"name": name, "kind": kind, "meaning": means} for name, (kind, means) in said.items()]
        for table, said in ALL.items()
    }
    return jsonify(shape)


@door.get("/answers")
def answers(query: AnswersQuery) -> Response:
    """Send answers as a file, the newest first; it is written while it leaves, and noted with the number of its rows.

    403 while the survey that is named is anonymous and has fewer than five answers.
    """
    now, wanted = business_now(), wanted_responses(query)
    personal = not query.without_personal_data
    table = gathering.answers(wanted, now, personal=personal, rest=db.session.rollback)
    return taken(table, query, query.format, "responses")


@door.get("/tasks")
def tasks(query: TasksQuery) -> Response:
    """Send tasks with their answers and customers as a file, the last opened first."""
    since, until = read_period(query.since, query.until, queries.calendar_zone(query.brand))
    about_danger = query.about == "danger"
    wanted = WantedTasks(query.state, query.assignee, query.brand, since, until, about_danger)
    table = gathering.tasks(wanted, business_now(), db.session.rollback)
    return taken(table, query, query.format, "tasks")


@door.get("/figures")
def figures(query: FiguresQuery) -> Response:
    """Send a table of figures with their intervals as a file: what is hidden on the page is empty here."""
    now, zone = business_now(), queries.calendar_zone(query.brand)
    given = {name: value for name, value in query.model_dump(exclude={"format", "table"}).items() if value}
    report = reporting.report(read(given, now.astimezone(zone).date(), zone), now)
    if report is None:
        raise Missing()
    return taken(table_of(query.table, report, now), query, query.format, query.table)


def taken(table: Table, query: Query, form: str, name: str) -> Response:
    """Note which key takes the table, and return it as a file."""
    chosen = query.model_dump(exclude={"format"}, exclude_defaults=True)
    begin_writing()
    noted = noting.begin(
        request.endpoint or "",
        real_now(),
        {each: str(value) for each, value in chosen.items()},
        form,
        key=g.api_key,
    )
    db.session.commit()
    return as_file(table, form, name, noted)
