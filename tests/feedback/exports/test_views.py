"""Files through the web: who gets which, what is noted, and what a client that goes away leaves behind."""

import contextvars
import io
import json

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import EnvironBuilder

from surveys.audit.models import AuditEvent
from surveys.database import db


def noted():
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.way == "export").order_by(AuditEvent.id))
    return [(row.action, row.actor_id, row.object_id, row.changes) for row in rows]


def test_an_owner_takes_answers_tasks_and_figures_and_each_time_it_is_noted(make_today, signed_in):
    owner = make_today.staff(role="owner")
    task = make_today.task(make_today.response(2, "=1+1"))
    browser = signed_in(owner)

    book = load_workbook(io.BytesIO(browser.get("/responses/export.xlsx?survey=nps&q=").data))
    lines = browser.get("/responses/export.jsonl").text.splitlines()
    tasks = browser.get("/inbox/export.csv?state=new")
    figures = browser.get("/insights/export.jsonl?table=figures&survey=nps")

    assert [row[5] for row in book.worksheets[0].values] == ["comment", "'=1+1"]
    assert json.loads(lines[0])["comment"] == "=1+1" and json.loads(lines[0])["partial"] is False
    assert (
        task.public_id in tasks.text
        and tasks.headers["Content-Disposition"] == 'attachment; filename="tasks.csv"'
    )
    figure = next(row for row in map(json.loads, figures.text.splitlines()) if row["survey"] == "nps")
    assert figure["n"] == 1
    told = [
        (action, changes[0]["values"], changes[0]["format"], changes[0]["rows"])
        for action, _, _, changes in noted()
    ]
    assert told == [
        ("export.export_xlsx", {"survey": "nps"}, "xlsx", 1),
        ("export.export_jsonl", {}, "jsonl", 1),
        ("export_tasks.tasks", {"state": "new"}, "csv", 1),
        ("export.figures_jsonl", {"survey": "nps", "table": "figures"}, "jsonl", 3),
    ]
    page = browser.get("/settings/changes").text
    assert "took out tasks as a file" in page and "csv: 1 row" in page
    for address in (
        "/inbox/export.csv?state=asleep",
        "/insights/export.csv?table=secrets",
        "/responses/export.csv?since=soon",
    ):
        assert browser.get(address).status_code == 422, address


@pytest.mark.once
def test_pages_lead_to_the_files_that_the_reader_may_have(make_today, signed_in):
    make_today.response(2, "late")
    pages = {
        (role, page): signed_in(make_today.staff(role=role)).get(page)
        for role in ("owner", "agent", "analyst")
        for page in ("/responses", "/insights", "/inbox")
    }
    links = {where: "/export." in answer.text for where, answer in pages.items()}

    assert links == {
        ("owner", "/responses"): True, ("owner", "/insights"): True, ("owner", "/inbox"): True,
        ("agent", "/responses"): False, ("agent", "/insights"): False, ("agent", "/inbox"): False,
        ("analyst", "/responses"): True, ("analyst", "/insights"): True, ("analyst", "/inbox"): False,
    }  # fmt: skip


def test_a_client_that_goes_away_leaves_no_transaction_and_the_row_says_so(
    app, make_today, signed_in, monkeypatch
):
    monkeypatch.setattr("feedback.insights.listing.BATCH", 2)
    customer = make_today.customer()
    for _ in range(9):
        make_today.response(3, "late " * 20_000, customer=customer)
    browser = signed_in(make_today.staff(role="owner"))

    def take_some_and_leave():
        """Ask as a server does, in one context, and close as it does when nobody listens any more."""
        environ = EnvironBuilder("/responses/export.csv").get_environ()
        browser._add_cookies_to_wsgi(environ)
        pieces = app.wsgi_app(environ, lambda *_given: None)
        got = iter(pieces)
        size = len(next(got)) + len(next(got))
        started.append(noted()[0][3][0])
        pieces.close()
        return size

    started = []
    assert contextvars.Context().run(take_some_and_leave) > 1_000
    db.session.rollback()

    ((_, _, _, (after,)),) = noted()
    assert "rows" not in started[0] and after["whole"] is False and 0 < after["rows"] < 9
    assert db.engine.dialect.name == "sqlite" or db.engine.pool.checkedout() <= 1


def test_machines_take_the_same_files_and_the_key_is_noted(make_today, machine):
    customer = make_today.customer("Dora", email="dora@example.test")
    make_today.task(make_today.response(2, "Call me: 0171 2345678", customer=customer))
    base = "/api/v1/exports"

    full, bare = (
        machine.get(f"{base}/answers?format=jsonl{more}").text for more in ("", "&without_personal_data=true")
    )
    tasks = machine.get(f"{base}/tasks?format=csv&since=2020-01-01").text
    spread = machine.get(f"{base}/figures?table=spread&survey=nps").text
    columns = machine.get(f"{base}/columns").json

    assert "dora@example.test" in full and "dora" not in bare and "0171" not in bare
    assert "dora@example.test" in tasks and '"nps",2,"detractor",1' in spread
    assert {"name": "score", "kind": "number", "meaning": columns["answers"][3]["meaning"]} in columns[
        "answers"
    ]
    rows = noted()
    assert [(action, changes[0]["rows"]) for action, _, _, changes in rows] == [
        ("exports_api.answers", 1), ("exports_api.answers", 1), ("exports_api.tasks", 1), ("exports_api.figures", 11),
    ]  # fmt: skip
    assert all(key and actor is None for _, actor, key, _ in rows)


@pytest.mark.parametrize(
    "query", ["answers?format=pdf", "answers?survey=nope", "tasks?state=asleep", "figures?since=soon"]
)
def test_machines_are_told_what_cannot_be(make_today, machine, query):
    make_today.survey()
    answer = machine.get(f"/api/v1/exports/{query}")

    assert answer.status_code in (404, 422) and answer.content_type == "application/problem+json"
    assert noted() == []
